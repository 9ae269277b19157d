"""What import-linter cannot say of modules that come and go; its contracts are in pyproject.toml."""

import grimp
import pytest

# Who somebody is, everybody may ask of the vault itself.
OPEN = {"auth.queries"}
# Rows of another room that are still read past its service; this list only gets shorter.
PAST_THE_SERVICE = {"register.entries.entry -> auth.models"}
ROOMS = ("core", "auth", "accreditation", "appeals", "register")


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*ROOMS, cache_dir=None)


def test_only_the_commands_and_the_migrations_know_the_whole_service(graph):
    app = {module for module in graph.modules if f"{module}.".startswith("register.service.app.")}
    importers = {importer for module in app for importer in graph.find_modules_that_directly_import(module)}

    may = ("register.cli.", "register.service.serving.", "register.migrations.")
    assert {name for name in importers - app if not f"{name}.".startswith(may)} == set()


def test_no_room_reads_the_rows_of_another(graph):
    """`verify` and the sweep look below, ports are bound, search reads the projection, migrations see every table."""
    names = ("verify", "bodies", "decisions", "disputes", "dossiers", "doubled", "invoices", "names", "notices")
    verify = tuple(f"register.checks.{name}." for name in names)
    may = (
        *verify,
        "register.service.sweep.",
        "register.service.effects.",
        "register.entries.search.",
        "register.migrations.",
    )
    rows = [module for module in graph.modules if module.rpartition(".")[2] in {"models", "queries"}]

    found = {
        f"{importer} -> {module}"
        for module in rows
        if not module.startswith("core.") and module not in OPEN
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[0] != module.split(".")[0] and not f"{importer}.".startswith(may)
    }

    assert found - PAST_THE_SERVICE == set()
