"""Reads rule sets from TOML files; what is wrong is said by file and line, all of it at once."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from core.errors import Unusable
from core.law.rulesets import RuleSet, RuleSets

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\"-]+)\s*=")
_QUOTED_OR_COMMENT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_TOML_LINE = re.compile(r"\(at line (\d+)")


class BrokenRules(Unusable):
    """`lines` are like `schoolleiders-po-2022.toml:14: ladder[0].points: must be …`."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(*lines)


@dataclass(frozen=True)
class Source:
    """A rule file with the line of each of its keys."""

    file: str
    lines: dict[str, int]

    def at(self, path: str, why: str) -> str:
        """The nearest line that is known: of the key, or of the table around it."""
        near = path
        while near and near not in self.lines:
            near = re.sub(r"(^|\.)[^.\[]+$|\[\d+\]$", "", near)
        return f"{self.file}:{self.lines.get(near, 1)}: {path}: {why}"


def load(folder: Path) -> RuleSets:
    """Every `*.toml` in a folder; BrokenRules with everything that is wrong."""
    read = [_read(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    broken = [line for _, _, wrong in read for line in wrong]
    sound = sorted(
        ((rules, source) for rules, source, wrong in read if rules and not wrong),
        key=lambda each: (each[0].register_name, each[0].from_on),
    )
    broken += _wrong_together(sound)
    if not read:
        broken.append(f"{folder}: no rule sets")
    if broken:
        raise BrokenRules(broken)
    return RuleSets(tuple(rules for rules, _ in sound))


def parse(file: str, text: str) -> RuleSet:
    """One rule set from the text of its file; BrokenRules."""
    rules, _, wrong = _read(file, text)
    if wrong or rules is None:
        raise BrokenRules(wrong)
    return rules


def _read(file: str, text: str) -> tuple[RuleSet | None, Source, list[str]]:
    source = Source(file, _key_lines(text))
    try:
        table = tomllib.loads(text)
        plain = json.dumps({**table, "name": file.removesuffix(".toml")}, default=str)
        rules = RuleSet.model_validate_json(plain)
    except tomllib.TOMLDecodeError as error:
        where = _TOML_LINE.search(str(error))
        return None, source, [f"{file}:{where[1] if where else len(text.splitlines())}: {error}"]
    except ValidationError as error:
        return None, source, [source.at(_path(each["loc"]), each["msg"]) for each in error.errors()]
    return rules, source, [source.at(path, why) for path, why in _wrong(rules)]


def _path(location: tuple[int | str, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")


def _wrong(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """What the types cannot say about one set."""
    if not rules.name.startswith(rules.register_name + "-"):
        yield "register", "must be the beginning of the file's name"
    if rules.until_on and rules.until_on < rules.from_on:
        yield "until", "must not be before `from`"
    yield from _not_ascending("renewal.ladder", "points", [rung.points for rung in rules.renewal.ladder])
    yield from _not_ascending("renewal.ladder", "years", [rung.years for rung in rules.renewal.ladder])
    yield from _not_ascending("fees", "from_year", [fee.from_year for fee in rules.fees])
    for at, proof in enumerate(rules.proofs):
        yield from _not_ascending(f"proofs[{at}].sizes", "ects", [size.ects for size in proof.sizes])
    for path, level in _levels(rules):
        if level not in rules.levels:
            yield path, f"must be one of the levels, not {level!r}"
    for path, names in _unique(rules):
        if repeated := [name for name, times in Counter(names).items() if times > 1]:
            yield path, f"must not repeat {', '.join(repeated)}"
    if not (rules.renewal.ladder or rules.renewal.themes or rules.renewal.hours):
        yield "renewal", "must state a norm: ladder, themes or hours"
    if rules.committee.quorum > rules.committee.pool_least or rules.committee.pool_least > rules.committee.pool_most:
        yield "committee", "must have quorum <= pool_least <= pool_most"
    for at, valuation in enumerate(rules.valuations):
        if valuation.least > valuation.most:
            yield f"valuations[{at}].least", "must not be above `most`"


def _not_ascending(path: str, key: str, values: list[int]) -> Iterator[tuple[str, str]]:
    for at, (before, value) in enumerate(pairwise(values), start=1):
        if value <= before:
            yield f"{path}[{at}].{key}", f"must be above {before}, the {key} before it"


def _levels(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Every level that the set names, with its path."""
    for role, level in rules.eligibility.lowest_level.items():
        yield f"eligibility.lowest_level.{role}", level
    for at, proof in enumerate(rules.proofs):
        if proof.level:
            yield f"proofs[{at}].level", proof.level
        yield from ((f"proofs[{at}].sizes[{nth}].level", size.level) for nth, size in enumerate(proof.sizes))
        yield from ((f"proofs[{at}].stated_levels", level) for level in proof.stated_levels)
    if rules.in_training:
        yield "in_training.level", rules.in_training.level
    for at, renewing in enumerate(rules.renewal.proofs):
        yield f"renewal.proofs[{at}].level", renewing.level
        yield from ((f"renewal.proofs[{at}].from_levels", level) for level in renewing.from_levels)
    for at, change in enumerate(rules.level_changes):
        yield f"level_changes[{at}].from_level", change.from_level
        yield f"level_changes[{at}].to_level", change.to_level


def _unique(rules: RuleSet) -> Iterator[tuple[str, list[str]]]:
    yield "levels", list(rules.levels)
    yield "proofs", [proof.kind for proof in rules.proofs]
    yield "valuations", [valuation.kind for valuation in rules.valuations]


def _wrong_together(sound: list[tuple[RuleSet, Source]]) -> Iterator[str]:
    """What one set says that does not go with the sets around it."""
    for (before, _), (rules, source) in pairwise(sound):
        if before.register_name == rules.register_name:
            if before.until_on is None or before.until_on >= rules.from_on:
                yield source.at("from", f"must be after the last day of {before.name}")
            if before.selected_by != rules.selected_by:
                yield source.at("selected_by", f"must be that of {before.name}: {before.selected_by}")
    for topic in ("terms", "switches", "accreditation_years", "sources"):
        known = {key for rules, _ in sound for key in getattr(rules, topic)}
        for rules, source in sound:
            for lacking in sorted(known - set(getattr(rules, topic))):
                yield source.at(topic, f"must name {lacking}, as the other rule sets do")


def _key_lines(text: str) -> dict[str, int]:
    """The line of each key and table, by its path: `renewal.ladder[0].points`."""
    lines: dict[str, int] = {}
    heads: dict[str, int] = {}
    table, depth = "", 0
    for number, raw in enumerate(text.splitlines(), start=1):
        bare = _QUOTED_OR_COMMENT.sub("", raw)
        if depth == 0 and (header := _HEADER.match(raw)):
            table = _table(header[2].replace('"', ""), header[1] == "[[", heads)
            lines.setdefault(table, number)
            lines.setdefault(re.sub(r"\[\d+\]$", "", table), number)
            continue
        if depth == 0 and (key := _KEY.match(raw)):
            lines.setdefault(f"{table}.{key[1]}".lstrip(".").replace('"', ""), number)
        depth = max(0, depth + bare.count("[") - bare.count("]"))
    return lines


def _table(dotted: str, repeated: bool, heads: dict[str, int]) -> str:
    """The path of a table; `heads` counts the tables that stand under a repeated name."""
    path = ""
    parts = dotted.split(".")
    for at, part in enumerate(parts):
        path = f"{path}.{part}".lstrip(".")
        if repeated and at == len(parts) - 1:
            heads[path] = heads.get(path, -1) + 1
        if path in heads:
            path = f"{path}[{heads[path]}]"
    return path
