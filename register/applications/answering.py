"""Answering an application one question at a time: another route, another day on a document."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.errors import Refused
from core.store.work import Work
from register.applications import completing
from register.applications.questions import Question
from register.applications.service import own_application, own_proof
from register.entries.models import Application, ApplicationProof
from register.entries.policy import (
    APPLICATION,
    ApplicationKind,
    ApplicationState,
    Route,
    require_editable,
    require_issued,
    require_route,
)
from register.entries.schemas import ChangedApplication
from register.rules.assessment.facts import Sector


async def own_draft(work: Work, application_id: UUID) -> Application:
    """An application of who asks that was not handed in yet. Refused("frozen"), NotFound("no-such-application")."""
    application = await own_application(work, application_id)
    if application.state is not ApplicationState.DRAFT:
        raise Refused("frozen", open_moves=APPLICATION.open(application.state), state=application.state.value)
    return application


async def own_open(work: Work, application_id: UUID) -> Application:
    """An application of who asks that may be changed: a draft, or one to be completed. Refused("frozen")."""
    application = await own_application(work, application_id)
    require_editable(application.state)
    return application


async def change_route(work: Work, application_id: UUID, route: Route) -> Application:
    """Let a first registration rest on something else; what was added stays. Refused("frozen"), Stale."""
    application = await own_draft(work, application_id)
    work.expect(application)
    if application.kind is ApplicationKind.REGISTRATION:
        application.route = require_route(route)
    work.log("application:change", application, fields=["route"])
    return application


async def answer(work: Work, application_id: UUID, question: Question, said: Mapping[str, Any]) -> None:
    """Keep one answer about the application itself. Refused("frozen"), Stale; `said` is what the screen has read."""
    if question is Question.ROUTE:
        await change_route(work, application_id, said["route"])
        return
    stated = (await own_open(work, application_id)).qualifications
    await completing.change(work, application_id, _changed(question, said, stated))


def _changed(question: Question, said: Mapping[str, Any], stated: Sequence[dict[str, Any]]) -> ChangedApplication:
    """One answer as a change; what was said of the hours and notes of a qualification stays with its name."""
    if question is Question.SECTOR and said["sector"] is not Sector.MBO:
        bare = [{**one, "pedagogic_note": False} for one in stated]
        return ChangedApplication.model_validate({**said, "qualifications": bare})
    if question is Question.QUALIFICATIONS:
        known = {one["name"]: one for one in stated}
        return ChangedApplication.model_validate(
            {"qualifications": [known.get(name, {"name": name}) for name in said["qualifications"]]}
        )
    if question in {Question.HOURS, Question.NOTES}:
        key = "work_hours" if question is Question.HOURS else "pedagogic_note"
        told = [{**one, key: said[f"{key}_{at}"]} for at, one in enumerate(stated, start=1)]
        return ChangedApplication.model_validate({"qualifications": told})
    return ChangedApplication.model_validate(said)


async def change_proof(work: Work, application_id: UUID, proof_id: UUID, said: Mapping[str, Any]) -> ApplicationProof:
    """Say otherwise what a document is, while it may be changed; its file stays. Refused("frozen"), Stale.

    Invalid("issued-in-future"); `said` holds what a schema has read: kind, issued_on, programme_code, ects, level.
    """
    application = await own_application(work, application_id)
    require_editable(application.state)
    proof = await own_proof(work, application.id, proof_id)
    work.expect(proof)
    if "issued_on" in said:
        require_issued(said["issued_on"], work.today)
    for name, value in said.items():
        setattr(proof, name, value)
    work.log("application:change-proof", proof, fields=sorted(said))
    return proof
