"""What a decision does, by its kind, once it is made known; app, seed, chores and tests use this table."""

from core.decisions import Decision, Effects, Verdict
from core.work import Work
from register.portfolio import service as portfolio
from register.registration import service as registration
from register.registration.policy import ApplicationKind, Status
from register.renewal import service as renewal


async def _registration(work: Work, decision: Decision) -> None:
    """The entry, and with it the first period of the portfolio."""
    await registration.take_effect(work, decision)
    entry = await registration.registration_of(work, decision)
    if decision.outcome is not Verdict.REFUSED and entry.status is Status.REGISTERED and entry.due_on:
        await portfolio.open_period(work, entry, decision.decided_on, entry.due_on)


EFFECTS: Effects = {
    ApplicationKind.REGISTRATION.value: _registration,
    ApplicationKind.REREGISTRATION.value: renewal.take_effect,
    "valuation": portfolio.take_effect,
}
