"""The steps that a story is made of: apply, sit, vote, decide, learn; each through a service, in somebody's name."""

from collections.abc import Sequence
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
from register.entries.policy import ApplicationKind, Register, Route
from register.entries.schemas import NewApplication, NewProof, NewQualification
from register.notification import service as decisions
from register.portfolio import service as portfolio
from register.portfolio.policy import EntryKind
from register.portfolio.schemas import NewEntry, NewValuation
from register.seed.documents import certificate
from register.seed.world import World

SECRETARY = "sanne.secretaris"
ASSESSOR = "fatima.beoordelaar"
VOTERS = ("ada.commissie", "bert.commissie", "chris.commissie", "dilara.commissie", "eva.commissie")
LEADERS, TEACHERS = Register.LEADERS_PO, Register.TEACHERS


async def hand_in(
    world: World,
    who: str,
    register: Register,
    proof: NewProof | None,
    *,
    kind: ApplicationKind,
    route: Route,
    qualifications: Sequence[str] = (),
    admitted_by: str = SECRETARY,
) -> UUID:
    """Draw up an application with its document, hand it in, and find it complete."""

    async def draw_up(work: Work) -> UUID:
        new = NewApplication(
            register_code=register,
            kind=kind,
            route=route,
            qualifications=[NewQualification(name=name) for name in qualifications],
        )
        return (await registration.draw_up(work, new)).id

    application_id = await world.by(who, draw_up)
    if proof is not None:

        async def add(work: Work) -> None:
            row = await registration.add_proof(work, application_id, proof)
            content = certificate(f"Diploma behaald op {proof.issued_on.isoformat()}")
            await registration.attach(work, application_id, row.id, made_here("diploma.pdf", content))

        await world.by(who, add)
    await world.by(who, lambda work: registration.hand_in(work, application_id))
    await world.by(admitted_by, lambda work: registration.admit(work, application_id))
    return application_id


async def open_session(world: World, members: Sequence[str], files: Sequence[UUID]) -> tuple[UUID, list[UUID]]:
    """Plan a session for today, put the files on its agenda, and open it."""

    async def plan(work: Work) -> tuple[UUID, list[UUID]]:
        ids = [world.ids[member] for member in members]
        row = await committee.plan(work, NewSession(held_on=work.today, chair_id=ids[0], members=ids))
        items = []
        for file in files:
            items.append((await agenda.put_on_agenda(work, row.id, file)).id)
            await work.flush()
        await agenda.open_session(work, row)
        return row.id, items

    return await world.by(SECRETARY, plan)


async def vote(world: World, item: UUID, members: Sequence[str], choice: Vote) -> None:
    for member in members:
        await world.by(member, lambda work: committee.vote(work, item, NewVote(vote=choice)))


async def decide(world: World, item: UUID, ruling: NewRuling) -> UUID:
    """Count, decide, and make the decision known the same day."""

    async def count(work: Work) -> UUID:
        _, decision = await committee.decide(work, item, ruling)
        assert decision is not None
        return decision.id

    decision_id = await world.by(SECRETARY, count)
    await world.by(SECRETARY, lambda work: decisions.notify(work, decision_id, None))
    return decision_id


async def close(world: World, session_id: UUID) -> None:
    async def shut(work: Work) -> None:
        row = await panel.session_of(work, session_id, COMMITTEE)
        await sitting.close_session(work, row, "Alle dossiers op de agenda zijn behandeld.")

    await world.by(SECRETARY, shut)


async def granted(
    world: World,
    who: str,
    register: Register,
    proof: NewProof | None,
    kind: ApplicationKind,
    route: Route,
    reasons: str,
    qualifications: Sequence[str] = (),
) -> None:
    """An application from draft to a decision that is made known, all on one day."""
    file = await hand_in(world, who, register, proof, kind=kind, route=route, qualifications=qualifications)
    session_id, (item,) = await open_session(world, VOTERS, [file])
    await vote(world, item, VOTERS[:4], Vote.FOR)
    await decide(world, item, NewRuling(reasons=reasons))
    await close(world, session_id)


async def learn(world: World, who: str, day: date, title: str, points: int, kind: EntryKind = EntryKind.COURSE) -> None:
    """A leader's activity with its certificate, valued by the assessor."""
    world.on(day)
    entry = NewEntry(register_code=LEADERS, kind=kind, title=title, done_on=day, points=points)
    entry_id = await hand_in_entry(world, who, entry)
    new = NewValuation(points=points, reasons="De activiteit past bij de beroepsstandaard en is volledig gevolgd.")
    await world.by(ASSESSOR, lambda work: portfolio.value_entry(work, entry_id, new))


async def hand_in_entry(world: World, who: str, new: NewEntry) -> UUID:
    """An activity with its certificate, handed in by its owner."""

    async def deed(work: Work) -> UUID:
        entry = await portfolio.add_entry(work, new)
        await work.flush()
        await portfolio.attach_evidence(work, entry.id, made_here("certificaat.pdf", certificate(new.title)))
        await work.flush()
        await portfolio.submit_entry(work, entry.id)
        return entry.id

    return await world.by(who, deed)
