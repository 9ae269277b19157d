"""What a command says: its findings on standard output, how far it is and what stops it on standard error."""

import sys
from typing import TextIO

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
