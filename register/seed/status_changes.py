"""Turns that an entry may take: postponed, conditional after that, lapsed and back, struck off on a day to come."""

from datetime import date
from uuid import UUID

from core.law.days import next_day
from core.panel.votes import Vote
from core.store.work import Work
from register.applications import service as registration
from register.committee.measures import service as measures
from register.committee.measures.policy import MeasureKind
from register.committee.measures.schemas import NewMeasure, NewProposal
from register.committee.ruling import NewRuling
from register.entries.entry import move, registration_of
from register.entries.policy import ApplicationKind, Event, Route
from register.entries.schemas import NewApplication, NewProof
from register.notification import service as decisions
from register.rules.assessment.facts import ProofKind
from register.rules.assessment.facts import Role as Post
from register.seed.people import PROGRAMME
from register.seed.steps import LEADERS, SECRETARY, VOTERS, close, decide, hand_in, open_session, vote
from register.seed.world import Place, World

WHO = (
    ("ilse.verhoeven", "Ilse", "", "Verhoeven"),  # postponed until February 2027
    ("ruben.smit", "Ruben", "", "Smit"),  # postponed until August 2026, conditional since
    ("tine.jacobs", "Tine", "", "Jacobs"),  # lapsed in 2025, back in 2026
    ("gijs.peters", "Gijs", "", "Peters"),  # struck off from 15 December 2026
)
REGISTERED = "Het diploma is behaald binnen de accreditatie van de opleiding en telt 30 studiepunten."


async def turn(world: World, place: Place) -> None:
    """Four leaders of 2021, each with a turn of their own."""
    ilse, ruben, tine, gijs = [who for who, *_ in WHO]
    world.on(date(2021, 1, 11))
    for who, given, prefix, family in WHO:
        await world.professional(
            who,
            "plain",
            given,
            prefix,
            family,
            register=LEADERS,
            post=Post.DIRECTOR,
            place=place,
            appointed_on=date(2019, 8, 1),
        )
    world.on(date(2021, 2, 1))
    await _sit(world, [await _apply(world, who) for who, *_ in WHO], REGISTERED)
    world.on(date(2025, 1, 20))
    asked = [await _postpone(world, who, months) for who, months in ((ilse, 24), (ruben, 18), (gijs, 24))]
    await _sit(world, asked, "Langdurige ziekte is een grond voor uitstel.")
    await _pass_due_date(world, tine, date(2025, 2, 3))
    world.on(date(2025, 8, 4))
    lapse = await _intend(world, tine, MeasureKind.LAPSE, "conditional-term-passed", "Ik heb geen tijd gehad.")
    await _sit(world, [lapse], "De zes maanden onder voorwaarden zijn voorbij, en er is niets aangevraagd.")
    world.on(date(2026, 3, 9))
    await _sit(world, [await _apply(world, tine)], REGISTERED)
    await _pass_due_date(world, ruben, date(2026, 8, 3))
    world.on(date(2026, 11, 2))
    await _strike_off(world, gijs)


async def _apply(world: World, who: str) -> UUID:
    diploma = NewProof(kind=ProofKind.PROGRAMME, programme_code=PROGRAMME, issued_on=date(2020, 7, 3))
    return await hand_in(world, who, LEADERS, diploma, kind=ApplicationKind.REGISTRATION, route=Route.PROGRAMME)


async def _sit(world: World, cases: list[UUID], reasons: str) -> None:
    """One sitting in which everything is granted, or a measure followed, and made known."""
    session_id, items = await open_session(world, VOTERS, cases)
    for item in items:
        await vote(world, item, VOTERS[:4], Vote.FOR)
        await decide(world, item, NewRuling(reasons=reasons, answer="Dat verandert dit besluit niet."))
    await close(world, session_id)


async def _postpone(world: World, who: str, months: int) -> UUID:
    async def ask(work: Work) -> UUID:
        kind = ApplicationKind.POSTPONEMENT
        new = NewApplication(register_code=LEADERS, kind=kind, requested_months=months, ground="long-illness")
        row = await registration.draw_up(work, new)
        await registration.hand_in(work, row.id)
        return row.id

    application_id = await world.by(who, ask)
    await world.by(SECRETARY, lambda work: registration.admit(work, application_id))
    return application_id


async def _pass_due_date(world: World, who: str, on: date) -> None:
    """What the daily sweep does, for one."""
    world.on(on)

    async def deed(work: Work) -> None:
        entry = await registration_of(work, world.ids[who], LEADERS)
        assert entry is not None
        assert entry.due_on is not None
        await move(work, entry, Event.PASS_DUE_DATE, holds_from=next_day(entry.due_on))

    await world.system(deed)


async def _intend(world: World, who: str, kind: MeasureKind, ground: str, view: str) -> UUID:
    """Tell somebody what is intended; they answer. The measure."""
    number = next(person.register_number for person in world.people if person.email == f"{who}@voorbeeld.example")

    async def intend(work: Work) -> UUID:
        new = NewMeasure(register_number=number or "", register_code=LEADERS, kind=kind, grounds=[ground])
        return (await measures.intend(work, new)).id

    id = await world.by(SECRETARY, intend)
    await world.by(who, lambda work: measures.record_view(work, id, view))
    return id


async def _strike_off(world: World, who: str) -> None:
    """Proposed by the secretary, signed by a member, made known; it works from a day to come."""
    id = await _intend(world, who, MeasureKind.STRIKE_OFF, "proof-withdrawn", "Ik ga in beroep bij de hogeschool.")
    world.on(date(2026, 11, 12))
    text = NewProposal(
        effect_on=date(2026, 12, 15),
        reasons="De hogeschool heeft het diploma ingetrokken.",
        repair="Vraag opnieuw registratie aan zodra u een geldig diploma hebt.",
        answer="Wint u dat beroep, dan kijken wij opnieuw.",
    )

    async def propose(work: Work) -> str:
        return (await measures.propose(work, id, text)).digest

    digest = await world.by(SECRETARY, propose)

    async def sign(work: Work) -> UUID:
        return (await measures.sign(work, id, digest)).id

    decision_id = await world.by(VOTERS[0], sign)
    await world.by(SECRETARY, lambda work: decisions.notify(work, decision_id, None))
