# The ten commands that one needs; `just` lists them.

# Show these commands
default:
    @just --list

# Install what the lock and the pins say
install:
    uv sync

# A seeded world on http://127.0.0.1:8000, with a sign-in for each role
demo *options:
    uv run --no-dev bekwaam demo {{options}}

# The tests in minutes; `just test --part rest` for what is left, or a path
test *what:
    uv run pytest {{what}}

# What holds for the whole house: words, routes, papers, machines, migrations
house:
    uv run pytest -n2 tests/house

# Format, and mend what can be mended
format:
    uv run ruff format
    uv run ruff check --fix

# Types, style and who leans on whom
check:
    uv run ruff format --check
    uv run ruff check
    uv run mypy
    uv run lint-imports --no-logo
    .ci/measures

# Everything that must hold on a fresh machine
ci:
    .ci/run

# Bring the database to head
init:
    uv run --no-dev bekwaam init

# Hold every status and the trail against what they rest on
verify:
    uv run --no-dev bekwaam verify
    uv run --no-dev bekwaam audit verify

# The chores of a day
sweep *options:
    uv run --no-dev bekwaam sweep {{options}}
