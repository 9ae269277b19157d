"""A seeded world in a folder, made by the commands that anybody types; or a copy of one that somebody made before."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.commands import BEKWAAM

MADE = "TEST_SEEDED"
"""The folder of a world that was seeded and left alone: the check of the whole house makes it once."""


def environment_of(folder: Path) -> dict[str, str]:
    """To run commands in, on the embedded default in this folder."""
    return {name: value for name, value in os.environ.items() if name != "BEKWAAM_DATABASE_URL"} | {
        "BEKWAAM_FOLDER": str(folder)
    }


def seeded_in(folder: Path) -> Mapping[str, Any]:
    """A seeded world in an empty folder; the answer is who can sign in, and with what."""

    def run(*command: str) -> str:
        done = subprocess.run([BEKWAAM, *command], env=environment_of(folder), capture_output=True, text=True)
        assert done.returncode == 0, f"bekwaam {' '.join(command)}: {done.stderr}"
        return done.stdout

    if made := os.environ.get(MADE):
        shutil.copytree(made, folder, dirs_exist_ok=True)
    else:
        run("init")
        run("seed")
    shown: Mapping[str, Any] = json.loads(run("seed", "--show", "--json"))
    return shown
