"""What a command says, on standard output and standard error, and where it may write what it was asked for."""

import sys
from pathlib import Path
from typing import TextIO

from core.errors import Unusable

WIDTH = 30


def say(text: str) -> None:
    """One finding, or a whole report, on standard output."""
    sys.stdout.write(text.removesuffix("\n") + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Why a command cannot go on, on standard error."""
    sys.stderr.write(text.removesuffix("\n") + "\n")
    sys.stderr.flush()


class Bar:
    """A progress bar on standard error: one line that fills on a terminal, a line at each step elsewhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.alive = self.stream.isatty()

    def __call__(self, what: str, done: int, of: int) -> None:
        filled = WIDTH * done // of if of else WIDTH
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{of} {what}".rstrip()
        end = "\n" if done >= of or not self.alive else ""
        self.stream.write((f"\r\x1b[K{line}" if self.alive else line) + end)
        self.stream.flush()


def require_new(file: Path) -> None:
    """Unusable for a file that is there already, or that has no folder."""
    if file.exists():
        raise Unusable(f"{file} is there already; name another file")
    if not file.absolute().parent.is_dir():
        raise Unusable(f"there is no folder {file.absolute().parent}")
