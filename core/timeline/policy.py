"""PURE: a case as lines of one day each: what happened, what was told to whom, and what comes, with its article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from core.law.articles import AVG, AWB
from core.law.duties import Duty


class Reader(StrEnum):
    """Who reads: the party whose case it is, the body whose decision is contested, or who handles or judges it."""

    PARTY = "party"
    BODY = "body"
    OFFICE = "office"


@dataclass(frozen=True)
class Step:
    """How an act of the trail reads. `law` is an article, of the Awb without its name; the other names are those of
    facts of the act: `day` on which it happened (else that of the line), `until` or `planned` the day that it set."""

    what: str
    law: str = ""
    day: str = ""
    until: str = ""
    planned: str = ""
    inside: bool = False
    """Of the house itself: no party reads it."""


@dataclass(frozen=True)
class Act:
    """A line of the trail about the case."""

    action: str
    on: date
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Telling:
    """Something that was told: to whom (`party`, `representative`, `body`, `panel`), by which way, what became of it.

    `went`: `to-post` while it waits, `bounced` when it came back; empty where it arrived as far as we know.
    """

    topic: str
    on: date
    to: str = "party"
    way: str = "email"
    went: str = ""


@dataclass(frozen=True)
class Known:
    """A decision on the case: taken, and made known where `known_on` has a day; `last_day` to contest it."""

    number: str
    decided_on: date
    known_on: date | None
    last_day: date | None
    law: str
    remedy: str = ""
    """What may be done until the last day, and its article: `may-object`, `may-appeal`; empty where nothing."""
    remedy_law: str = ""


@dataclass(frozen=True)
class Coming:
    """Something that comes on a day; `article` in the words of the register."""

    what: str
    on: date
    article: str = ""
    inside: bool = False


@dataclass(frozen=True)
class Case:
    """The facts of a case, as far as they have a day."""

    acts: Sequence[Act] = ()
    told: Sequence[Telling] = ()
    known: Sequence[Known] = ()
    coming: Sequence[Coming] = ()


@dataclass(frozen=True)
class Table:
    """What a room says of its cases: which acts read how, and on which article each message rests."""

    steps: Mapping[str, Step]
    duties: Sequence[Duty] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    inside: frozenset[str] = frozenset({"notify"})
    """Tasks of the house itself."""
    known: str = "3:41"
    """On which article the making known of a decision on these cases rests."""

    def law_of(self, topic: str) -> str:
        """The article of the duty that a message keeps, by the table of duties."""
        return next((duty.article for duty in self.duties if topic in duty.told), self.topics.get(topic, ""))


class Line(msgspec.Struct, frozen=True):
    """One line: a day, what, its article; `told` says to whom it was told, `comes` that it is still to come."""

    on: date
    what: str
    article: str = ""
    until: date | None = None
    planned: date | None = None
    number: str = ""
    """Of the decision that it is about."""
    told: str = ""
    way: str = ""
    went: str = ""
    comes: bool = False


FOR = {
    Reader.PARTY: frozenset({"party", "representative"}),
    Reader.BODY: frozenset({"body"}),
    Reader.OFFICE: frozenset({"party", "representative", "body", "panel"}),
}
"""Which messages each reader may know of: what was told to their side."""
NOT_ARRIVED = frozenset({"to-post", "bounced", "cancelled"})


def went_of(state: str) -> str:
    """What became of a letter, by the state of its delivery: empty where it arrived as far as we know."""
    return state if state in NOT_ARRIVED else ""


def lines(case: Case, table: Table, reader: Reader, today: date) -> list[Line]:
    """The past up to today, oldest first, then what comes, nearest first; nothing comes on a day that has passed."""
    past = [*_acts(case.acts, table, reader), *_decisions(case.known, reader), *_told(case.told, table, reader)]
    past = [one for one in past if one.on <= today]
    ahead = [
        Line(one.on, one.what, one.article, comes=True)
        for one in (*case.coming, *_remedies(case.known))
        if one.on >= today and (reader is Reader.OFFICE or not one.inside)
    ]
    return [*sorted(past, key=lambda one: one.on), *sorted(ahead, key=lambda one: one.on)]


def _acts(acts: Iterable[Act], table: Table, reader: Reader) -> Iterable[Line]:
    for act in acts:
        step = table.steps.get(act.action)
        if step is None or (step.inside and reader is not Reader.OFFICE):
            continue
        yield Line(
            _day(act, step.day) or act.on,
            step.what,
            _awb(step.law),
            until=_day(act, step.until),
            planned=_day(act, step.planned),
        )


def _told(told: Iterable[Telling], table: Table, reader: Reader) -> Iterable[Line]:
    for one in told:
        if one.to not in FOR[reader] or (one.went in NOT_ARRIVED and reader is not Reader.OFFICE):
            continue
        yield Line(one.on, one.topic, _awb(table.law_of(one.topic)), told=one.to, way=one.way, went=one.went)


def _decisions(known: Iterable[Known], reader: Reader) -> Iterable[Line]:
    for one in known:
        if reader is Reader.OFFICE:
            yield Line(one.decided_on, "decided", _awb(one.law), number=one.number)
        if one.known_on is not None:
            yield Line(one.known_on, "made-known", _awb(one.law), number=one.number)


def _remedies(known: Iterable[Known]) -> Iterable[Coming]:
    for one in known:
        if one.known_on is not None and one.last_day is not None and one.remedy:
            yield Coming(one.remedy, one.last_day, _awb(one.remedy_law))


def _awb(law: str) -> str:
    return f"{AWB}{law}" if law and not law.startswith(AVG) else law


def _day(act: Act, name: str) -> date | None:
    value = act.facts.get(name) if name else None
    return date.fromisoformat(value) if isinstance(value, str) else None
