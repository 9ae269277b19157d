"""Reads of what boards say of appointments: each holder sees what is said of the own ones."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from auth.actor import person_of
from core.errors import NotFound
from core.store.work import Work
from register.employers.deliveries.models import AppointmentClaim
from register.employers.deliveries.policy import ClaimState
from register.entries.models import Appointment
from register.rules.assessment.facts import Role
from register.schools.models import Board, Location
from register.schools.naming import board_in_words

MOST = 100


async def own_claim(work: Work, id: UUID) -> AppointmentClaim:
    """What is said of an appointment of who asks; NotFound("no-such-claim")."""
    mine = select(AppointmentClaim).where(AppointmentClaim.id == id)
    found = (await work.session.exec(mine.where(AppointmentClaim.person_id == person_of(work.actor)))).one_or_none()
    if found is None:
        raise NotFound("no-such-claim")
    return found


async def about(
    work: Work, person_id: UUID, board_number: str, location_code: str, role: Role, appointed_on: date
) -> tuple[Appointment | None, Sequence[AppointmentClaim]]:
    """One post, where it stands in the register, and what was said of it, oldest first."""
    stands = select(Appointment).where(
        Appointment.person_id == person_id,
        Appointment.board_number == board_number,
        Appointment.location_code == location_code,
        Appointment.role == role,
        Appointment.appointed_on == appointed_on,
    )
    said = select(AppointmentClaim).where(
        AppointmentClaim.person_id == person_id,
        AppointmentClaim.board_number == board_number,
        AppointmentClaim.location_code == location_code,
        AppointmentClaim.role == role,
        AppointmentClaim.appointed_on == appointed_on,
    )
    post = (await work.session.exec(stands)).first()
    return post, (await work.session.exec(said.order_by(col(AppointmentClaim.id)))).all()


async def waiting(work: Work) -> Sequence[tuple[AppointmentClaim, str, str]]:
    """What waits for an answer of who asks, with the names of board and school; oldest first."""
    wanted = (
        select(AppointmentClaim, Board.name, Location.name)
        .join(Board, col(Board.number) == AppointmentClaim.board_number)
        .join(Location, col(Location.code) == AppointmentClaim.location_code)
        .where(AppointmentClaim.person_id == person_of(work.actor), AppointmentClaim.state == ClaimState.WAITING)
        .order_by(col(AppointmentClaim.id))
        .limit(MOST)
    )
    rows = await work.session.exec(wanted)
    return [(claim, board_in_words(board or claim.board_number), school) for claim, board, school in rows]
