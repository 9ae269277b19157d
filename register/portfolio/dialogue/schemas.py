"""What comes in and goes out about dialogues."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from auth.schemas import RegisterNumber, Schema
from core.fields import Clock, Day, Line, NeededText, Text
from register.portfolio.schemas import Code, Themes


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4 else value


Number = Annotated[int, BeforeValidator(_number), Field(ge=0, le=100)]


class NewPreparation(Schema):
    """What somebody wants to show, by theme; it is read before the talk is planned."""

    preparation: NeededText


class NewQuestion(Schema):
    """What a preparation still lacks."""

    question: NeededText


class NewTalk(Schema):
    """When and where, with which colleague (by register number) and which assessor."""

    peer_number: RegisterNumber
    assessor_id: UUID
    held_on: Day
    begins: Clock
    place: Line = ""


class NewAccount(Schema):
    """What the colleague heard, theme by theme."""

    account: NeededText


class NewDialogueValuation(Schema):
    """What the assessor decides: the themes that were covered and the extra for the level (0, 10 or 20), or the points
    on which colleagues agree. Grounds and what would repair it are due when it gives less than was claimed."""

    report: NeededText
    themes: Themes = []
    level: Number = 0
    points: Number | None = None
    above_claim: bool = False
    """That more points than were asked are meant, where colleagues agree on them."""
    reasons: NeededText
    grounds: Annotated[list[Code], Field(max_length=20)] = []
    repair: Text = ""


class DialogueView(msgspec.Struct, frozen=True):
    """A dialogue as each who has a part in it sees it."""

    id: UUID
    entry_id: UUID
    title: str
    register_code: str
    valuation: str
    themes: Sequence[str]
    claimed_points: int | None
    owner: str
    state: str
    preparation: str
    question: str
    peer: str | None
    assessor: str | None
    held_at: datetime | None
    place: str
    account: str
    report: str
    decision_id: UUID | None
    open_moves: Sequence[str]


class DialogueLine(msgspec.Struct, frozen=True):
    """A dialogue in a list; it tells nothing of whose it is until it is opened."""

    id: UUID
    register_code: str
    state: str
    held_at: datetime | None
    asked_at: datetime
