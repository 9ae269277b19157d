"""A list costs as many queries for thirty rows as for three."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from sqlmodel import select

from accreditation.offer import service as offer
from appeals.disputes.filing import FiledBy, FilingChannel
from appeals.disputes.models import Dispute
from appeals.disputes.policy import Kind
from auth import service as auth
from auth.models import Account
from auth.permissions import Role
from core import agenda
from core.decisions import Decision, Verdict, case_number
from core.panel.service import PanelItem, PanelSeat, PanelSession, PanelVote
from core.panel.votes import SessionState, Vote
from core.proposals import Proposal
from core.store.db import new_id
from core.store.work import Work
from register.committee.corrections.models import Correction
from register.committee.measures.models import Measure
from register.committee.measures.policy import MeasureKind, MeasureState
from register.committee.reconsideration.models import Reconsideration
from register.entries import enrolment
from register.entries.models import Application, Registration
from register.entries.policy import ApplicationKind, ApplicationState, Register, Route, Status
from register.portfolio.books import open_period
from register.portfolio.endorsing.models import Endorsement
from register.portfolio.models import PortfolioEntry
from register.portfolio.policy import EntryKind, EntryState
from register.rules.assessment.facts import Valuation
from register.schools.models import Board
from register.service.serving import bare
from tests.accreditation.attendance import given as attendance
from tests.accreditation.growth import grow_courses
from tests.auth.browser import browser_of
from tests.builders import MEMBERS, PLACES, House, a_leader
from tests.house.growing import a_goal, budgets, post_of, shares

pytestmark = [pytest.mark.parametrize("house", ["sqlite"], indirect=True), pytest.mark.thorough]

# Who asks for which list; `{session}` is one with all the files on its agenda.
LISTS = {
    "/v1/accreditation-members": "secretaris",
    "/v1/accreditation-sessions": "secretaris",
    "/v1/accredited-programmes?register=schoolleiders-po": None,
    "/v1/applications": "secretaris",
    "/v1/audit-reports": None,
    "/v1/audit-rounds": "secretaris",
    "/v1/board/changes?since=2020-01-01": "bestuur",
    "/v1/board/post-claims": "bestuur",
    "/v1/board/staff": "bestuur",
    "/v1/board/budgets": "bestuur",
    "/v1/budgets": "nadia",
    "/v1/catalogue-runs": None,
    "/v1/attendance-queue?state=held": "secretaris",
    "/v1/attendances": "nadia",
    "/v1/appointment-claims": "nadia",
    "/v1/appointments": "nadia",
    "/v1/boards": None,
    "/v1/case-letters": "bureau",
    "/v1/committee-members": "secretaris",
    "/v1/committee-sessions": "secretaris",
    "/v1/grant-conditions": "secretaris",
    "/v1/committee-sessions/{session}": "secretaris",
    "/v1/appeals": "griffier",
    "/v1/course-applications": "aanbieder",
    "/v1/course-declarations": "secretaris",
    "/v1/course-dossiers": "secretaris",
    "/v1/course-ratings": "nadia",
    "/v1/decisions": "secretaris",
    "/v1/development-goals": "nadia",
    "/v1/grounds?register=leraren": None,
    "/v1/institutional-accreditations": "secretaris",
    "/v1/lapse-candidates": "secretaris",
    "/v1/measures": "secretaris",
    "/v1/corrections": "secretaris",
    "/v1/reconsiderations": "secretaris",
    "/v1/library-entries": "adviseur1",
    "/v1/dispute-terms": "griffier-bezwaar",
    "/v1/objections": "griffier-bezwaar",
    "/v1/mail-failures": "bureau",
    "/v1/messages": "nadia",
    "/v1/name-changes": "bureau",
    "/v1/publication-objections": "bureau",
    "/v1/people?q=leider": "bureau",
    "/v1/posting-list": "bureau",
    "/v1/portfolio?register=schoolleiders-po": "nadia",
    "/v1/erasures": "bureau",
    "/v1/endorsement-requests": "nadia",
    "/v1/portfolio-entries": "nadia",
    "/v1/portfolio-looks": "nadia",
    "/v1/portfolio-shares": "nadia",
    "/v1/portfolio/assessment?register=schoolleiders-po": "nadia",
    "/v1/provider-audits": "secretaris",
    "/v1/provider-courses": "aanbieder",
    "/v1/proposals": "bureau",
    "/v1/providers": "secretaris",
    "/v1/register-entries?name=leider": None,
    "/v1/registrations": "nadia",
    "/v1/platform-keys": "paula",
    "/v1/role-grants": "toezicht",
    "/v1/role-proposals": "toezicht",
    "/v1/rule-sets": None,
    "/v1/runs": "paula",
    "/v1/sandbox-messages": "paula",
    "/v1/schools": None,
    "/v1/sessions": "nadia",
    "/v1/sweeps": "bureau",
    "/v1/tariffs": None,
    "/v1/shared-portfolios": "bestuur",
    "/v1/trail-events": "toezicht",
    "/v1/work-items": "secretaris",
    "/v1/valuation-dialogues": "secretaris",
    "/v1/valuation-queue": "beoordelaar",
}
PAGES = {
    "/agenda": "nadia",
    "/bestuur": "bestuur",
    "/bestuur/budget": "bestuur",
    "/bestuur/wijzigingen?sinds=1-1-2020": "bestuur",
    "/collegas": "nadia",
    "/gedeeld": "bestuur",
    "/mijn/delen": "nadia",
    "/mijn/inzage": "nadia",
    "/bezwaren": "griffier-bezwaar",
    "/mijn": "nadia",
    "/mijn/plan": "nadia",
    "/mijn/budget": "nadia",
    "/mijn/portfolio": "nadia",
    "/?naam=leider": "nadia",
    "/maatregelen": "secretaris",
    "/correcties": "secretaris",
    "/heroverwegingen": "secretaris",
    "/uitspraken": "adviseur1",
    "/mijn/presentie": "nadia",
    "/presentie": "paula",
    "/presentie-controle": "secretaris",
    "/beheer/rollen": "toezicht",
    "/kantoor": "bureau",
    "/kantoor/regels": "bureau",
    "/kantoor/taken": "bureau",
    "/kantoor/uitgaand?stand=waiting": "bureau",
    "/logboek": "toezicht",
    "/werk": "secretaris",
    "/kantoor/personen?q=leider": "bureau",
    "/kantoor/post": "bureau",
    "/voorstellen": "bureau",
    "/mijn/gegevens": "nadia",
    "/mijn/berichten": "nadia",
    "/secretariaat": "secretaris",
    "/waarderen": "beoordelaar",
    "/zittingen": "secretaris",
    "/zittingen/{session}": "secretaris",
    "/zittingen/{session}?als=lid": MEMBERS[0],
}


def gives_a_list(handler: HTTPRouteHandler) -> bool:
    answer = str(handler.parsed_return_field.raw)
    return "GET" in handler.http_methods and ("Page" in answer or "Sequence[" in answer)


def test_every_list_of_the_api_is_counted(house):
    routes = [route for route in bare().routes if isinstance(route, HTTPRoute) and route.path.startswith("/v1")]
    lists = {route.path_format for route in routes if any(map(gives_a_list, route.route_handlers))}

    counted = {path.partition("?")[0] for path in LISTS}
    assert len(lists) > 9
    assert {path for path in lists if "{" not in path} <= counted


@contextmanager
def counting(house: House) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    engines = [house.means.database.reads.sync_engine, house.means.database.writes.sync_engine]
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", note)


async def test_a_list_of_the_api_has_a_constant_number_of_queries(house):
    await begin(house)
    clients = {who: await house.client(who) for who in set(LISTS.values())}

    async def count() -> dict[str, int]:
        found = {}
        for path, who in LISTS.items():
            with counting(house) as seen:
                answer = await house.http.get(await meant(house, path), headers=clients[who].headers)
            assert answer.status_code == 200, (path, answer.text)
            found[path] = len(seen)
        return found

    await grow(house, range(3))
    few = await count()
    await grow(house, range(3, 30))

    assert await count() == few


async def test_a_page_has_a_constant_number_of_queries(house):
    await begin(house)
    browsers = {who: await browser_of(house, who) for who in sorted(set(PAGES.values()))}

    async def count() -> dict[str, int]:
        found = {}
        for path, who in PAGES.items():
            with counting(house) as seen:
                answer = await browsers[who].get(await meant(house, path))
            assert answer.status_code == 200, (path, answer.text)
            found[path] = len(seen)
        return found

    await grow(house, range(3))
    few = await count()
    await grow(house, range(3, 30))

    assert await count() == few


async def meant(house: House, path: str) -> str:
    async with house.means.database.reading() as session:
        first = (await session.exec(select(PanelSession).order_by(PanelSession.id).limit(1))).first()
    return path.replace("{session}", str(first.id) if first else "")


async def begin(house: House) -> None:
    """A leader with a running period, and a provider."""
    await a_leader(house.world, "nadia")
    await attendance.given(house)

    async def deed(work: Work) -> None:
        await open_period(work, await own(work, house), date(2024, 1, 1), date(2029, 1, 1))

    await house.system(deed)
    # Everybody's board: `a_leader` works there.
    await house.system(
        lambda work: auth.grant(work, house.id_of("bestuur"), Role.BOARD, work.today, scope=PLACES[7].board_number)
    )


async def own(work: Work, house: House) -> Registration:
    wanted = select(Registration).where(Registration.person_id == house.id_of("nadia"))
    return (await work.session.exec(wanted)).one()


async def grow(house: House, numbers: range) -> None:
    """One more of everything that a list shows, for each number."""
    for n in numbers:
        await a_leader(house.world, f"leider{n}")
        await house.system(lambda work, n=n: _grow(work, house, n))
        await attendance.one_more(house, f"leider{n}", n)


async def _grow(work: Work, house: House, n: int) -> None:
    nadia = await own(work, house)
    leader = house.id_of(f"leider{n}")
    theirs = (await work.session.exec(select(Registration).where(Registration.person_id == leader))).one()
    work.add(Board(number=f"{90000 + n}", name=f"Bestuur {n}"))
    await auth.grant(work, leader, Role.COMMITTEE_MEMBER, work.today)
    await enrolment.enter(work, leader, Register.LEADERS_VO)
    await _offer(work, n)
    await _files(work, house, theirs, n)
    await _disputes(work, leader, n)
    await grow_courses(work, house.id_of("aanbieder"), n)
    for registration, state in ((nadia, EntryState.ACCEPTED), (theirs, EntryState.UNDER_VALUATION)):
        row = await _entry(work, registration, state, n)
        if registration is nadia:
            await a_goal(work, nadia, row)
    asked = Endorsement(person_id=row.person_id, entry_id=row.id, peer_id=nadia.person_id, asked_at=work.now)
    work.add(asked)
    await work.flush()
    work.log("test:grow", asked)
    await shares(work, house, nadia, theirs)
    await budgets(work, house, nadia.person_id, leader)
    account = (await work.session.exec(select(Account).where(Account.person_id == house.id_of("nadia")))).one()
    await auth.open_session(work, account)
    await _proposals(work, house, leader, n)


async def _proposals(work: Work, house: House, person_id: UUID, n: int) -> None:
    """A death that waits for its second person."""
    row = Proposal(
        kind="death",
        subject_id=new_id(),
        person_id=person_id,
        digest="0" * 64,
        proposed_by=house.id_of("bureau2"),
        proposed_on=work.today,
        expires_on=work.today + timedelta(days=n),
    )
    work.add(row)
    await work.flush()
    work.log("test:grow", row)


async def _disputes(work: Work, person_id: UUID, n: int) -> None:
    """An objection and an appeal, each with a term that runs."""
    for kind in Kind:
        row = Dispute(
            kind=kind,
            number=case_number("Z", work.today),
            person_id=person_id,
            register_code=Register.LEADERS_PO.value,
            state="acknowledged",
            filed_by=FiledBy.PERSON,
            channel=FilingChannel.WEB,
            received_at=work.now,
            received_on=work.today,
            decision_due_on=work.today + timedelta(days=n),
        )
        work.add(row)
        await work.flush()
        work.log(f"{kind.value}:lodge", row)
        await agenda.expect(
            work, kind.value, row.id, "decide", role="secretary", due_on=row.decision_due_on, register=row.register_code
        )


async def _offer(work: Work, n: int) -> None:
    days = {"from_on": date(2024, 1, 1), "until_on": date(2027, 12, 31)}
    named = {"kind": "programme", "name": f"Opleiding {n}", "provider": "Academie", "ects": 30}
    await offer.accredit(work, f"PROEF-{n}", Register.LEADERS_PO.value, **named, **days)


async def _files(work: Work, house: House, registration: Registration, n: int) -> None:
    """An application on the agenda with a vote, another that waits, a decision, and a session more."""
    first = (await work.session.exec(select(PanelSession).order_by(PanelSession.id).limit(1))).first()
    chair = house.id_of(MEMBERS[0])
    session = PanelSession(
        committee="registration",
        held_on=work.today,
        chair_id=chair,
        quorum=4,
        state=SessionState.OPEN,
    )
    applications = [
        Application(
            number=case_number("A", work.today),
            person_id=registration.person_id,
            registration_id=registration.id,
            register_code=registration.register_code,
            kind=ApplicationKind.REGISTRATION,
            route=Route.FREE_FORM,
            state=state,
            started_at=work.now,
            submitted_at=work.now,
            received_on=work.today,
            decision_due_on=work.today + timedelta(weeks=8),
        )
        for state in (ApplicationState.ON_AGENDA, ApplicationState.IN_REVIEW, ApplicationState.SUBMITTED)
    ]
    work.add(session, *applications)
    await work.flush()
    measure = Measure(
        number=case_number("M", work.today),
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=registration.register_code,
        kind=MeasureKind.STRIKE_OFF,
        state=MeasureState.DROPPED,
        grounds="evidence-forged",
        reasons="Het diploma is vals.",
        repair="Vraag opnieuw aan.",
        hearing_until=work.today,
    )
    registration.status, registration.due_on = Status.CONDITIONAL, work.today - timedelta(days=400)
    seat = PanelSeat(session_id=session.id, member_id=chair)
    work.add(measure, seat)
    await work.flush()
    for row in (measure, registration, seat):
        work.log("test:grow", row)
    item = PanelItem(session_id=(first or session).id, case_kind="application", case_id=applications[0].id, position=n)
    decision = Decision(
        number=case_number("B", work.today),
        kind="registration",
        subject_kind="application",
        subject_id=applications[1].id,
        person_id=registration.person_id,
        register_code=registration.register_code.value,
        outcome=Verdict.GRANTED,
        reasons="Het diploma telt.",
        rule_set="schoolleiders-po-2022",
        taken_by="system",
        decided_on=work.today,
    )
    work.add(item, decision)
    await work.flush()
    vote = PanelVote(item_id=item.id, member_id=chair, vote=Vote.FOR)
    work.add(vote)
    await work.flush()
    post = await post_of(work, house, decision)
    wrong = Correction(
        number=case_number("C", work.today),
        person_id=registration.person_id,
        register_code=registration.register_code,
        decision_id=decision.id,
        asked=False,
        statement="Het diploma is van een ander.",
    )
    again = Reconsideration(
        number=case_number("H", work.today),
        person_id=registration.person_id,
        register_code=registration.register_code.value,
        decision_id=decision.id,
        because_of=decision.id,
        opened_on=work.today,
        due_on=work.today,
    )
    work.add(wrong)
    work.add(again)
    await work.flush()
    for row in (session, *applications, item, decision, vote, *post, wrong, again):
        work.log("test:grow", row)


async def _entry(work: Work, registration: Registration, state: EntryState, n: int) -> PortfolioEntry:
    row = PortfolioEntry(
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=registration.register_code,
        kind=EntryKind.COURSE,
        title=f"Cursus {n}",
        done_on=date(2024, 6, 1),
        valuation=Valuation.AFTERWARDS,
        state=state,
        points=5,
        added_at=work.now,
        submitted_at=work.now,
    )
    work.add(row)
    await work.flush()
    work.log("test:grow", row)
    return row
