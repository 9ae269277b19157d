"""The inbox of rows that matched nobody: claimed by who knows what was sent, or resolved by the office."""

from collections.abc import Sequence
from uuid import UUID

from accreditation.attendance import finding, queries
from accreditation.attendance.directory import Run
from accreditation.attendance.doubts import Doubt, Stay, doubts_about
from accreditation.attendance.matching import may_claim, names_agree, near, neighbours
from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import Cause, Event
from accreditation.attendance.schemas import NewAssignment, NewClaim
from accreditation.attendance.service import move
from auth import numbers
from auth import queries as people
from auth.actor import person_of
from auth.queries import Named
from core import names
from core.errors import Invalid, NotFound, Refused
from core.names import plain_key
from core.store.work import Work


async def claim(work: Work, new: NewClaim) -> Attendance:
    """Somebody claims the row that did not find them.

    Invalid("nothing-fits"): nothing in the inbox is like what was said; Refused("several-items-fit"): the office looks.
    """
    own = await people.named(work.session, person_of(work.actor))
    found = await queries.unmatched_at(work, plain_key(new.course), new.course, new.ended_on)
    fitting = [row for row in found if fits(row.sent_number, row.sent_name, own, new)]
    exact = [row for row in fitting if row.sent_number in own.numbers]
    if len({row.who for row in exact or fitting}) > 1:
        raise Refused("several-items-fit")
    if not fitting:
        raise Invalid("nothing-fits", [("course", "nothing-fits")])
    return await _give(work, (exact or fitting)[0], own.id, "")


def fits(sent_number: str, sent_name: str, own: Named, new: NewClaim) -> bool:
    """Whether a row can be this person's, given what they know of it.

    A near number may carry a former name when they can say it; a name alone takes the number that was sent.
    """
    said_name = bool(new.sent_name) and names.fold(new.sent_name) == names.fold(sent_name)
    said_number = bool(new.sent_number) and numbers.bare(new.sent_number) == sent_number
    agrees = names_agree(sent_name, own.given_name, *own.families)
    close = [number for number in own.numbers if near(sent_number, number)]
    if close:
        known = any(may_claim(sent_number, sent_name, number, own.given_name, *own.families) for number in close)
        return known or said_name
    return agrees and said_number


async def suggestions(work: Work) -> Sequence[Attendance]:
    """What is in the inbox under one's own number, or under a near one with one's own name."""
    own = await people.named(work.session, person_of(work.actor))
    found = await queries.unmatched_under(work, sorted({typo for number in own.numbers for typo in typos_of(number)}))
    return [
        row
        for row in found
        if row.sent_number in own.numbers or names_agree(row.sent_name, own.given_name, *own.families)
    ]


def typos_of(number: str) -> list[str]:
    """Every text that is one mistake away from a number, and the number itself."""
    digits, places = "0123456789", range(len(number))
    found = {number}
    found |= {number[:at] + digit + number[at + 1 :] for at in places for digit in digits}
    found |= {number[:at] + number[at + 1 :] for at in places}
    found |= {number[:at] + digit + number[at:] for at in range(len(number) + 1) for digit in digits}
    found |= {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in places[:-1]}
    return sorted(found)


async def claim_suggested(work: Work, id: UUID) -> Attendance:
    """Somebody claims a row that was shown to them; NotFound("no-such-attendance") for any other."""
    row = next((one for one in await suggestions(work) if one.id == id), None)
    if row is None:
        raise NotFound("no-such-attendance")
    return await _give(work, row, person_of(work.actor), "")


async def assign(work: Work, id: UUID, new: NewAssignment) -> Attendance:
    """The office says whose a row is. NotFound: `no-such-attendance`, `no-such-person`; Forbidden("own-case")."""
    row = await queries.unmatched(work, id)
    work.expect(row)
    found = await people.person_by_number(work.session, numbers.bare(new.register_number))
    queries.require_other(work, found.id)
    return await _give(work, row, found.id, new.reason)


async def dismiss(work: Work, id: UUID, reason: str) -> Attendance:
    """The office found that a row is nobody's."""
    row = await queries.unmatched(work, id)
    work.expect(row)
    return await move(work, row, Event.DISMISS, Cause.NOBODY, reason)


async def candidates(work: Work, row: Attendance) -> Sequence[Named]:
    """Who may be meant by a row, for the office to look at: everybody whose number is near to what was sent."""
    found = await people.by_numbers(work.session, {row.sent_number, *neighbours(row.sent_number)})
    return sorted(set(found.values()), key=lambda one: not names_agree(row.sent_name, one.given_name, *one.families))


async def elsewhere(work: Work, row: Attendance) -> Sequence[Stay]:
    """Where the person of a row was on the same day, in another place."""
    if row.person_id is None or Doubt.TWO_PLACES.value not in row.doubt_codes():
        return []
    stays = (await finding.stays_of(work, [row.person_id])).get(row.person_id, [])
    others = [stay for stay in stays if stay.run != str(row.run_id) and stay.place]
    return [stay for stay in others if stay.first_on <= row.ended_on <= stay.last_on]


async def _give(work: Work, row: Attendance, person_id: UUID, reason: str) -> Attendance:
    """A row becomes somebody's, with the same look at doubts as any other; what they have already is not doubled."""
    row.person_id = person_id
    if await queries.has_another(work, row):
        return await move(work, row, Event.DISMISS, Cause.TWICE, reason)
    run = await finding.run_of(work, row.run_id)
    doubts = await _doubts(work, run, row)
    row.doubts = " ".join(doubts)
    return await move(work, row, Event.CLAIM_HELD if doubts else Event.CLAIM, None, reason)


async def _doubts(work: Work, run: Run, row: Attendance) -> list[str]:
    assert row.person_id is not None
    others = (await finding.stays_of(work, [row.person_id])).get(row.person_id, [])
    by_day = row.meeting or run.form == "e-learning"
    days = (row.ended_on, row.ended_on) if by_day else (run.starts_on, run.ends_on)
    first = min((one.from_on for one in run.accredited(row.ended_on)), default=days[0])
    here = Stay(run.id, *days, run.in_place)
    limits = finding.limits_of(work, run, row.ended_on)
    seen = doubts_about(here, others, seats_left=None, accredited_from=first, limits=limits)
    full = [Doubt.MORE_THAN_SEATS.value] if Doubt.MORE_THAN_SEATS.value in row.doubt_codes() else []
    return [*full, *(doubt.value for doubt in seen)]
