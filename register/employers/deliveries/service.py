"""Takes in what boards deliver: it waits for the holder, who alone can change what the register says of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec
from sqlmodel import col, select

from auth import imported_persons
from auth import queries as people
from auth.permissions import Role as Holding
from core.errors import Refused
from core.store import bulk
from core.store.work import Work
from register.employers.deliveries import queries
from register.employers.deliveries.models import AppointmentClaim
from register.employers.deliveries.policy import CLAIM, ClaimEvent, ClaimState
from register.entries.enrolment import appoint
from register.entries.entry import show_person
from register.entries.models import Appointment
from register.office.imports import faults
from register.office.imports.faults import BadLine
from register.office.imports.lines import Lines
from register.office.imports.policy import BadRow
from register.office.imports.rows import DeliveredRow, delivered_row
from register.rules.assessment.facts import Role
from register.schools import queries as schools
from register.schools.duo.cells import BadCell
from register.schools.duo.rows import RefusedRow

STREAM = "imports/appointments"
Post = tuple[UUID, str, str, Role, date]
"""What makes an appointment the same one: person, board, location, role and first day."""


class DeliveryReport(msgspec.Struct, frozen=True):
    """What became of a file: `read` = `waiting` + `unchanged` + the refused lines."""

    read: int
    waiting: int
    """Lines that say other than the holder did, and wait for their answer."""
    unchanged: int
    """Lines that say what stands, what waits already, or what the holder answered before."""
    refused: Sequence[RefusedRow]
    dry_run: bool = False


class Stands(msgspec.Struct):
    """What is known of the people in the file."""

    people: Mapping[str, UUID]
    posts: Mapping[Post, Appointment]
    claims: dict[Post, list[AppointmentClaim]]


async def deliver(work: Work, table: Lines) -> DeliveryReport:
    """Hold a delivery against what stands."""
    places = await schools.all_places(work)
    stands = await _standing(work, {cells["register_number"] for _line, cells in table.lines})
    refused, claims, unchanged, seen = list(table.refused), [], 0, set()
    for line, cells in table.lines:
        try:
            row = delivered_row(cells)
            if row.register_number not in stands.people:
                raise BadRow("unknown-register-number", "register_number")
            if problem := places.problem(row.post.location_code, row.post.appointed_on, row.post.board_number):
                raise BadRow(problem, "board_number" if "board" in problem else "location_code")
            if (key := _key(stands, row)) in seen:
                raise BadRow("duplicate", "register_number")
            seen.add(key)
            claim = await _claim(work, stands, key, row)
        except (BadCell, BadLine, BadRow) as bad:
            refused.extend(faults.refused(line, bad))
        else:
            unchanged += claim is None
            claims += [claim] if claim else []
    batch = bulk.Batch(work)
    await batch.insert(claims)
    if claims:
        facts = {"waiting": len(claims), "unchanged": unchanged, "refused": faults.lines_in(refused)}
        await batch.log("appointments:import", STREAM, facts)
    lines = len(table.lines) + len(table.refused)
    return DeliveryReport(lines, len(claims), unchanged, sorted(refused, key=lambda each: each.line))


async def _standing(work: Work, numbers: set[str]) -> Stands:
    people = await imported_persons.by_numbers(work.session, numbers)
    ids = set(people.values())
    posts = {
        (each.person_id, each.board_number, each.location_code, each.role, each.appointed_on): each
        for each in await work.session.exec(select(Appointment))
        if each.person_id in ids
    }
    claims: dict[Post, list[AppointmentClaim]] = {}
    for each in await work.session.exec(select(AppointmentClaim).order_by(col(AppointmentClaim.id))):
        key = (each.person_id, each.board_number, each.location_code, each.role, each.appointed_on)
        claims.setdefault(key, []).append(each)
    return Stands(people, posts, claims)


def _key(stands: Stands, row: DeliveredRow) -> Post:
    post = row.post
    return stands.people[row.register_number], post.board_number, post.location_code, Role(post.role), post.appointed_on


async def _claim(work: Work, stands: Stands, key: Post, row: DeliveredRow) -> bulk.Lean | None:
    """What will wait for an answer; None where there is nothing to ask."""
    post, said_before = stands.posts.get(key), stands.claims.get(key, [])
    if post is not None and post.ended_on == row.ended_on:
        return None
    if any(each.ended_on == row.ended_on and each.state in ANSWERED for each in said_before):
        return None
    for each in said_before:
        if each.state is ClaimState.WAITING:
            each.state = CLAIM.after(each.state, ClaimEvent.OVERTAKE)
            work.log("appointment-claim:overtake", each)
    person_id, board_number, location_code, role, appointed_on = key
    claim: bulk.Lean = bulk.lean(
        AppointmentClaim,
        person_id=person_id,
        appointment_id=post.id if post else None,
        board_number=board_number,
        location_code=location_code,
        role=role,
        appointed_on=appointed_on,
        ended_on=row.ended_on,
        delivered_at=work.now,
    )
    return claim


async def say(work: Work, claim: AppointmentClaim) -> AppointmentClaim:
    """What a board says of one post on a page: as a line of a delivery, and its holder hears of it.

    Refused: `stands-so` (the register says it already), `said-before` (it waits, or the holder said no).
    """
    key = (claim.person_id, claim.board_number, claim.location_code, claim.role, claim.appointed_on)
    post, before = await queries.about(work, *key)
    if post is not None and post.ended_on == claim.ended_on:
        raise Refused("stands-so")
    if any(each.ended_on == claim.ended_on and each.state in ANSWERED for each in before):
        raise Refused("said-before")
    for each in before:
        if each.state is ClaimState.WAITING:
            each.state = CLAIM.after(each.state, ClaimEvent.OVERTAKE)
            work.log("appointment-claim:overtake", each)
    claim.appointment_id = post.id if post else None
    work.add(claim)
    await work.flush()
    work.log("appointment-claim:say", claim, board=claim.board_number, ended_on=claim.ended_on)
    person = await people.person(work.session, claim.person_id)
    work.send(
        "appointment-claim",
        address=person.email,
        subject="Uw bestuur geeft iets door over uw baan",
        body="Uw bestuur geeft iets door over een aanstelling van u. Het staat pas in het register als u zegt dat het "
        f"klopt. Log in en kijk bij Aanstellingen: {work.means.settings.address}/mijn/aanstellingen\n",
        person_id=person.id,
    )
    return claim


ANSWERED = frozenset({ClaimState.WAITING, ClaimState.REFUSED})
"""Who has not answered yet, or said no, is not asked the same again."""


async def confirm(work: Work, id: UUID) -> AppointmentClaim:
    """The holder says so too: the appointment is added, or ends. Refused("wrong-state"), NotFound("no-such-claim")."""
    claim = await _answer(work, id, ClaimEvent.CONFIRM)
    post = await work.session.get(Appointment, claim.appointment_id) if claim.appointment_id else None
    if post is None:
        post = await appoint(
            work,
            claim.person_id,
            board_number=claim.board_number,
            location_code=claim.location_code,
            role=claim.role,
            appointed_on=claim.appointed_on,
        )
    if post.ended_on != claim.ended_on:
        post.ended_on = claim.ended_on
        work.log("appointment:end", post, ended_on=post.ended_on)
    await show_person(work, claim.person_id)
    return claim


async def refuse(work: Work, id: UUID) -> AppointmentClaim:
    """The holder says it is not so: nothing changes, and the board, for whom it is, hears of it (lp-rol).

    Refused("wrong-state").
    """
    claim = await _answer(work, id, ClaimEvent.REFUSE)
    keepers = await people.keepers_of(work.session, Holding.BOARD, claim.board_number, work.today)
    number = (await people.numbers_of(work.session, [claim.person_id]))[claim.person_id]
    for person_id, address in (await people.addresses_of(work.session, keepers)).items():
        work.send(
            "appointment-claim-refused",
            address=address,
            subject="Een aanstelling die u doorgaf klopt niet",
            body=f"Wie registernummer {number} heeft, zegt dat een aanstelling die u doorgaf niet klopt. Er verandert "
            "niets in het register. Bespreek het samen en geef daarna door wat wel klopt: "
            f"{work.means.settings.address}/bestuur/ontbreekt\n",
            person_id=person_id,
        )
    return claim


async def _answer(work: Work, id: UUID, event: ClaimEvent) -> AppointmentClaim:
    claim = await queries.own_claim(work, id)
    work.expect(claim)
    claim.state = CLAIM.after(claim.state, event)
    claim.answered_at = work.now
    work.log(f"appointment-claim:{event.value}", claim)
    return claim
