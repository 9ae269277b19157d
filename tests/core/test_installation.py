"""Only `init` makes an installation; whoever serves looks first whether it stands, and says what is wrong."""

import os
import subprocess
from pathlib import Path

import pytest

from core.store import files
from register.migrations import downgrade
from tests.builders import House
from tests.commands import BEKWAAM, free_port


def bekwaam(folder: Path, *command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    ours = {"FOLDER": str(folder), **variables}
    environment = {**os.environ, **{f"BEKWAAM_{name}": value for name, value in ours.items()}}
    return subprocess.run([BEKWAAM, *command], env=environment, capture_output=True, text=True, timeout=120)


def serve(folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    return bekwaam(folder, "serve", "--port", str(free_port()), **variables)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that stands."""
    folder = tmp_path_factory.mktemp("made")
    done = bekwaam(folder, "init")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to break."""
    for name in ("bekwaam.db", "bekwaam.key"):
        (tmp_path / name).write_bytes((made / name).read_bytes())
        (tmp_path / name).chmod(0o600)
    return tmp_path


def test_in_an_empty_folder_nothing_is_served_and_nothing_is_made(tmp_path: Path):
    done = serve(tmp_path)
    checked = bekwaam(tmp_path, "check")

    assert (done.returncode, checked.returncode) == (2, 2)
    assert "`bekwaam init` makes" in done.stderr
    assert "WRONG  database" in checked.stdout
    assert not {"bekwaam.db", "bekwaam.key"} & {file.name for file in tmp_path.iterdir()}


def test_what_init_made_stands_and_is_its_owners_alone(made: Path):
    checked = bekwaam(made, "check")

    assert checked.returncode == 0, checked.stdout
    assert {line.split()[1].rstrip(":") for line in checked.stdout.splitlines()} == {
        "settings", "database", "schema", "key", "files", "disk", "mail",
    }  # fmt: skip
    for name in ("bekwaam.db", "bekwaam.key"):
        assert (made / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("command", ["sweep", "verify", "seed"])
def test_no_command_makes_a_database_beside_the_one_that_was_lost(copied: Path, command: str):
    (copied / "bekwaam.db").unlink()

    done = bekwaam(copied, command)

    assert done.returncode == 2
    assert not (copied / "bekwaam.db").exists()


def test_a_restart_without_the_database_is_refused(copied: Path):
    (copied / "bekwaam.db").unlink()

    done = serve(copied)

    assert done.returncode == 2
    assert "database" in done.stderr
    assert not (copied / "bekwaam.db").exists()


def test_a_lost_key_is_never_made_anew_in_silence(copied: Path):
    (copied / "bekwaam.key").unlink()

    served, made_again = serve(copied), bekwaam(copied, "init")

    assert (served.returncode, made_again.returncode) == (2, 2)
    assert "put the copy of it back" in served.stderr
    assert "init --new-key" in made_again.stderr
    assert not (copied / "bekwaam.key").exists()
    assert bekwaam(copied, "init", "--new-key").returncode == 0
    assert bekwaam(copied, "check").returncode == 0


def test_the_key_of_another_installation_is_refused(copied: Path, tmp_path_factory: pytest.TempPathFactory):
    other = tmp_path_factory.mktemp("other")
    assert bekwaam(other, "init").returncode == 0

    done = serve(copied, KEY_FILE=str(other / "bekwaam.key"))

    assert done.returncode == 2
    assert "the key of another installation" in done.stderr


def test_a_mail_server_that_is_away_stops_nobody(made: Path):
    checked = bekwaam(made, "check", OUTBOX_URL=f"smtp://127.0.0.1:{free_port()}")

    assert checked.returncode == 0
    assert "what is sent waits" in checked.stdout


@pytest.mark.differs
async def test_ready_is_not_said_on_another_schema(house: House):
    assert (await house.http.get("/health/ready")).status_code == 200
    await house.means.database.close()
    await downgrade(house.means.settings.database_url, "-1")

    answer = await house.http.get("/health/ready")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


async def test_ready_is_not_said_without_the_folder_of_files(house: House):
    folder = house.means.files.folder  # type: ignore[attr-defined]
    os.rename(folder, f"{folder}-away")

    answer = await house.http.get("/health/ready")
    os.rename(f"{folder}-away", folder)

    assert answer.status_code == 503
    assert (await house.http.get("/health/ready")).status_code == 200


async def test_ready_is_not_said_on_a_full_disk(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "LEAST_FREE", 2**80)

    assert (await house.http.get("/health/ready")).status_code == 507
