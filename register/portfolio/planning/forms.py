"""What people type about a goal, brought to what the service reads."""

import re
from typing import Any, TypeVar
from uuid import UUID

from pydantic import ValidationError

from auth.schemas import Schema
from core.errors import Invalid
from core.fields import NeededLine, Text, TypedDay
from register.entries.policy import Register
from register.portfolio.planning.schemas import ChangedGoal, NewGoal
from register.rules.assessment.facts import Category

M = TypeVar("M", NewGoal, ChangedGoal)


class GoalForm(Schema):
    """A new goal; themes one a line or with commas between."""

    register_code: Register
    title: NeededLine
    themes: Text = ""
    category: Category | None = None
    reach_by: TypedDay

    def goal(self) -> NewGoal:
        """What the service takes; Invalid where a theme is too long."""
        return _checked(NewGoal, {**self.model_dump(), "themes": _lines(self.themes)})


class ChangeForm(Schema):
    """A goal as it will be; an empty day of reaching means that it was not reached."""

    title: NeededLine
    themes: Text = ""
    category: Category | None = None
    reach_by: TypedDay
    reached_on: TypedDay | None = None

    def changed(self) -> ChangedGoal:
        """What the service takes."""
        return _checked(ChangedGoal, {**self.model_dump(), "themes": _lines(self.themes)})


class LinkForm(Schema):
    """An activity, and whether its link is taken away."""

    entry_id: UUID
    unlink: str = ""


def _lines(text: str) -> list[str]:
    return [theme.strip() for theme in re.split(r"[,;\n]", text) if theme.strip()]


def _checked(model: type[M], given: dict[str, Any]) -> M:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Invalid("invalid-input", [("themes", "string-too-long")]) from error
