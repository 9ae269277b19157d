"""What the office does for people, as JSON."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth import queries
from auth.permissions import Permission
from auth.proposal_views import ProposalView, proposed
from core.store.work import Work
from core.web.http import WorkDep, versioned
from register.office.people import address, death, hiding, merge, office, views
from register.office.people.schemas import (
    AppointmentView,
    Death,
    FoundPerson,
    FoundPlace,
    Hiding,
    HidingEnd,
    Merge,
    NewAddress,
    PersonFile,
)


@get("/people", requires=Permission.PERSON_FIND, tags=["office"])
async def find(work: WorkDep, q: FromQuery[str]) -> Sequence[FoundPerson]:
    """At most fifty persons by register number, e-mail address or the beginning of a family name."""
    return [FoundPerson(row.id, row.register_number, row.full_name(), row.email) for row in await office.find(work, q)]


@get("/people/{person_id:uuid}", requires=Permission.PERSON_FIND, tags=["office"])
async def read(work: WorkDep, person_id: FromPath[UUID]) -> Response[PersonFile]:
    """Somebody's file; the look leaves a trace with them."""
    await office.read(work, person_id)
    return await _file(work, person_id)


async def _file(work: Work, person_id: UUID, status: int = 200) -> Response[PersonFile]:
    await work.flush()
    person = await queries.person(work.session, person_id)
    return versioned(await views.person_file(work, person), person.version, status)


@post("/people/{person_id:uuid}/hiding", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def hide(work: WorkDep, person_id: FromPath[UUID], data: JSONBody[Hiding]) -> Response[PersonFile]:
    """Take somebody at risk out of the public search at once, or note another ground; they are told."""
    await hiding.hide(work, person_id, data.ground)
    return await _file(work, person_id, 201)


@post("/people/{person_id:uuid}/hiding-end", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def show_again(work: WorkDep, person_id: FromPath[UUID], data: JSONBody[HidingEnd]) -> Response[ProposalView]:
    """Propose to show somebody again; a second person signs, and until then they stay hidden. 409 `not-hidden`."""
    return await proposed(work, await hiding.propose_end(work, person_id, data.reasons))


@post("/people/{person_id:uuid}/email-change", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def change_email(work: WorkDep, person_id: FromPath[UUID], data: JSONBody[NewAddress]) -> Response[ProposalView]:
    """Propose another e-mail address for who showed who they are; a second person signs, and both addresses are told.

    409 `email-taken`, `same-email`.
    """
    return await proposed(work, await address.propose(work, person_id, data))


@post("/people/{person_id:uuid}/invitation", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def invite(work: WorkDep, person_id: FromPath[UUID]) -> Response[PersonFile]:
    """Open an account for who was taken over from elsewhere and has none: a link goes to their address, for a week."""
    await office.invite(work, person_id)
    return await _file(work, person_id, 201)


@post("/people/{person_id:uuid}/death", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def decease(work: WorkDep, person_id: FromPath[UUID], data: JSONBody[Death]) -> Response[ProposalView]:
    """Propose to note a death; a second person signs by `/v1/proposals/{id}/signature`, and nothing ends before.

    Then entries end, accounts close, nothing is sent any more, and the history stays. 409 `staff-role`.
    """
    return await proposed(work, await death.propose(work, person_id, data.deceased_on))


@post("/people/{person_id:uuid}/death-undoing", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def undo_death(work: WorkDep, person_id: FromPath[UUID]) -> Response[ProposalView]:
    """Propose to undo a death that was noted by mistake: entries stand again, accounts open by a mailed link."""
    return await proposed(work, await death.propose_undoing(work, person_id))


@post("/people/{person_id:uuid}/second-factor-reset", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def reset_factor(work: WorkDep, person_id: FromPath[UUID]) -> Response[ProposalView]:
    """Propose to take away a second factor that its owner lost, for who came by with proof of identity."""
    return await proposed(work, await death.propose_factor_reset(work, person_id))


@post("/people/{person_id:uuid}/merge", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def merged(work: WorkDep, person_id: FromPath[UUID], data: JSONBody[Merge]) -> Response[ProposalView]:
    """Propose that a double becomes one with this person; a second person signs by `/v1/proposals/{id}/signature`.

    Then its number leads here; its account closes and its roles end. 409 `both-registered`, `keep-the-other`,
    `same-person`, `merged-already`, `staff-role`, `acts-for-provider`.
    """
    return await proposed(work, await merge.propose(work, person_id, data.double))


@post("/people/{person_id:uuid}/password-link", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def send_link(work: WorkDep, person_id: FromPath[UUID]) -> Response[PersonFile]:
    """Have a link mailed to the address of the account; the office never chooses a password."""
    await office.send_link(work, person_id)
    return await _file(work, person_id, 201)


@post("/people/{person_id:uuid}/session-end", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def end_sessions(work: WorkDep, person_id: FromPath[UUID]) -> Response[PersonFile]:
    """End every session of somebody at once."""
    await office.end_sessions(work, person_id)
    return await _file(work, person_id, 201)


@post("/appointments/{appointment_id:uuid}/place", requires=Permission.PERSON_KEEP, tags=["office"])
async def find_place(
    work: WorkDep, appointment_id: FromPath[UUID], data: JSONBody[FoundPlace]
) -> Response[AppointmentView]:
    """Put the school that somebody meant in the place of its words."""
    row = await office.find_place(work, appointment_id, data)
    return versioned(views.appointment(row), row.version, 201)


ROUTES = Router(
    "/",
    route_handlers=[
        find,
        read,
        hide,
        show_again,
        change_email,
        invite,
        decease,
        undo_death,
        reset_factor,
        merged,
        send_link,
        end_sessions,
        find_place,
    ],
)
