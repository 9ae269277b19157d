"""A decision taken and not made known, in as few works as the services need."""

from datetime import date
from uuid import UUID

from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.votes import Vote
from core.store.files import made_here
from core.store.work import Work
from register.applications import service as registration
from register.committee.ruling import NewRuling
from register.committee.sessions import agenda
from register.committee.sessions import service as committee
from register.committee.sessions.queries import COMMITTEE
from register.committee.sessions.schemas import NewSession, NewVote
from register.entries.policy import Register, Route
from register.entries.schemas import NewApplication, NewProof
from register.rules.assessment.facts import ProofKind
from tests.builders import MEMBERS, PDF, PROGRAMME, House


async def handed_in(house: House, who: str, register: Register = Register.LEADERS_PO) -> UUID:
    """An application by programme, with its diploma."""

    async def deed(work: Work) -> UUID:
        row = await registration.draw_up(work, NewApplication(register_code=register, route=Route.PROGRAMME))
        new = NewProof(kind=ProofKind.PROGRAMME, programme_code=PROGRAMME, issued_on=date(2024, 8, 31))
        proof = await registration.add_proof(work, row.id, new)
        await registration.attach(work, row.id, proof.id, made_here("diploma.pdf", PDF))
        await work.flush()
        await registration.hand_in(work, row.id)
        return row.id

    return await house.world.by(who, deed)


async def taken(house: House, who: str, ruling: NewRuling | None = None, choice: Vote = Vote.FOR) -> UUID:
    """From an application to a decision of the committee, today."""
    application = await handed_in(house, who)
    await house.world.by("secretaris", lambda work: registration.admit(work, application))
    return await sat(house, application, ruling, choice)


async def sat(house: House, case: UUID, ruling: NewRuling | None = None, choice: Vote = Vote.FOR) -> UUID:
    """A ripe case of any room, decided in a session of today; the decision."""
    ids = [house.id_of(member) for member in MEMBERS[:5]]

    async def sit(work: Work) -> tuple[UUID, UUID]:
        row = await committee.plan(work, NewSession(held_on=work.today, chair_id=ids[0], members=ids))
        item = await agenda.put_on_agenda(work, row.id, case)
        await work.flush()
        await agenda.open_session(work, row)
        return row.id, item.id

    session, item = await house.world.by("secretaris", sit)
    for member in MEMBERS[:4]:
        await house.world.by(member, lambda work: committee.vote(work, item, NewVote(vote=choice)))

    async def decide(work: Work) -> UUID:
        _, decision = await committee.decide(work, item, ruling or NewRuling(reasons="Het diploma telt."))
        assert decision is not None
        await work.flush()
        await sitting.close_session(work, await panel.session_of(work, session, COMMITTEE), "Behandeld.")
        return decision.id

    return await house.world.by("secretaris", decide)
