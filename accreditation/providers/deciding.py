"""A decision on what a provider asked of a register: to be admitted, or to accredit its own courses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from core.decisions import Decision, Verdict, case_number
from core.store.work import Work


class Asked(Protocol):
    """What a provider asked of one register."""

    id: UUID
    provider_id: UUID
    register_code: str
    asked_by: UUID


@dataclass(frozen=True)
class Said:
    """What is decided, and why; `repair` is empty for what was granted."""

    outcome: Verdict
    reasons: str
    grounds: Sequence[str] = ()
    repair: str = ""


def decision_on(work: Work, row: Asked, subject_kind: str, kind: str, said: Said) -> Decision:
    """The decision as it will be taken today, by who acts, under the rules of today."""
    return Decision(
        number=case_number("B", work.today),
        kind=kind,
        subject_kind=subject_kind,
        subject_id=row.id,
        person_id=row.asked_by,
        organisation_id=row.provider_id,
        register_code=row.register_code,
        outcome=said.outcome,
        grounds=" ".join(said.grounds),
        reasons=said.reasons,
        repair=said.repair,
        rule_set=work.rules.chosen(row.register_code, work.today).name,
        taken_by=work.actor.ref,
        decided_on=work.today,
    )
