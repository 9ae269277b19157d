"""Decisions as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.decisions import Channel, Decision, DecisionState
from core.fields import Day
from core.records import filled
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.notification import service


class DecisionView(msgspec.Struct, frozen=True):
    """A decision as its letter tells it; `repair` says what would lead to another outcome."""

    id: UUID
    number: str
    kind: str
    register_code: str
    subject_id: UUID
    outcome: str
    state: str
    level: str | None
    due_on: date | None
    grounds: Sequence[str]
    reasons: str
    repair: str
    conditions: str
    rule_set: str
    decided_on: date
    notified_on: date | None
    channel: str | None
    remedy: str
    last_day_to_object: date | None
    replaces: UUID | None


class Notification(Schema):
    """How to make a decision known; left out: the message box where the addressee consented, else post."""

    channel: Channel | None = None
    sent_on: Day | None = None
    """Of a letter that went to the post already; without it, one goes onto the posting list."""


def view(row: Decision) -> DecisionView:
    """A decision as it is told."""
    return filled(DecisionView, row, grounds=row.ground_codes(), channel=row.channel.value if row.channel else None)


@get("/decisions", requires=SIGNED_IN, tags=["decisions"])
async def decisions(
    request: AnyRequest,
    work: WorkDep,
    in_state: Annotated[DecisionState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """One's own decisions that were made known; for the secretary, everybody else's."""
    size = page_size(pageSize)
    after = place_id(cursor)
    rows = await service.decisions(work, in_state, after, size + 1)
    return listed(request, [view(row) for row in rows], size, lambda row: [str(row.id)])


@get("/decisions/{decision_id:uuid}", requires=SIGNED_IN, tags=["decisions"])
async def decision(work: WorkDep, decision_id: FromPath[UUID]) -> Response[DecisionView]:
    """One decision; a look by somebody else leaves a trace with its addressee."""
    row = await service.read(work, decision_id)
    return versioned(view(row), row.version)


@post(
    "/decisions/{decision_id:uuid}/notification",
    requires=Permission.DECISION_NOTIFY,
    if_match=True,
    tags=["decisions"],
)
async def notify(work: WorkDep, decision_id: FromPath[UUID], data: JSONBody[Notification]) -> Response[DecisionView]:
    """Make a decision known: the term to object starts the day after, and it takes effect.

    By post without `sent_on` it stays `taken`, on the posting list, until the letter is sent.
    """
    row = await service.notify(work, decision_id, data.channel, data.sent_on)
    await work.flush()
    return versioned(view(row), row.version, status_code=201)


ROUTES = Router("/", route_handlers=[decisions, decision, notify])
