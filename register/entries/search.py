"""The public register: the hot read. Column selects on the projection, straight into what goes out.

Names are found by the beginnings of their words, in any order, on one index that serves both databases.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from auth import merged_persons
from auth.numbers import is_bsn
from core import names
from core.errors import Invalid, Moved, NotFound
from core.store.hot import HotRead
from core.store.work import Work
from register.entries.entry import REGISTERED_NOW
from register.entries.models import PublicEntry, PublicWord, WordSlip
from register.entries.policy import Register
from register.entries.schemas import PublicEntryView
from register.schools.naming import board_apart

LEAST_LETTERS = 3
"""From so many letters on a word may be the beginning of one; shorter ones are names by themselves (Ng, Li, O)."""
MOST_GUESSED, MOST_READ, MOST_LIKE, MOST_TRIED, MOST_PROPOSED = 4, 200, 4, 12, 5
SHOWN_AS_REGISTERED = frozenset(status.value for status in REGISTERED_NOW)
HIGHEST = "\U0010ffff"
ENTRY: sa.Table = PublicEntry.__table__  # type: ignore[attr-defined]


def _text(column: sa.Column[Any]) -> Any:
    """A choice as the text that is stored: a search makes no enum members only to spell them out again."""
    return sa.type_coerce(column, sa.String).label(column.name)


COLUMNS = (
    ENTRY.c.register_number,
    _text(ENTRY.c.register_code),
    ENTRY.c.name,
    ENTRY.c.title,
    ENTRY.c.level,
    _text(ENTRY.c.status),
    ENTRY.c.valid_until,
    ENTRY.c.board,
    ENTRY.c.school,
    ENTRY.c.town,
    ENTRY.c.name_key,
)
BY_NUMBER = HotRead(
    sa.select(*COLUMNS)
    .where(ENTRY.c.register_number == sa.bindparam("number"), ENTRY.c.hidden.is_(False))
    .order_by(ENTRY.c.register_code)
)
WORD: sa.Table = PublicWord.__table__  # type: ignore[attr-defined]
SLIP: sa.Table = WordSlip.__table__  # type: ignore[attr-defined]
PLACE = (WORD.c.name_key, WORD.c.register_number, WORD.c.register_code)
BEGINS = sa.and_(WORD.c.word >= sa.bindparam("low"), WORD.c.word < sa.bindparam("high"))
IS = WORD.c.word == sa.bindparam("low")


def _listed(found: sa.Select[Any]) -> sa.Select[Any]:
    """The entries of some words, each once, by name."""
    most = sa.bindparam("most", type_=sa.Integer)
    some = found.distinct().order_by(*PLACE).limit(most).subquery()
    same = sa.and_(ENTRY.c.register_number == some.c.register_number, ENTRY.c.register_code == some.c.register_code)
    order = (ENTRY.c.name_key, ENTRY.c.register_number, ENTRY.c.register_code)
    return sa.select(*COLUMNS).join(some, same).where(ENTRY.c.hidden.is_(False)).order_by(*order)


BY_NAME = HotRead(_listed(sa.select(*PLACE).where(BEGINS)))


def view(row: Any) -> PublicEntryView:
    """A row of the projection as everybody may see it."""
    number, register, name, title, level, status, valid_until, shown, school, town, _ = row
    board, board_number = board_apart(shown)
    return PublicEntryView(
        register_number=number,
        register_code=register,
        name=name,
        title=title,
        level=level,
        status=status,
        registered=status in SHOWN_AS_REGISTERED,
        valid_until=valid_until,
        board=board,
        school=school,
        town=town,
        board_number=board_number,
    )


async def by_number(work: Work, number: str) -> list[PublicEntryView]:
    """The entries under a number; NotFound("no-such-entry")."""
    rows = await work.means.database.ask(BY_NUMBER, {"number": number})
    if not rows:
        if now := await merged_persons.number_after_merge(work.session, number):
            raise Moved(number, now)
        raise NotFound("no-such-entry")
    return [view(row) for row in rows]


async def find(
    work: Work,
    *,
    name: str | None,
    number: str | None,
    register: Register | None,
    after: Sequence[str] | None,
    most: int,
) -> Sequence[Any]:
    """Rows by number, or by the words of a name; Invalid("name-or-number"), ("name-too-short").

    Short words and particles alone are taken as whole names; where nobody has them, more letters are asked for.
    """
    if number is not None:
        if is_bsn(number):
            raise Invalid("looks-like-bsn", [("number", "looks-like-bsn")])
        rows = await work.means.database.ask(BY_NUMBER, {"number": number})
        if not rows and (now := await merged_persons.number_after_merge(work.session, number)):
            rows = await work.means.database.ask(BY_NUMBER, {"number": now})
        return [row for row in rows if register is None or row.register_code == register]
    if name is None:
        raise Invalid("name-or-number")
    words = asked_words(name)
    rows = await work.means.database.ask(*named(words, most, register, after))
    if not rows and after is None and _is_whole(words):
        raise Invalid("name-too-short", [("name", "name-too-short")])
    return rows


def asked_words(name: str) -> list[str]:
    """The words of a question, the one that tells most first; Invalid("name-too-short") where there is none."""
    found = list(dict.fromkeys(names.words(name)))[: names.MOST_WORDS]
    if not found:
        raise Invalid("name-too-short", [("name", "name-too-short")])
    return sorted(found, key=len, reverse=True)


def _is_whole(words: Sequence[str]) -> bool:
    """Whether these are names by themselves: as beginnings they would find half the register."""
    return all(len(word) < LEAST_LETTERS or word in names.PARTICLES for word in words)


def named(
    words: Sequence[str], most: int, register: Register | None = None, after: Sequence[str] | None = None
) -> tuple[sa.Select[Any] | HotRead, dict[str, Any]]:
    """The entries in whose names each of these words begins a word; one of one or two letters is a whole name."""
    first, *others = words
    values: dict[str, Any] = {"low": first, "most": most}
    if _is_whole(words):
        found = sa.select(*PLACE).where(IS)
    elif others or register is not None or after is not None:
        found, values["high"] = sa.select(*PLACE).where(BEGINS), first + HIGHEST
    else:
        return BY_NAME, {**values, "high": first + HIGHEST}
    found = found.where(*(begins_a_word(WORD.c.name_key, word) for word in others))
    if register is not None:
        found = found.where(WORD.c.register_code == register)
    if after is not None:
        found = found.where(sa.tuple_(*PLACE) > sa.tuple_(*[sa.literal(part) for part in after]))
    return _listed(found), values


def begins_a_word(column: Any, word: str) -> sa.ColumnElement[bool]:
    """Whether a word begins one of those in a key."""
    return sa.or_(column.startswith(word, autoescape=True), column.contains(f" {word}", autoescape=True))


async def meant(work: Work, name: str, register: Register | None = None) -> list[str]:
    """What may have been meant by a name that found nobody: at most a few names that do find somebody, as written.

    One mistake in a word, looked up by what both spellings have in common: a few reads on an index, whatever the
    number of people, and only of what the public finds.
    """
    ways: list[list[str]] = [[]]
    words = list(dict.fromkeys(names.words(name)))[:MOST_GUESSED]
    for word in words:
        ways = [[*way, each] for each in [word, *await _like(work, word)] for way in ways]
    guesses = sorted((way for way in ways if way != words), key=lambda way: _mistakes(way, words))
    proposed: list[str] = []
    for way in guesses[:MOST_TRIED]:
        rows = await work.means.database.ask(*named(sorted(way, key=len, reverse=True), MOST_PROPOSED, register))
        if rows:
            said = " ".join(names.spelled_in(word, [row.name for row in rows]) for word in way)
            proposed += [said] if said not in proposed else []
        if len(proposed) == MOST_PROPOSED:
            break
    return proposed


def _mistakes(way: Sequence[str], words: Sequence[str]) -> int:
    return sum(one != other for one, other in zip(way, words, strict=True))


async def _like(work: Work, word: str) -> list[str]:
    if not (slips := names.slips(word)):
        return []
    wanted = sa.select(SLIP.c.word).distinct().where(SLIP.c.slip.in_(sorted(slips)), SLIP.c.word != word)
    found = [row.word for row in await work.means.database.ask(wanted.order_by(SLIP.c.word).limit(MOST_READ))]
    return sorted(found, key=lambda other: not names.one_slip(word, other))[:MOST_LIKE]


def key_of(row: Any) -> list[str]:
    """Where the next page starts."""
    return [row.name_key, row.register_number, row.register_code]
