"""Objection and appeal in the seeded world: one of each in progress, and for each one who took part before."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from appeals import verbs
from appeals.disputes import schemas as s
from appeals.disputes.policy import Kind, Outcome, Waiver
from auth import service as auth
from auth.permissions import Role
from core.panel.votes import Vote
from core.store.work import Work
from register.committee.ruling import NewRuling
from register.entries.policy import ApplicationKind, Route
from register.entries.schemas import NewProof
from register.notification import service as decisions
from register.office.worklist import service as worklist
from register.rules.assessment.facts import ProofKind
from register.rules.assessment.facts import Role as Post
from register.seed.people import PROGRAMME
from register.seed.steps import LEADERS, VOTERS, close, decide, hand_in, open_session, vote
from register.seed.world import Place, World

FRESH = ("gea.commissie", "hugo.commissie", "ilse.commissie", "jamal.commissie")
REFUSAL = NewRuling(
    reasons="Het diploma is behaald nadat de accreditatie van de opleiding was geëindigd.",
    grounds=["outside-accreditation-period"],
    repair="Kies een andere route, zoals een toetsend assessment.",
)


CHAMBER = ("noor.beroep", "fenna.beroep", "bas.beroep")


async def dispute(world: World, places: Sequence[Place]) -> UUID:
    """An objection that waits for its hearing, and one that was dismissed: of that an appeal waits for the defence."""
    await _refused(world, "mila.peters", "Mila", "Peters", places[17], date(2026, 10, 1), by="tom.adviseur")
    world.on(date(2026, 10, 20))
    await world.system(lambda work: auth.take_back(work, world.ids["tom.adviseur"], Role.SECRETARY, ""))
    grounds = "Ik had alle onderdelen al voor 31 augustus afgerond. Alleen de uitreiking was later."
    objection = await _lodge(world, "mila.peters", Kind.OBJECTION, grounds)
    await _give(world, objection, "els.adviseur")
    await _do(world, "els.adviseur", Kind.OBJECTION, objection, "admissibility", s.Check(advisory=True))

    await _refused(world, "sem.kuiper", "Sem", "Kuiper", places[18], date(2026, 8, 20), by="pieter.beroep")
    world.on(date(2026, 8, 31))
    await world.system(lambda work: auth.take_back(work, world.ids["pieter.beroep"], Role.SECRETARY, ""))
    objection = await _lodge(world, "sem.kuiper", Kind.OBJECTION, "De datum op mijn diploma klopt niet.")
    await _give(world, objection, "els.adviseur")
    await _do(world, "els.adviseur", Kind.OBJECTION, objection, "admissibility", s.Check())
    for n, who in enumerate(FRESH):
        seat = s.NewSeat(member_id=world.ids[who], chair=n == 0)
        await _do(world, "els.adviseur", Kind.OBJECTION, objection, "seats", seat)
    waiver = s.WaiveHearing(ground=Waiver.WAIVED, waiver_reasons="Sem wil niet gehoord worden.")
    await _do(world, "sem.kuiper", Kind.OBJECTION, objection, "hearing-renunciation", s.Nothing())
    await _do(world, "els.adviseur", Kind.OBJECTION, objection, "hearing-waiver", waiver)
    ruling = s.Ruling(outcome=Outcome.DISMISSED, reasons="De datum is die van het getuigschrift.")
    await _do(world, "bram.secretaris", Kind.OBJECTION, objection, "draft", ruling)
    for who in FRESH:
        await _do(world, who, Kind.OBJECTION, objection, "votes", s.Vote(outcome=Outcome.DISMISSED))
    world.on(date(2026, 9, 28))
    await _do(world, "bram.secretaris", Kind.OBJECTION, objection, "decision", ruling)
    await _do(world, "bram.secretaris", Kind.OBJECTION, objection, "notification", s.Nothing())
    world.on(date(2026, 11, 2))
    appeal = await _lodge(world, "sem.kuiper", Kind.APPEAL, "De commissie heeft mijn bewijs niet gelezen.")
    defence = s.CheckAppeal(defence_until=date(2026, 11, 30))
    await _do(world, "iris.beroepssecretaris", Kind.APPEAL, appeal, "admissibility", defence)
    for member in CHAMBER:
        seat = s.NewSeat(member_id=world.ids[member], chair=member == CHAMBER[0])
        await _do(world, "iris.beroepssecretaris", Kind.APPEAL, appeal, "seats", seat)
    return objection


async def _give(world: World, objection: UUID, to: str) -> None:
    """A secretary gives an objection to the adviser who works on it."""
    await world.by("bram.secretaris", lambda work: worklist.give(work, objection, world.ids[to], None))


async def _refused(world: World, who: str, given: str, family: str, place: Place, on: date, by: str) -> None:
    """A leader whose application was found complete by somebody who was secretary then and judges disputes now."""
    world.on(on)
    await world.system(lambda work: auth.grant(work, world.ids[by], Role.SECRETARY, work.today))
    since = date(2025, 8, 1)
    await world.professional(
        who, "plain", given, "", family, register=LEADERS, post=Post.DIRECTOR, place=place, appointed_on=since
    )
    diploma = NewProof(kind=ProofKind.PROGRAMME, programme_code=PROGRAMME, issued_on=date(2024, 9, 5))
    kind, route = ApplicationKind.REGISTRATION, Route.PROGRAMME
    file = await hand_in(world, who, LEADERS, diploma, kind=kind, route=route, admitted_by=by)
    session_id, (item,) = await open_session(world, VOTERS, [file])
    await vote(world, item, VOTERS[:4], Vote.AGAINST)
    await decide(world, item, REFUSAL)
    await close(world, session_id)


async def _lodge(world: World, who: str, kind: Kind, grounds: str) -> UUID:
    """Against the decision that was made known last."""

    async def deed(work: Work) -> UUID:
        last = (await decisions.decisions(work, None, None, 100))[-1]
        return (await verbs.lodge(work, kind, s.NewFiling(decisions=[last.number], grounds=grounds))).id

    return await world.by(who, deed)


async def _do(world: World, who: str, kind: Kind, id: UUID, name: str, new: Any) -> None:
    verb = next(verb for verb in verbs.VERBS[kind] if verb.name == name)

    async def act(work: Work) -> None:
        await verbs.do(work, verb, kind, id, new)

    await world.by(who, act)
