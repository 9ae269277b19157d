"""How long a file will take, as far as the last ones tell (wachttijd); nothing where there are too few."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlmodel import col, select

from core.decisions import Decision
from core.law.terms import add_days, days_between
from core.store.work import Work
from register.entries.models import Application
from register.entries.policy import ApplicationState

RECENT, FEWEST = 50, 5
WAITING = frozenset({ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.ON_AGENDA})


@dataclass(frozen=True)
class Forecast:
    """From receipt to the letter, of recent files of the same kind; the range leaves a tenth out at each end."""

    files: int
    median_days: int
    shortest_days: int
    longest_days: int
    expected_on: date | None
    """None when this file takes longer already than most did."""


async def forecast(work: Work, application: Application) -> Forecast | None:
    """What the last files say of one that waits; None when it does not wait, or there are too few to say anything."""
    if application.state not in WAITING or application.received_on is None:
        return None
    wanted = (
        select(col(Application.received_on), col(Decision.notified_on))
        .join(Decision, col(Decision.subject_id) == Application.id)
        .where(
            Application.kind == application.kind,
            Application.register_code == application.register_code,
            Decision.kind == application.kind.value,
            col(Decision.notified_on).is_not(None),
            col(Decision.replaces).is_(None),
        )
        .order_by(col(Decision.notified_on).desc(), col(Decision.id).desc())
        .limit(RECENT)
    )
    spans = [(came, went) for came, went in await work.session.exec(wanted) if came and went]
    return of_days([days_between(came, went) for came, went in spans], application.received_on, work.today)


def of_days(days: list[int], received_on: date, today: date) -> Forecast | None:
    """Median and range of so many waits; None below five of them."""
    if len(days) < FEWEST:
        return None
    days = sorted(days)
    out = len(days) // 10
    middle = round(median(days))
    expected_on = add_days(received_on, middle)
    return Forecast(len(days), middle, days[out], days[-1 - out], expected_on if expected_on >= today else None)
