"""What the body is told of an appeal against its decision: that it runs, until when it may answer, the ruling."""

from appeals.disputes import telling, written
from appeals.disputes.models import Dispute
from core.decisions import Decision
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID


async def tell_lodged(work: Work, row: Dispute, against: str) -> None:
    """Tell the body that somebody appealed, and where it hands in its defence (Awb 6:14(2))."""
    topic, subject = "appeal-lodged", f"Beroep {row.number} is ingesteld"
    body = (
        f"Op {day(row.received_on, 'nl')} is beroep {row.number} ingesteld bij de Commissie van Beroep, tegen\n"
        f"{_against(row, against)}. Uw verweer dient u in bij de zaak zelf: log in en kies Bezwaar en beroep.\n"
    )
    await written.told(work, row, topic, subject, body)
    await telling.tell_body(work, row, topic, subject, body)


def _against(row: Dispute, number: str) -> str:
    return f"het niet op tijd beslissen op {row.about_number}" if row.about_id else f"besluit {number}"


async def ask_defence(work: Work, row: Dispute) -> None:
    """Tell the body until when it can answer."""
    assert row.defence_until is not None
    topic, subject = "appeal-defence-asked", f"Verweer in beroep {row.number}"
    body = (
        f"U kunt in beroep {row.number} verweer indienen tot en met {day(row.defence_until, 'nl')}.\n"
        "Log in en kies Bezwaar en beroep. Het verweer gaat naar de indiener.\n"
    )
    await written.told(work, row, topic, subject, body)
    await telling.tell_body(work, row, topic, subject, body)


async def tell_ruled(work: Work, row: Dispute, decision: Decision) -> None:
    """Tell the body how the chamber ruled (Awb 7:26)."""
    outcome = SAID.label(decision.outcome.value, "outcome", "nl").lower()
    topic, subject = "appeal-decided-body", f"Uitspraak in beroep {row.number}"
    body = (
        f"De Commissie van Beroep deed uitspraak {decision.number} in beroep {row.number}: {outcome}.\n"
        "Lees haar in de zaak.\n"
    )
    await written.told(work, row, topic, subject, body)
    await telling.tell_body(work, row, topic, subject, body)


async def tell_sent_back(work: Work, row: Dispute) -> None:
    """Tell the body that it must decide anew on an objection, and until when (Awb 7:25)."""
    topic, subject = "objection-sent-back", f"Beslis opnieuw op bezwaar {row.number}"
    body = (
        f"De Commissie van Beroep stuurde bezwaar {row.number} terug. Beslis opnieuw, uiterlijk op\n"
        f"{day(row.decision_due_on, 'nl')}.\n"
    )
    await written.told(work, row, topic, subject, body)
    await telling.tell_body(work, row, topic, subject, body)
