"""`bekwaam serve` looks before it listens: one line for each thing that is wrong, and exit 2."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from tests.commands import BEKWAAM, free_port


def served(folder: Path, *options: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    ours = {"FOLDER": str(folder), **variables}
    environment = {**os.environ, **{f"BEKWAAM_{name}": value for name, value in ours.items()}}
    return subprocess.run([BEKWAAM, "serve", *options], env=environment, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    environment = {**os.environ, "BEKWAAM_FOLDER": str(folder)}
    subprocess.run([BEKWAAM, "init"], env=environment, check=True, capture_output=True, timeout=120)
    return folder


def test_a_port_on_which_somebody_listens_is_refused(made: Path):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as a server of the same kind does
        other.bind(("127.0.0.1", 0))
        other.listen()

        done = served(made, "--port", str(other.getsockname()[1]))

    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "listens on 127.0.0.1" in line


@pytest.mark.parametrize(("name", "content"), [("KEY_FILE", "no key"), ("CLOCK_FILE", "morgen"), ("CLOCK_FILE", None)])
def test_a_key_or_a_clock_that_is_none_is_refused(name: str, content: str | None, made: Path, tmp_path: Path):
    file = tmp_path / "file"
    if content is not None:
        file.write_text(content)

    done = served(made, "--port", str(free_port()), **{name: str(file)})

    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"bekwaam: BEKWAAM_{name}: {file}")
