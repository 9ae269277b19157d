"""What happened in the seeded world, in order; every step is a service, in the name of who takes it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from accreditation.offer import service as offer
from auth.permissions import Role
from core.panel.votes import Vote
from core.store.files import made_here
from core.store.work import Work
from register.applications import service as registration
from register.committee.ruling import NewRuling
from register.entries.policy import ApplicationKind, Route
from register.entries.schemas import NewApplication, NewProof
from register.portfolio.policy import EntryKind
from register.portfolio.schemas import NewEntry
from register.rules.assessment.facts import Category, ProofKind, Valuation
from register.rules.assessment.facts import Role as Post
from register.schools import queries as schools
from register.schools.duo.rows import Kind
from register.schools.duo_import import store
from register.schools.extract import read_extract
from register.seed import budgets, bureaus, desks, disputing, sharing
from register.seed.attending import attend
from register.seed.documents import certificate
from register.seed.people import COMMITTEE, OFFER, PROGRAMME, STAFF
from register.seed.status_changes import turn
from register.seed.steps import (
    LEADERS,
    TEACHERS,
    VOTERS,
    close,
    decide,
    granted,
    hand_in,
    hand_in_entry,
    learn,
    open_session,
    vote,
)
from register.seed.world import Place, World

PLACES = 20
# A school that is still open when the last story is told.
LATER = date(2026, 12, 31)


async def tell(world: World) -> None:
    """The whole story, from an empty database to this autumn."""
    world.on(date(2021, 1, 4))
    places = await _ground(world)
    await _people(world, places)
    await _renewed_by_the_ladder(world, places[12])
    await _registered_and_learning(world, places[13])
    await _teacher(world, places[14])
    await turn(world, places[15])
    await _refused(world, places[15])
    dismissed = await disputing.dispute(world, places)
    await _waiting(world, places[16], places[10])
    provider_id, course_id = await attend(world)
    await desks.fill(world, provider_id, course_id, dismissed)
    await sharing.show(world, places)
    await budgets.keep(world)
    await bureaus.settle(world, places[16])


async def _ground(world: World) -> list[Place]:
    """Real schools and boards, and the accredited offer."""

    async def deed(work: Work) -> list[Place]:
        await store(work, [(reading.source.value, reading) for reading in read_extract()])
        for code, kind, name, provider, ects, first, last in OFFER:
            await offer.accredit(
                work,
                code,
                LEADERS.value,
                kind=kind,
                name=name,
                provider=provider,
                ects=ects,
                from_on=first,
                until_on=last,
            )
        await work.flush()
        return await _places(work)

    return await world.system(deed)


async def _places(work: Work) -> list[Place]:
    """Twenty open primary schools, each of another board whose name DUO tells."""
    found: dict[str, Place] = {}
    for board in await schools.boards(work, limit=5000):
        if board.name and len(found) < PLACES:
            here = await schools.schools(work, open_on=LATER, limit=50, board_number=board.number)
            primary = [location for location in here if location.kind is Kind.BO]
            if primary:
                found[board.number] = Place(board.number, primary[0].code)
    return list(found.values())


async def _people(world: World, places: Sequence[Place]) -> None:
    for who, role, relation, given, prefix, family in STAFF:
        await world.staff(who, role, relation, given, prefix, family)
    for place, (who, relation, given, prefix, family) in zip(places, COMMITTEE, strict=False):
        await world.professional(
            who,
            relation,
            given,
            prefix,
            family,
            register=LEADERS,
            post=Post.DIRECTOR,
            place=place,
            appointed_on=date(2019, 8, 1),
            also=Role.COMMITTEE_MEMBER,
        )


async def _renewed_by_the_ladder(world: World, place: Place) -> None:
    """A leader of 2021 who renewed in 2025 with 125 points: six years by the ladder, counted from the old due date."""
    who = "marijke.devries"
    await world.professional(
        who,
        "owner",
        "Marijke",
        "de",
        "Vries",
        register=LEADERS,
        post=Post.DIRECTOR,
        place=place,
        appointed_on=date(2018, 8, 1),
    )
    world.on(date(2021, 2, 1))
    diploma = NewProof(kind=ProofKind.PROGRAMME, programme_code=PROGRAMME, issued_on=date(2020, 7, 3))
    reasons = "Het diploma is behaald binnen de accreditatie van de opleiding en telt 30 studiepunten."
    await granted(world, who, LEADERS, diploma, ApplicationKind.REGISTRATION, Route.PROGRAMME, reasons)
    await learn(world, who, date(2022, 3, 18), "Leiderschap en onderzoekend vermogen", 40)
    await learn(world, who, date(2023, 11, 9), "Werken met de lerende organisatie", 45)
    await learn(world, who, date(2024, 5, 22), "Collegiale visitatie in de regio", 40, EntryKind.OUTSIDE_SCHOOL)
    world.on(date(2024, 11, 25))
    reasons = "In de periode zijn 125 punten behaald; de ladder geeft zes jaar na de herregistratiedatum."
    await granted(world, who, LEADERS, None, ApplicationKind.REREGISTRATION, Route.PORTFOLIO, reasons)
    await learn(world, who, date(2026, 3, 12), "Sturen op kwaliteit met data", 30)


async def _registered_and_learning(world: World, place: Place) -> None:
    """C-01: a diploma on the last day of the accreditation, decided on 12 September 2024."""
    who = "willem.jansen"
    world.on(date(2024, 9, 2))
    await world.professional(
        who,
        "plain",
        "Willem",
        "",
        "Jansen",
        register=LEADERS,
        post=Post.DEPUTY,
        place=place,
        appointed_on=date(2022, 8, 1),
    )
    world.on(date(2024, 9, 12))
    diploma = NewProof(kind=ProofKind.PROGRAMME, programme_code=PROGRAMME, issued_on=date(2024, 8, 31))
    reasons = "Het diploma is behaald op de laatste dag van de accreditatie van de opleiding en telt 30 studiepunten."
    await granted(world, who, LEADERS, diploma, ApplicationKind.REGISTRATION, Route.PROGRAMME, reasons)
    await learn(world, who, date(2025, 4, 10), "Gesprekken die ertoe doen", 20)
    await learn(world, who, date(2026, 6, 4), "Strategisch personeelsbeleid", 35)


async def _teacher(world: World, place: Place) -> None:
    """A teacher who registered by diploma in 2026 and keeps a portfolio in hours."""
    who = "yasmin.bouzid"
    world.on(date(2026, 1, 12))
    await world.professional(
        who,
        "owner",
        "Yasmin",
        "",
        "Bouzid",
        register=TEACHERS,
        post=Post.TEACHER,
        place=place,
        appointed_on=date(2021, 8, 1),
    )
    world.on(date(2026, 2, 12))
    diploma = NewProof(kind=ProofKind.PROGRAMME, programme_code="34808", issued_on=date(2021, 7, 2))
    reasons = "Het diploma van de erkende lerarenopleiding geeft bevoegdheid voor het primair onderwijs."
    await granted(
        world, who, TEACHERS, diploma, ApplicationKind.REGISTRATION, Route.PROGRAMME, reasons, ["Groepsleraar po"]
    )
    for day, title, hours, contact, category in (
        (date(2026, 3, 19), "Rekenen met verhoudingen", "12", "8", Category.SUBJECT_DIDACTIC),
        (date(2026, 4, 23), "Intervisie met collega's uit de regio", "6", "6", Category.PEDAGOGIC),
        (date(2026, 9, 10), "Werkgroep nieuwe taalmethode", "9.5", "9.5", Category.SCHOOL_DEVELOPMENT),
    ):
        world.on(day)
        new = NewEntry(
            register_code=TEACHERS,
            kind=EntryKind.COURSE,
            title=title,
            done_on=day,
            hours=Decimal(hours),
            contact_hours=Decimal(contact),
            category=category,
            valuation=Valuation.NOT_VALIDATED,
        )
        await hand_in_entry(world, who, new)
    world.on(date(2026, 9, 14))
    await world.professional(
        "koen.timmermans",
        "plain",
        "Koen",
        "",
        "Timmermans",
        register=TEACHERS,
        post=Post.TEACHER,
        place=place,
        appointed_on=date(2026, 8, 1),
    )


async def _refused(world: World, place: Place) -> None:
    """C-02: a diploma five days after the accreditation ended is refused, with what would repair it."""
    who = "nadia.haddad"
    world.on(date(2026, 9, 21))
    await world.professional(
        who,
        "plain",
        "Nadia",
        "",
        "Haddad",
        register=LEADERS,
        post=Post.DIRECTOR,
        place=place,
        appointed_on=date(2025, 8, 1),
    )
    world.on(date(2026, 10, 29))
    diploma = NewProof(kind=ProofKind.PROGRAMME, programme_code=PROGRAMME, issued_on=date(2024, 9, 5))
    file = await hand_in(world, who, LEADERS, diploma, kind=ApplicationKind.REGISTRATION, route=Route.PROGRAMME)
    session_id, (item,) = await open_session(world, (*VOTERS[1:], "lex.commissie"), [file])
    await vote(world, item, (*VOTERS[1:4], "lex.commissie"), Vote.AGAINST)
    await decide(
        world,
        item,
        NewRuling(
            reasons="Het diploma is van 5 september 2024; de opleiding was geaccrediteerd tot en met 31 augustus 2024.",
            grounds=["outside-accreditation-period"],
            repair="Vraag registratie aan met een diploma dat binnen de accreditatie is behaald, of kies een andere "
            "route, zoals een toetsend assessment.",
        ),
    )
    await close(world, session_id)


async def _waiting(world: World, place: Place, same_board: Place) -> None:
    """A file in an open session that lacks the vote of the chair, one for the secretary, one still a draft."""
    world.on(date(2026, 11, 9))
    cast = (
        ("thijs.mulder", "owner", "Thijs", "", "Mulder", same_board),
        ("lieke.vanbeek", "plain", "Lieke", "van", "Beek", place),
        ("stef.kok", "plain", "Stef", "", "Kok", place),
    )
    for who, relation, given, prefix, family, here in cast:
        await world.professional(
            who,
            relation,
            given,
            prefix,
            family,
            register=LEADERS,
            post=Post.DIRECTOR,
            place=here,
            appointed_on=date(2026, 8, 1),
        )
    diploma = NewProof(kind=ProofKind.PROGRAMME, programme_code="SLO-2024", issued_on=date(2026, 6, 26))
    file = await hand_in(
        world, "thijs.mulder", LEADERS, diploma, kind=ApplicationKind.REGISTRATION, route=Route.PROGRAMME
    )
    world.on(date(2026, 11, 19))
    _, (item,) = await open_session(world, (*VOTERS, "karin.commissie"), [file])
    await vote(world, item, VOTERS[1:], Vote.FOR)

    async def draw_up(work: Work) -> UUID:
        new = NewApplication(register_code=LEADERS, route=Route.PROGRAMME)
        return (await registration.draw_up(work, new)).id

    waiting = await world.by("lieke.vanbeek", draw_up)

    async def complete(work: Work) -> None:
        row = await registration.add_proof(work, waiting, diploma)
        await registration.attach(work, waiting, row.id, made_here("diploma.pdf", certificate("Diploma")))
        await work.flush()
        await registration.hand_in(work, waiting)

    await world.by("lieke.vanbeek", complete)
    await world.by("stef.kok", draw_up)
