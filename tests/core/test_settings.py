"""Settings: every mistake in one line with what would repair it, nothing secret shown, a house behind each letter."""

import subprocess
from pathlib import Path

import pytest

from core.errors import Unusable
from core.operator import EXAMPLE, read_operator
from core.settings import from_environment
from tests.commands import BEKWAAM

PRODUCTION = {
    "BEKWAAM_ENV": "production",
    "BEKWAAM_ORIGIN": "https://register.example",
    "BEKWAAM_OPERATOR": str(EXAMPLE),
}


@pytest.mark.parametrize(
    ("name", "value", "repair"),
    [
        ("TRUSTED_PROXIES", "mijn-proxy", "addresses or networks"),
        ("PORT", "abc", "valid integer"),
        ("PORT", "0", "greater than or equal to 1"),
        ("PORT", "70000", "less than or equal to 65535"),
        ("HOST", "register.example", "must be an address to listen on"),
        ("ENV", "Production", "'development' or 'production'"),
        ("ORIGIN", "garbage", "must be https://name"),
        ("ORIGIN", "https://register.example/pad", "without a path"),
        ("DATABASE_URL", "mysql://geheim@host/x", "must begin with one of"),
        ("DATABASE_URL", "postgresql+asyncpg://", "names no database"),
        ("DATABASE_URL", "postgresql+asyncpg://u:geheim@host", "names no database"),
        ("FILES_URL", "files", "file:///an/absolute/folder"),
        ("FILES_URL", "s3://", "s3://bucket/prefix"),
        ("OUTBOX_URL", "http://geheim@mail", "smtp://host:port"),
        ("KEY_FILE", "/tmp", "is a folder"),
        ("OPERATOR", "/nergens/operator.toml", "cannot be read"),
        ("FOLDR", "x", "did you mean BEKWAAM_FOLDER?"),
        ("TOTAALANDERS", "x", "there is no such setting"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_repair_it(name: str, value: str, repair: str):
    with pytest.raises(Unusable) as refused:
        from_environment({f"BEKWAAM_{name}": value})

    (line,) = refused.value.lines
    assert line.startswith(f"BEKWAAM_{name}: ")
    assert repair in line
    assert "geheim" not in line


def test_every_mistake_is_told_at_once():
    with pytest.raises(Unusable) as refused:
        from_environment({"BEKWAAM_PORT": "abc", "BEKWAAM_HOST": "x y", "BEKWAAM_POORT": "1"})

    assert len(refused.value.lines) == 3


@pytest.mark.parametrize("missing", ["BEKWAAM_ORIGIN", "BEKWAAM_OPERATOR"])
def test_production_refuses_to_start_without_its_address_and_its_house(missing: str):
    with pytest.raises(Unusable, match=missing):
        from_environment({name: value for name, value in PRODUCTION.items() if name != missing})

    with pytest.raises(Unusable, match="BEKWAAM_CLOCK_FILE"):
        from_environment({**PRODUCTION, "BEKWAAM_CLOCK_FILE": "/tmp/clock"})
    assert from_environment(PRODUCTION).production


def test_localhost_and_an_empty_variable_are_what_everybody_means_by_them():
    settings = from_environment(
        {"BEKWAAM_HOST": "localhost", "BEKWAAM_PORT": "", "BEKWAAM_ORIGIN": "https://a.example/"}
    )

    assert (settings.host, settings.port, settings.address) == ("127.0.0.1", 8000, "https://a.example")


@pytest.mark.thorough
@pytest.mark.parametrize("command", [("serve",), ("init",), ("verify",), ("demo",), ("sweep",)])
def test_a_command_on_wrong_settings_says_one_line_for_each_and_ends_with_2(command: tuple[str, ...], tmp_path: Path):
    environment = {"BEKWAAM_FOLDER": str(tmp_path), "BEKWAAM_PORT": "abc", "BEKWAAM_POORT": "1"}

    done = subprocess.run([BEKWAAM, *command], env=environment, capture_output=True, text=True)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert all(line.startswith("bekwaam: BEKWAAM_POO") or "BEKWAAM_PORT" in line for line in done.stderr.splitlines())
    assert list(tmp_path.iterdir()) == []


def test_the_example_of_an_operator_is_marked_as_one_and_whole():
    house = read_operator(None)

    assert "(voorbeeld)" in house.name
    assert house.bank.iban == "NL91 ABNA 0417 1643 00"
    assert house.where_to_object.address == "Commissie Registratie, Postbus 10000, 3500 AA Utrecht"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('iban = "NL91', 'iban = "NL92', "check digits"),
        ("name = ", "naam = ", "field required"),
        ('email = "bureau@', 'email = "bureau', "operator.toml: email"),
        ("[bank]", "[bank", "is no TOML"),
    ],
)
def test_a_file_of_an_operator_that_cannot_be_used_says_where(before: str, after: str, said: str, tmp_path: Path):
    file = tmp_path / "operator.toml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")

    with pytest.raises(Unusable) as refused:
        from_environment({"BEKWAAM_OPERATOR": str(file)})

    assert any(said in line.lower() or said in line for line in refused.value.lines), refused.value.lines
