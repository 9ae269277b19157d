"""The database holds what a decision must have, whatever the code above it does."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from core.decisions import Channel, Decision, DecisionState, Verdict, case_number, require_complete
from core.errors import Invalid
from core.store.db import Database, new_id

SUBJECT = UUID("01999999-0000-7000-8000-000000000001")


def a_decision(**more: Any) -> Decision:
    """A refusal that may stand; one line to vary."""
    facts = {
        "number": case_number("B", date(2026, 1, 5)), "kind": "registration", "subject_kind": "application",
        "subject_id": SUBJECT, "person_id": new_id(), "register_code": "schoolleiders-po", "outcome": Verdict.REFUSED,
        "grounds": "too-few-ects", "reasons": "Te weinig.", "repair": "Haal 15 ECTS.",
        "rule_set": "schoolleiders-po-2022", "taken_by": "test", "decided_on": date(2026, 1, 5),
    }  # fmt: skip
    return Decision(**{**facts, **more})


async def store(url: str, *rows: Decision) -> None:
    database = Database(url)
    try:
        async with database.writing() as session, session.begin():
            for row in rows:
                session.add(row)
    finally:
        await database.close()


@pytest.mark.parametrize(
    "missing",
    [
        {"grounds": ""},
        {"repair": ""},
        {"notified_on": date(2026, 1, 6)},
        {"notified_on": date(2026, 1, 6), "remedy": "Bezwaar", "reasons": "", "last_day_to_object": date(2026, 2, 17)},
        {"notified_on": date(2026, 1, 6), "remedy": "", "last_day_to_object": date(2026, 2, 17)},
    ],
)
async def test_a_refusal_or_letter_that_lacks_something_cannot_be_stored(database_url, missing):
    with pytest.raises(IntegrityError):
        await store(database_url, a_decision(**missing))


async def test_a_complete_refusal_is_stored(database_url):
    known = {"notified_on": date(2026, 1, 6), "remedy": "Bezwaar", "last_day_to_object": date(2026, 2, 17)}
    await store(database_url, a_decision(**known, channel=Channel.POST, state=DecisionState.NOTIFIED))


async def test_one_case_has_one_final_decision_a_round(database_url):
    with pytest.raises(IntegrityError):
        await store(database_url, a_decision(), a_decision(outcome=Verdict.GRANTED))

    await store(database_url, a_decision(), a_decision(round=1))


@pytest.mark.parametrize(
    ("outcome", "grounds", "reasons", "repair", "fields"),
    [
        (Verdict.GRANTED, [], " ", "", ["reasons"]),
        (Verdict.REFUSED, [], "", "", ["reasons", "grounds", "repair"]),
        (Verdict.PARTLY_GRANTED, ["months-above-maximum"], "Ja", "", ["repair"]),
    ],
)
def test_every_gap_in_a_decision_is_told_at_once(outcome, grounds, reasons, repair, fields):
    with pytest.raises(Invalid) as refusal:
        require_complete(outcome, grounds, reasons, repair)

    assert [name for name, _ in refusal.value.errors] == fields
