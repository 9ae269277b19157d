"""The accredited offer: what stands in it, and putting something into it."""

import itertools
from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.offer.models import AccreditedOffer
from accreditation.programmes.models import HigherEducationProgramme
from core.errors import NotFound
from core.law.days import add_years, previous_day
from core.store.work import Work

NVAO = "NVAO"


def last_accredited_day(from_on: date, years: int) -> date:
    """The last day of an accreditation of so many years: the day before its anniversary (po-opleiding)."""
    return previous_day(add_years(from_on, years))


async def accredit(
    work: Work,
    code: str,
    register: str,
    *,
    kind: str,
    name: str,
    provider: str,
    ects: int | None,
    from_on: date,
    until_on: date,
) -> AccreditedOffer:
    """Put one programme into the offer, its last day included."""
    offer = AccreditedOffer(
        code=code,
        register_code=register,
        kind=kind,
        name=name,
        provider=provider,
        ects=ects,
        accredited_from=from_on,
        accredited_until=until_on,
    )
    work.add(offer)
    await work.flush()
    work.log("offer:accredit", offer, code=code, until=until_on)
    return offer


async def free_code(work: Work, register: str, codes: Sequence[str]) -> str:
    """The first of these codes under which nothing stands in a register, else the last one with a number behind it."""
    wanted = select(AccreditedOffer.code).where(AccreditedOffer.register_code == register)
    taken = set(await work.session.exec(wanted.where(sa.or_(*[_of(code) for code in codes]))))
    numbered = (f"{codes[-1]}-{number}" for number in itertools.count(2))
    return next(code for code in itertools.chain(codes, numbered) if code not in taken)


def _of(code: str) -> sa.ColumnElement[bool]:
    """A line under a code, or under one that it got after a gap."""
    return sa.or_(col(AccreditedOffer.code) == code, col(AccreditedOffer.code).startswith(f"{code}-", autoescape=True))


async def ending(work: Work, codes: Collection[str], register: str, until_on: date) -> AccreditedOffer | None:
    """What stands in the offer under one of these codes, or one after a gap, and ends on a day, or None."""
    wanted = select(AccreditedOffer).where(
        sa.or_(*[_of(code) for code in codes]),
        AccreditedOffer.register_code == register,
        AccreditedOffer.accredited_until == until_on,
    )
    return (await work.session.exec(wanted)).first()


async def offered(work: Work, code: str, register: str) -> AccreditedOffer:
    """What stands in the offer under a code; NotFound("no-such-offer")."""
    wanted = select(AccreditedOffer).where(AccreditedOffer.code == code, AccreditedOffer.register_code == register)
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-offer")
    return found


async def offered_among(work: Work, codes: Collection[str], register: str) -> Sequence[AccreditedOffer]:
    """What stands in the offer of a register under any of these codes."""
    wanted = select(AccreditedOffer).where(
        col(AccreditedOffer.code).in_(list(codes)), AccreditedOffer.register_code == register
    )
    return (await work.session.exec(wanted)).all() if codes else []


async def offer_list(
    work: Work, register: str, kinds: Collection[str] | None, after: str | None, most: int
) -> Sequence[AccreditedOffer]:
    """The offer for a register, by code; of all kinds when none is named."""
    wanted = select(AccreditedOffer).where(AccreditedOffer.register_code == register)
    if kinds is not None:
        wanted = wanted.where(col(AccreditedOffer.kind).in_(list(kinds)))
    if after is not None:
        wanted = wanted.where(col(AccreditedOffer.code) > after)
    return (await work.session.exec(wanted.order_by(col(AccreditedOffer.code)).limit(most))).all()


async def is_teaching_degree(work: Work, croho_code: str) -> bool:
    """Whether the national list has an NVAO-accredited degree under this CROHO code that makes a teacher."""
    wanted = select(HigherEducationProgramme.name).where(
        HigherEducationProgramme.croho_code == croho_code,
        HigherEducationProgramme.kind == "opleiding",
        HigherEducationProgramme.accreditor == NVAO,
    )
    return any("leraar" in name.lower() for name in await work.session.exec(wanted))
