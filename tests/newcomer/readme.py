"""What the README tells somebody to do: its two commands to the letter, and the steps of its tour."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

README = Path(__file__).parents[2] / "README.md"
TOKEN = re.compile(r"(search )?`([^`]+)`|(?<![*\w])\*([^*]+)\*(?![*\w])")
Kind = Literal["person", "open", "search", "press"]


@dataclass(frozen=True)
class Doing:
    """One thing to do: sign in as a person (the part of an e-mail before the @), open a path, search, press a link."""

    kind: Kind
    what: str


def commands() -> tuple[str, str]:
    """The command that runs it, and the one that passes the tests."""
    section = README.read_text(encoding="utf-8").split("## Two commands")[1].split("\n## ")[0]
    blocks = re.findall(r"^```\n(.*?)\n```", section, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2, "the README gives two commands"
    return blocks[0], blocks[1]


def tour() -> list[tuple[str, list[Doing]]]:
    """The numbered steps of the tour: what each is about, and what it says to do, in its order."""
    section = README.read_text(encoding="utf-8").split("## A tour")[1].split("\n## ")[0]
    items = re.split(r"^\d+\. ", section, flags=re.MULTILINE)[1:]
    texts = [" ".join(line.strip() for line in item.split("\n\n")[0].splitlines()) for item in items]
    return [(re.split(r"[:(]", text)[0].strip("* "), list(_doings(text))) for text in texts]


def _doings(text: str) -> list[Doing]:
    found = []
    for search, code, label in TOKEN.findall(text.replace("**", "")):
        if label:
            found.append(Doing("press", label))
        elif "@" in code:
            found.append(Doing("person", code.split("@")[0]))
        elif search:
            found.append(Doing("search", code))
        elif code.startswith("/"):
            found.append(Doing("open", code))
    return found
