"""Reads the library: choosing a ground proposes its sentence and what would repair it, which the writer then edits."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COMMON = "common"
CITABLE = ("Awb ", "art. ")
LETTERS = "nl"
"""The language of decisions."""


@dataclass(frozen=True)
class Ground:
    """One coded ground in one language."""

    code: str
    article: str
    sentence: str
    repair: str

    @property
    def cited(self) -> str:
        """The sentence, with the article where it is one that a reader can look up."""
        return f"{self.sentence} ({self.article})" if self.article.startswith(CITABLE) else self.sentence


@dataclass(frozen=True)
class Words:
    """What a decision may begin with: reasons, and for a refusal what would repair it."""

    reasons: str
    repair: str = ""


@cache
def _file(name: str) -> Mapping[str, Mapping[str, Any]]:
    path = HERE / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def codes() -> frozenset[str]:
    """Every ground that the library knows."""
    return frozenset(_file(COMMON)["grounds"])


def heard_first() -> frozenset[str]:
    """The grounds that rest on facts about an applicant which differ from what they said themselves (Awb 4:7)."""
    return frozenset(code for code, found in _file(COMMON)["grounds"].items() if found.get("heard_first"))


def ground(register: str, code: str, language: str = LETTERS) -> Ground:
    """A ground in the words of a register; KeyError for one that is not in the library."""
    found = _file(register).get("grounds", {}).get(code) or _file(COMMON)["grounds"][code]
    return Ground(code, found["article"], found[language], found["repair"][language])


def grounds(register: str, wanted: Iterable[str], language: str = LETTERS) -> list[Ground]:
    """Several grounds, in this order."""
    return [ground(register, code, language) for code in wanted]


def granted(register: str, kind: str, outcome: str, language: str = LETTERS) -> Words:
    """What a decision that grants begins with."""
    said = {**_file(COMMON)["reasons"], **_file(register).get("reasons", {})}
    return Words("\n".join(said[key][language] for key in (kind, outcome) if key in said))


def refused(register: str, wanted: Iterable[str], language: str = LETTERS) -> Words:
    """What a decision that refuses on these grounds begins with, each with its article; without, that of a vote.

    What rests on a source that only the rule sets name (po-basis) goes without: nobody outside knows such a code.
    """
    found = grounds(register, wanted, language)
    if not found:
        return Words(_file(COMMON)["reasons"]["voted-against"][language])
    reasons = "\n".join(each.cited for each in found)
    return Words(reasons, "\n".join(dict.fromkeys(each.repair for each in found)))
