"""One more of what a few lists show, for the test that counts queries."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from core.decisions import Channel, Decision
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.employers.budgets.models import BudgetLine, BudgetTerms
from register.entries.models import Appointment, Registration
from register.notification.models import BoxMessage, MakingKnown
from register.portfolio.models import DevelopmentGoal, PortfolioEntry
from register.portfolio.sharing.models import PortfolioShare
from register.portfolio.sharing.policy import Scope
from register.rules.entitlement.policy import Kind
from tests.builders import PLACES, House


async def shares(work: Work, house: House, nadia: Registration, theirs: Registration) -> None:
    """A share of hers, one with the board, and a look at what is hers."""
    readers: list[tuple[Registration, dict[str, Any]]] = [
        (nadia, {"grantee_id": theirs.person_id}),
        (theirs, {"board_number": PLACES[7].board_number}),
    ]
    for registration, reader in readers:
        row = PortfolioShare(
            person_id=registration.person_id,
            registration_id=registration.id,
            register_code=registration.register_code,
            scope=Scope.WHOLE,
            granted_at=work.now,
            granted_on=work.today,
            until_on=work.today,
            **reader,
        )
        work.add(row)
        await work.flush()
        work.log("test:grow", row)
    work.log("portfolio:read", None, stream=f"person/{nadia.person_id}", via="share", shares=[])


async def budgets(work: Work, house: House, *persons: UUID) -> None:
    """What their board noted and booked of the hours and budget of these persons."""
    for post in await work.session.exec(select(Appointment).where(col(Appointment.person_id).in_(persons))):
        whose = {"person_id": post.person_id, "appointment_id": post.id}
        noted = {"cao": "po-2019", "saving": True, "holds_from": post.appointed_on, "factor": 10_000}
        booked = {"spent_on": post.appointed_on, "cents": 100, "hundredths": 100, "kind": Kind.OWN, "what": "Cursus"}
        terms = BudgetTerms(**whose, **noted, noted_at=work.now, noted_by=house.id_of("bestuur"))
        line = BudgetLine(**whose, **booked, booked_at=work.now, booked_by=house.id_of("bestuur"))
        work.add(terms, line)
        await work.flush()
        work.log("test:grow", terms)
        work.log("test:grow", line)


async def a_goal(work: Work, registration: Registration, served: PortfolioEntry) -> None:
    """A goal of a plan, with an activity that serves it."""
    goal = DevelopmentGoal(
        person_id=registration.person_id, registration_id=registration.id, title="Leren", reach_by=work.today
    )
    work.add(goal)
    await work.flush()
    served.goal_id = goal.id
    work.log("test:grow", goal)
    work.log("test:grow", served)


async def post_of(work: Work, house: House, decision: Decision) -> list[Any]:
    """A message in a box, a letter that waits, and a mail that failed."""
    message = BoxMessage(person_id=house.id_of("nadia"), topic="test", subject="Bericht", body="", placed_at=work.now)
    letter = MakingKnown(decision_id=decision.id, person_id=decision.person_id, channel=Channel.POST, begun_at=work.now)
    named = {"topic": "test", "subject": "Bericht", "body": "", "address": "leo@voorbeeld.example"}
    work.add(message, letter, OutboxMessage(**named, created_at=work.now, error="unreachable"))
    await work.flush()
    return [message, letter]
