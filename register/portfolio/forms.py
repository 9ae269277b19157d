"""What people type about an activity, brought to what the service reads."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from auth.schemas import Schema
from core.errors import Invalid
from core.fields import Identifier, Line, NeededLine, NeededText, Text, TypedDay, in_digits
from register.entries.policy import Register
from register.portfolio.policy import EntryKind, Measure
from register.portfolio.schemas import ChangedEntry, NewEntry, NewValuation
from register.rules.assessment.facts import Category, Valuation

Amount = Annotated[Decimal, BeforeValidator(in_digits), Field(ge=0, le=2000, decimal_places=2)]
MOST_POINTS = 100
A_DAY = 24
"""Hours."""


class AddForm(Schema):
    """An activity in five fields; `category` is what it was about for hours, what it was for points.

    For points also how to have it valued, and the themes that a talk is about.
    """

    register_code: Register
    what: NeededLine
    done_on: TypedDay
    amount: Amount
    category: Annotated[str, Field(max_length=60)]
    kind: EntryKind | None = None
    """Of hours, what was done."""
    longer: bool = False
    """Of more hours than a day has: that the activity lasted longer, and this is its last day."""
    valuation: Valuation | None = None
    themes: Text = ""
    hand_in: str = ""

    def entry(self, measure: Measure) -> NewEntry:
        """What the service takes; Invalid with the field that does not fit."""
        given: dict[str, Any] = {"register_code": self.register_code, "title": self.what, "done_on": self.done_on}
        if measure is Measure.HOURS:
            if self.kind is None:
                raise Invalid("invalid-input", [("kind", "field-missing")])
            require_longer(self.amount, self.longer)
            given |= {"kind": self.kind, "hours": self.amount, "category": self.category}
        else:
            given |= {"kind": self.category, "points": _whole(self.amount), "themes": themes_in(self.themes)}
            given |= {"valuation": self.valuation} if self.valuation else {}
            if self.hand_in and self.valuation is Valuation.ASSESSOR and not given["themes"]:
                raise Invalid("invalid-input", [("themes", "themes-missing")])
        return NewEntry.model_validate(given)


def require_longer(hours: Decimal | None, longer: bool) -> None:
    """Invalid("more-than-a-day"): what takes more than a day was done on more days than the one that was typed."""
    if hours is not None and hours > A_DAY and not longer:
        raise Invalid("invalid-input", [("longer", "more-than-a-day")])


def _whole(amount: Decimal, name: str = "amount") -> int:
    if amount != amount.to_integral_value():
        raise Invalid("invalid-input", [(name, "whole-points")])
    if amount > MOST_POINTS:
        raise Invalid("invalid-input", [(name, "points-above-hundred")])
    return int(amount)


def themes_in(typed: str) -> list[str]:
    """Themes one a line, or with commas between."""
    return [theme.strip() for theme in re.split(r"[,;\n]", typed) if theme.strip()]


class OfferForm(Schema):
    """A course from the accredited offer: its code and the day; the rest is known."""

    register_code: Register
    offer_code: Identifier
    done_on: TypedDay

    def entry(self) -> NewEntry:
        """What the service takes."""
        return NewEntry.model_validate(self.model_dump())


class EditForm(Schema):
    """A draft, with everything that can be said of it. Hours are contact and self-study together (driestar)."""

    kind: EntryKind
    title: NeededLine
    done_on: TypedDay
    points: Amount | None = None
    valuation: Valuation | None = None
    contact_hours: Amount | None = None
    study_hours: Amount | None = None
    longer: bool = False
    category: Category | None = None
    themes: Text = ""
    provider: Line = ""
    description: Text = ""

    def changed(self, measure: Measure) -> ChangedEntry:
        """What the service takes; themes one a line or with commas between."""
        given = self.model_dump(include={"kind", "title", "done_on", "provider", "description"})
        given["themes"] = themes_in(self.themes)
        if measure is Measure.POINTS:
            given["points"] = None if self.points is None else _whole(self.points, "points")
            given |= {"valuation": self.valuation} if self.valuation else {}
            return ChangedEntry.model_validate(given)
        stated = [hours for hours in (self.contact_hours, self.study_hours) if hours is not None]
        given |= {"category": self.category, "contact_hours": self.contact_hours}
        given["hours"] = sum(stated, Decimal(0)) if stated else None
        require_longer(given["hours"], self.longer)
        return ChangedEntry.model_validate(given)


class ValueForm(Schema):
    """What an assessor decides."""

    amount: Amount
    above_claim: bool = False
    reasons: NeededText
    ground: Annotated[str, Field(max_length=60)] = ""
    repair: Text = ""

    def valuation(self, *, in_hours: bool) -> NewValuation:
        """What the service takes."""
        amount = {"hours": self.amount} if in_hours else {"points": _whole(self.amount)}
        grounds = [self.ground] if self.ground else []
        said = self.model_dump(include={"above_claim", "reasons", "repair"})
        return NewValuation.model_validate({**amount, **said, "grounds": grounds})
