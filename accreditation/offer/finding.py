"""Programmes found by the words of their name and institution: the register's own offer, and the national list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.offer.models import AccreditedOffer
from accreditation.offer.service import NVAO
from accreditation.programmes.models import HigherEducationProgramme
from core.names import plain_key
from core.store.work import Work

MOST, MOST_LISTED, MOST_ROWS, MOST_PROVIDERS = 12, 50, 600, 3
TEACHING, MASTER, TEACHING_MASTER = "teaching", "master", "teaching-master"
"""What of the national list may count: degrees that make a teacher, master's degrees, or those that are both."""


@dataclass(frozen=True)
class Programme:
    """A programme as somebody recognises it; `providers` are a few of the institutions that give it."""

    code: str
    name: str
    providers: tuple[str, ...] = ()
    more_providers: int = 0
    accredited_from: date | None = None
    accredited_until: date | None = None
    """The last day on which a diploma counts; None where the national list does not say."""


async def find(
    work: Work, register: str, kinds: Collection[str], national: str | None, words: str
) -> tuple[list[Programme], bool]:
    """At most twelve, the register's own first, and whether there were more. No words: its own offer alone."""
    own = await _own(work, register, kinds, words)
    known = {one.code for one in own}
    listed = await _national(work, national, words) if national and words.strip() else []
    found = own + [one for one in listed if one.code not in known]
    return found[:MOST], len(found) > MOST


async def offered(work: Work, kinds: Collection[str], words: str) -> tuple[Sequence[AccreditedOffer], bool]:
    """What stands in the offer of any register of these kinds: the first fifty by name, and whether there are more."""
    row = AccreditedOffer
    listed = select(row).where(col(row.kind).in_(list(kinds)))
    by_name = listed.order_by(col(row.name), col(row.accredited_from), col(row.code))
    found = [one for one in await work.session.exec(by_name) if _has(words, one.name, one.provider, one.code)]
    return found[:MOST_LISTED], len(found) > MOST_LISTED


async def _own(work: Work, register: str, kinds: Collection[str], words: str) -> list[Programme]:
    wanted = select(AccreditedOffer).where(
        AccreditedOffer.register_code == register,
        col(AccreditedOffer.kind).in_(list(kinds)),
    )
    rows = await work.session.exec(wanted.order_by(col(AccreditedOffer.name), col(AccreditedOffer.code)))
    return [
        Programme(row.code, row.name, (row.provider,), 0, row.accredited_from, row.accredited_until)
        for row in rows
        if _has(words, row.name, row.provider, row.code)
    ]


async def _national(work: Work, national: str, words: str) -> list[Programme]:
    row = HigherEducationProgramme
    provider = sa.func.coalesce(col(row.provider_name), col(row.board_name))
    teaches, master = sa.func.lower(col(row.name)).contains("leraar"), col(row.degree) == "master"
    counts = {TEACHING: teaches, MASTER: master, TEACHING_MASTER: sa.and_(teaches, master)}[national]
    wanted = (
        select(col(row.croho_code), col(row.name), provider)
        .where(row.kind == "opleiding", row.accreditor == NVAO, col(row.croho_code).is_not(None), counts)
        .distinct()
        .order_by(col(row.name), col(row.croho_code), provider)
    )
    listed = await work.session.exec(wanted)
    rows = list(islice((one for one in listed if _has(words, one[1], one[2], one[0] or "")), MOST_ROWS))
    found: dict[str, Programme] = {}
    for (name, code), given in groupby(rows, key=lambda one: (one[1], one[0] or "")):
        providers = tuple(provider for _code, _name, provider in given)
        more = max(0, len(providers) - MOST_PROVIDERS)
        found.setdefault(code, Programme(code, name, providers[:MOST_PROVIDERS], more))
    return list(found.values())


def _has(words: str, *texts: str) -> bool:
    """Each word stands in one of the texts, whatever accents and signs either has."""
    asked = plain_key(words).split()[:8] if words.strip() else []
    held = [plain_key(text) for text in texts]
    return all(any(word in text for text in held) for word in asked)


async def names_of(work: Work, codes: Collection[str]) -> dict[str, str]:
    """The names that the national list has for these codes."""
    if not codes:
        return {}
    row = HigherEducationProgramme
    wanted = select(col(row.croho_code), col(row.name)).where(col(row.croho_code).in_(list(codes))).distinct()
    return {code: name for code, name in await work.session.exec(wanted.order_by(col(row.name))) if code}
