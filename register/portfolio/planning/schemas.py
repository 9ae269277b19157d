"""What comes in and goes out about a plan for development."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from auth.schemas import Schema
from core.fields import Day, NeededLine
from register.entries.policy import Register
from register.portfolio.schemas import Themes
from register.rules.assessment.facts import Category


class NewGoal(Schema):
    """A goal: what to learn and by when; about themes (leaders) or a category (teachers), or neither."""

    register_code: Register
    title: NeededLine
    themes: Themes = []
    category: Category | None = None
    reach_by: Day


class ChangedGoal(Schema):
    """What changes in a goal; what is left out stays as it is."""

    title: NeededLine = ""
    themes: Themes = []
    category: Category | None = None
    reach_by: Day = date(1900, 1, 1)
    reached_on: Day | None = None


class NewLink(Schema):
    """The goal that an activity serves; null takes the link away."""

    goal_id: UUID | None


class LinkedView(msgspec.Struct, frozen=True):
    """An activity that serves a goal; `evidence` is whether a file or a colleague's word stands behind it."""

    entry_id: UUID
    title: str
    done_on: date
    state: str
    evidence: bool


class GoalView(msgspec.Struct, frozen=True):
    """A goal as its owner sees it."""

    id: UUID
    register_code: str
    title: str
    themes: Sequence[str]
    category: str | None
    reach_by: date
    reached_on: date | None
    progress: str
    entries: Sequence[LinkedView]
