"""Makes extracts, for everybody or of oneself, and checks those that somebody was handed; nothing of it is stored."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlmodel import col, select

from auth import persons
from auth import queries as people
from auth.actor import person_of
from auth.service import SignInServices
from auth.signing import require
from core.clock import legal_day
from core.errors import NotFound
from core.records import filled
from core.store.work import Work
from register.entries import search
from register.entries.entry import REGISTERED_NOW, public_standing
from register.entries.extracts.codes import Reference, code_of, read_code
from register.entries.extracts.policy import NAME, Difference, Scope, differences
from register.entries.extracts.schemas import Extract, ExtractCheck, NewExtractCheck, OwnStanding, SignedExtract
from register.entries.history.policy import as_of, require_past
from register.entries.history.service import end_of, public_standings
from register.entries.models import EntryVersion, Registration
from register.entries.policy import Register
from register.entries.schemas import PublicEntryView


async def lines_of(work: Work, person_id: UUID) -> Mapping[Register, Sequence[EntryVersion]]:
    """Every line about every entry of a person, in the order of writing."""
    wanted = (
        select(Registration.register_code, EntryVersion)
        .join(EntryVersion, col(EntryVersion.registration_id) == Registration.id)
        .where(Registration.person_id == person_id)
        .order_by(col(Registration.register_code), col(EntryVersion.seq))
    )
    found: dict[Register, list[EntryVersion]] = {}
    for register, line in await work.session.exec(wanted):
        found.setdefault(Register(register), []).append(line)
    return found


ISSUER = "bekwaam"
Lines = Mapping[Register, Sequence[EntryVersion]]


class Subject(NamedTuple):
    """Whose extract it is."""

    id: UUID
    register_number: str
    name: str


async def of_everybody(work: Work, number: str, on: date | None) -> SignedExtract:
    """What everybody may know of somebody on a day, today unless told, as we know it now.

    Invalid("day-to-come"), NotFound("no-such-entry"), Moved where two records became one.
    """
    shown = await search.by_number(work, number)
    day = require_past(on or work.today, work.today)
    person = await _subject(work, number)
    said = await told(work, person, Reference(Scope.PUBLIC, number, day, _whole_second(work.now)))
    return _signed(work, _with_places(said, shown) if day == work.today else said)


async def of_oneself(work: Work, on: date | None, recorded_on: date | None) -> SignedExtract:
    """All that the register says of who asks on a day, as we know it now or as we said it on another day.

    Invalid("day-to-come").
    """
    day = require_past(on or work.today, work.today)
    known_on = require_past(recorded_on or work.today, work.today)
    found = await people.person(work.session, person_of(work.actor))
    person = Subject(found.id, found.register_number, found.full_name())
    at = min(end_of(known_on), work.now)
    said = await told(work, person, Reference(Scope.OWN, person.register_number, day, _whole_second(at)))
    return _signed(work, said)


async def check(work: Work, asked: NewExtractCheck) -> ExtractCheck:
    """What an extract said that somebody was handed, and what has changed since.

    NotFound("extract-not-ours") for what we did not sign, or a code that is not ours.
    """
    if asked.signed:
        said, kid = _read(work.port(SignInServices), asked.signed)
        return await _compared(work, said, kid, of=await _subject(work, said.register_number))
    found = read_code(work.port(SignInServices).extract_secret, asked.code)
    if found is None:
        raise NotFound("extract-not-ours")
    person = await _subject(work, found.register_number)
    return await _compared(work, await told(work, person, found), None, of=person)


async def told(work: Work, person: Subject, of: Reference) -> Extract:
    """What an extract says: always the same for the same reference, whatever was written later."""
    lines = {
        register: [line for line in written if line.recorded_at <= of.recorded_at]
        for register, written in (await lines_of(work, person.id)).items()
    }
    name = await persons.name_at(work, person.id, of.recorded_at, person.name)
    return filled(
        Extract,
        of,
        name=name,
        entries=list(_entries(lines, of, name)),
        own=list(_own(lines, of.on)) if of.scope is Scope.OWN else [],
    )


def _entries(lines: Lines, of: Reference, name: str) -> Iterator[PublicEntryView]:
    """What everybody may know, of the registers that showed somebody when the extract was made."""
    for register, written in lines.items():
        last = as_of(written, legal_day(of.recorded_at))
        held = as_of(written, of.on)
        now = last and public_standing(register, last, written)
        until = [line for line in written if line.holds_from <= of.on]
        says = public_standing(register, held, until) if held and now else None
        if says:
            yield PublicEntryView(
                register_number=of.register_number,
                register_code=register.value,
                name=name,
                registered=says["status"] in REGISTERED_NOW,
                board="",
                school="",
                town="",
                **{**says, "status": says["status"].value},
            )


def _own(lines: Lines, on: date) -> Iterator[OwnStanding]:
    for register, written in lines.items():
        if held := as_of(written, on):
            yield OwnStanding(
                register.value, held.status.value, held.level, held.registered_on, held.period_began_on, held.due_on
            )


def _with_places(said: Extract, shown: Sequence[PublicEntryView]) -> Extract:
    at = {each.register_code: each for each in shown}
    placed = [
        msgspec.structs.replace(each, board=now.board, board_number=now.board_number, school=now.school, town=now.town)
        for each in said.entries
        if (now := at.get(each.register_code))
    ]
    return msgspec.structs.replace(said, entries=placed)


def _signed(work: Work, said: Extract) -> SignedExtract:
    told = msgspec.to_builtins(said)
    claims = {"iss": ISSUER, "iat": int(work.now.timestamp()), "extract": told}
    reference = Reference(Scope(said.scope), said.register_number, said.on, said.recorded_at)
    return SignedExtract(
        **msgspec.structs.asdict(said),
        made_at=work.now,
        made_on=work.today,
        code=code_of(work.port(SignInServices).extract_secret, reference),
        signed=work.port(SignInServices).extracts.sign(claims),
    )


def _read(doors: SignInServices, text: str) -> tuple[Extract, str]:
    try:
        signed = "".join(text.split())
        claims = doors.extracts.read(signed)
        require(claims.keys() == {"iss", "iat", "extract"} and claims["iss"] == ISSUER)
        return msgspec.convert(claims["extract"], Extract), doors.extracts.kid_of(signed)
    except Exception:  # a parser that stumbles is one more way of not being ours
        raise NotFound("extract-not-ours") from None


async def _subject(work: Work, number: str) -> Subject:
    """Whose number it is: after a merge, the person under the other one."""
    found = await people.person_by_number(work.session, number)
    return Subject(found.id, found.register_number, found.full_name())


async def _compared(work: Work, said: Extract, kid: str | None, *, of: Subject) -> ExtractCheck:
    try:
        then = await public_standings(work, of.register_number, said.on)
        now = await public_standings(work, of.register_number, work.today)
    except NotFound:
        told = said if kid or said.scope == Scope.OWN else None
        return _answer(work, told, kid, shown=False)
    known = {each.register_code for each in (*then, *now)}
    corrected = differences([each for each in said.entries if each.register_code in known], then)
    changed = differences(said.entries, now)
    if said.name != of.name:
        changed = [Difference(each.register_code, NAME, said.name, of.name) for each in said.entries[:1]] + [*changed]
    return _answer(work, said, kid, shown=True, corrected=corrected, changed=changed)


def _answer(
    work: Work,
    said: Extract | None,
    kid: str | None,
    *,
    shown: bool,
    corrected: Sequence[Difference] = (),
    changed: Sequence[Difference] = (),
) -> ExtractCheck:
    return ExtractCheck(
        key_id=kid,
        extract=said,
        shown=shown,
        correct=shown and not corrected,
        current=shown and not changed,
        corrected=corrected,
        changed=changed,
        checked_on=work.today,
    )


def _whole_second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
