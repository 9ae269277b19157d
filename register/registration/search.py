"""The public register: the hot read. Column selects on the projection, straight into what goes out.

Names are found by the beginning of their folded form, on one index that serves both databases.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from auth import selves
from auth.numbers import is_bsn
from core.errors import Invalid, Moved, NotFound
from core.work import Work
from register.registration.entry import REGISTERED_NOW
from register.registration.models import PublicEntry
from register.registration.policy import Register
from register.registration.schemas import PublicEntryView
from register.schools.policy import search_key

LEAST_LETTERS = 3
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
BY_NUMBER = (
    sa.select(*COLUMNS)
    .where(ENTRY.c.register_number == sa.bindparam("number"), ENTRY.c.hidden.is_(False))
    .order_by(ENTRY.c.register_code)
)
LISTED = (
    sa.select(*COLUMNS)
    .where(ENTRY.c.hidden.is_(False))
    .order_by(ENTRY.c.name_key, ENTRY.c.register_number, ENTRY.c.register_code)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
BY_NAME = LISTED.where(ENTRY.c.name_key >= sa.bindparam("low"), ENTRY.c.name_key < sa.bindparam("high"))
BY_EITHER_ORDER = LISTED.where(
    sa.or_(
        sa.and_(ENTRY.c.name_key >= sa.bindparam("low"), ENTRY.c.name_key < sa.bindparam("high")),
        sa.and_(ENTRY.c.name_key >= sa.bindparam("turned_low"), ENTRY.c.name_key < sa.bindparam("turned_high")),
    )
)
# Words before a family name, by which nobody is filed.
PREFIXES = frozenset(
    [
        "'s",
        "'t",
        "aan",
        "bij",
        "d'",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "het",
        "in",
        "la",
        "le",
        "op",
        "te",
        "ten",
        "ter",
        "uit",
        "van",
        "von",
    ]
)


def view(row: Any) -> PublicEntryView:
    """A row of the projection as everybody may see it."""
    number, register, name, title, level, status, valid_until, board, school, town, _ = row
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
    )


async def by_number(work: Work, number: str) -> list[PublicEntryView]:
    """The entries under a number; NotFound("no-such-entry")."""
    rows = await work.means.database.ask(BY_NUMBER, {"number": number})
    if not rows:
        if now := await selves.number_after_merge(work.session, number):
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
    """Rows by number, or by the beginning of a name; Invalid("name-or-number"), ("name-too-short")."""
    if number is not None:
        if is_bsn(number):
            raise Invalid("looks-like-bsn", [("number", "looks-like-bsn")])
        rows = await work.means.database.ask(BY_NUMBER, {"number": number})
        if not rows and (now := await selves.number_after_merge(work.session, number)):
            rows = await work.means.database.ask(BY_NUMBER, {"number": now})
        return [row for row in rows if register is None or row.register_code == register]
    if name is None:
        raise Invalid("name-or-number")
    low, turned = spellings(name)
    if len(low) < LEAST_LETTERS:
        raise Invalid("name-too-short", [("name", "name-too-short")])
    wanted = BY_NAME if turned is None else BY_EITHER_ORDER
    bounds = {"low": low, "high": low + HIGHEST, "most": most}
    if turned is not None:
        bounds |= {"turned_low": turned, "turned_high": turned + HIGHEST}
    if register is not None:
        wanted = wanted.where(ENTRY.c.register_code == register)
    if after is not None:
        here = sa.tuple_(ENTRY.c.name_key, ENTRY.c.register_number, ENTRY.c.register_code)
        wanted = wanted.where(here > sa.tuple_(*[sa.literal(part) for part in after]))
    return await work.means.database.ask(wanted, bounds)


def spellings(name: str) -> tuple[str, str | None]:
    """How a typed name may be filed: as it is, without words like "van de", and given name last when it came first."""
    words = [word for word in search_key(name.replace(",", " ")).split() if word not in PREFIXES]
    turned = " ".join([words[-1], *words[:-1]]) if len(words) > 1 else None
    return " ".join(words), turned


def key_of(row: Any) -> list[str]:
    """Where the next page starts."""
    return [row.name_key, row.register_number, row.register_code]
