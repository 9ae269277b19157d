"""Rows of registration as the API answers them."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

import msgspec

from core.law.terms import add_months
from core.records import filled
from core.store.files import StoredFile
from core.store.work import Work
from register.applications.forecast import forecast
from register.entries import queries
from register.entries.models import Application, ApplicationProof, CompletionRequest, Qualification, Registration
from register.entries.policy import APPLICATION, ENDED, ApplicationKind
from register.entries.schemas import (
    ApplicationView,
    CompletionView,
    ForecastView,
    ProofView,
    QualificationView,
    RegistrationView,
)


def registration_view(row: Registration, qualifications: Sequence[Qualification] = ()) -> RegistrationView:
    """An entry as its owner sees it."""
    return filled(
        RegistrationView,
        row,
        qualifications=[
            QualificationView(
                each.name,
                each.sector.value if each.sector else None,
                each.pedagogic_note,
                each.registered_on,
                each.due_on,
            )
            for each in qualifications
            if each.registration_id == row.id
        ],
    )


def brief(row: Application) -> ApplicationView:
    """A line of a list: without proofs, statement and qualifications."""
    return msgspec.structs.replace(summary(row), statement="", qualifications=())


def summary(row: Application, proofs: Sequence[ProofView] = (), decision_id: UUID | None = None) -> ApplicationView:
    """An application without a further query."""
    return filled(
        ApplicationView,
        row,
        sector=row.sector.value if row.sector else None,
        open_moves=APPLICATION.open(row.state),
        proofs=proofs,
        decision_id=decision_id,
    )


async def application_view(work: Work, row: Application) -> ApplicationView:
    """An application with its proofs, and the decision once it is made known."""
    found = await queries.proofs_with_files(work, row.id)
    decision_id = await queries.known_decision(work, row.id)
    shown = summary(row, [proof_view(proof, file) for proof, file in found], decision_id)
    requests = await queries.completion_requests(work, row.id)
    waits = await forecast(work, row)
    return msgspec.structs.replace(
        shown,
        completion=completion_view(requests[-1]) if requests else None,
        warnings=await warnings(work, row),
        forecast=ForecastView(**asdict(waits)) if waits else None,
    )


async def warnings(work: Work, row: Application) -> Sequence[str]:
    """`later-than-advised` for a renewal that came, or would come, later than so many months before the due date."""
    if row.kind is not ApplicationKind.REREGISTRATION or row.state in ENDED:
        return ()
    entry = await queries.registration(work, row.registration_id)
    months = work.rules.chosen(row.register_code.value, work.today).apply_before_due_months
    late = entry.due_on is not None and (row.received_on or work.today) > add_months(entry.due_on, -months)
    return ("later-than-advised",) if months and late else ()


def completion_view(row: CompletionRequest) -> CompletionView:
    """What was asked to complete an application."""
    return CompletionView(row.items, row.note, row.asked_on, row.until_on, row.ended_on)


def proof_view(proof: ApplicationProof, file: StoredFile | None) -> ProofView:
    """A document as its readers see it."""
    return filled(
        ProofView,
        proof,
        file_name=file.name if file else None,
        file_size=file.size if file else None,
        sha256=proof.frozen_sha256,
        level=proof.level.value if proof.level else None,
    )
