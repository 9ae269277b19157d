"""What people type about an activity, brought to what the service reads."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from auth.schemas import Schema
from core.errors import Invalid
from core.fields import NeededLine, NeededText, Text
from register.portfolio.policy import EntryKind, Measure
from register.portfolio.schemas import NewEntry, NewValuation
from register.registration.forms import TypedDay, in_digits
from register.registration.policy import Register

Amount = Annotated[Decimal, BeforeValidator(in_digits), Field(ge=0, le=2000, decimal_places=2)]
MOST_POINTS = 100


class AddForm(Schema):
    """An activity in five fields; `category` is what it was about for hours, what it was for points."""

    register_code: Register
    what: NeededLine
    done_on: TypedDay
    amount: Amount
    category: Annotated[str, Field(max_length=60)]
    hand_in: str = ""

    def entry(self, measure: Measure) -> NewEntry:
        """What the service takes; Invalid with the field that does not fit."""
        given: dict[str, Any] = {"register_code": self.register_code, "title": self.what, "done_on": self.done_on}
        if measure is Measure.HOURS:
            given |= {"kind": EntryKind.COURSE, "hours": self.amount, "category": self.category}
        else:
            given |= {"kind": self.category, "points": _whole(self.amount)}
        return NewEntry.model_validate(given)


def _whole(amount: Decimal) -> int:
    if amount != amount.to_integral_value():
        raise Invalid("invalid-input", [("amount", "whole-points")])
    if amount > MOST_POINTS:
        raise Invalid("invalid-input", [("amount", "points-above-hundred")])
    return int(amount)


class ValueForm(Schema):
    """What an assessor decides."""

    amount: Amount
    reasons: NeededText
    ground: Annotated[str, Field(max_length=60)] = ""
    repair: Text = ""

    def valuation(self, *, in_hours: bool) -> NewValuation:
        """What the service takes."""
        amount = {"hours": self.amount} if in_hours else {"points": _whole(self.amount)}
        grounds = [self.ground] if self.ground else []
        return NewValuation.model_validate(
            {**amount, "reasons": self.reasons, "grounds": grounds, "repair": self.repair}
        )
