"""What the term calculator takes in: one model for each kind of question, strict and closed.

A day is `YYYY-MM-DD`, an instant has an offset, yes and no are booleans; years run from 1900 up to and including 2200.
Each refusal has a code of `SENTENCES`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from core.law.terms import FIRST_YEAR, LAST_YEAR, Suspension, Unit

SENTENCES: Mapping[str, str] = {
    "required": "This field is needed here; add it.",
    "unknown-field": "This kind of question has no such field; leave it out.",
    "unknown-kind": "There is no such kind of question; use one of {expected_tags}.",
    "unknown-value": "Use one of {expected}.",
    "not-an-object": "A question is an object with a kind and its fields.",
    "not-a-list": "This must be a list.",
    "too-many": "A list of at most {max_length} is taken.",
    "not-a-day": "Write an existing day as YYYY-MM-DD, for example 2025-03-27.",
    "not-an-instant": "Write an existing moment with its offset, for example 2025-03-27T23:59:59+01:00.",
    "no-offset": "Say at which offset the clock stood: end with Z, +01:00 or +02:00.",
    "day-out-of-range": f"Take a day from {FIRST_YEAR} up to and including {LAST_YEAR}, and a term that ends in them.",
    "not-a-boolean": "This must be true or false, without quotation marks.",
    "not-an-integer": "This must be a whole number, without quotation marks.",
    "out-of-range": "This must be a whole number from 1 to 1000000.",
    "ended-before-asked": "A suspension cannot end before it was asked for.",
    "contradiction": "received_on is not the day in the Netherlands of received_at; give one of the two.",
    "posted-on-required": "It came in during the week after the last day: the day of posting decides, so give it.",
    "not-json": "This is not JSON text.",
    "too-deep": "This JSON is nested too deeply.",
    "number-too-large": "This JSON has a number with too many digits.",
    "bad-text": "Text is made of whole characters: a lone surrogate is half of one.",
    "unreadable": "This value cannot be read.",
}

CODES: Mapping[str, str] = {
    "missing": "required",
    "union_tag_not_found": "required",
    "union_tag_invalid": "unknown-kind",
    "extra_forbidden": "unknown-field",
    "literal_error": "unknown-value",
    "model_type": "not-an-object",
    "model_attributes_type": "not-an-object",
    "dict_type": "not-an-object",
    "list_type": "not-a-list",
    "too_long": "too-many",
    "bool_type": "not-a-boolean",
    "string_unicode": "bad-text",
    "int_type": "not-an-integer",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
}
"""Pydantic's types of error, as our codes."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"([0-9-]{10})[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(?P<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})?"
)


def refusal(code: str, field: str = "") -> PydanticCustomError:
    """An error with one of our codes; `field` where the check is about the whole question."""
    return PydanticCustomError(code, "refused", {"field": field} if field else {})


def read_day(value: object) -> date:
    """A day from its ISO text and nothing else: "not-a-day", "day-out-of-range"."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise refusal("not-a-day")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise refusal("not-a-day") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise refusal("day-out-of-range")
    return day


def read_instant(value: object) -> datetime:
    """An instant from its RFC 3339 text: "not-an-instant", "no-offset", "day-out-of-range"."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise refusal("not-an-instant")
    if match["offset"] is None:
        raise refusal("no-offset")
    read_day(match[1])
    try:
        return datetime.fromisoformat(match[0].upper())
    except ValueError:
        raise refusal("not-an-instant") from None


Day = Annotated[date, BeforeValidator(read_day)]
Instant = Annotated[datetime, BeforeValidator(read_instant)]


class Question(BaseModel):
    """Closed and strict: an unknown field or a value of another type is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NewSuspension(Question):
    """From the day after asking until the day it came in, or the day after a repair term that ran out unused."""

    asked_on: Day
    ended_on: Day

    @field_validator("ended_on")
    @classmethod
    def _in_order(cls, ended_on: date, info: ValidationInfo) -> date:
        if ended_on < info.data.get("asked_on", ended_on):
            raise refusal("ended-before-asked")
        return ended_on

    def suspension(self) -> Suspension:
        """As the engine takes it."""
        return Suspension(self.asked_on, self.ended_on)


Suspensions = Annotated[list[NewSuspension], Field(max_length=100)]


class LastDayToObject(Question):
    """Until when one may object or appeal (Awb 6:7)."""

    kind: Literal["objection", "appeal"]
    notified_on: Day


class WasInTime(Question):
    """Whether an objection was in time (Awb 6:9, 6:15)."""

    kind: Literal["objection-timely"]
    notified_on: Day
    channel: Literal["web", "post", "counter", "email"]
    received_at: Instant | None = None
    received_on: Day | None = None
    posted_on: Day | None = None
    received_elsewhere_on: Day | None = None

    @model_validator(mode="after")
    def _received(self) -> Self:
        if self.received_at is None and self.received_on is None:
            raise refusal("required", "received_on")
        return self


class ObjectionDecision(Question):
    """When the decision on objection is due (Awb 7:10)."""

    kind: Literal["objection-decision"]
    notified_on: Day
    committee: bool
    suspensions: Suspensions = []
    adjourned: bool = False
    consented_until: Day | None = None


class AppealDecision(Question):
    """When the decision on administrative appeal is due (Awb 7:24)."""

    kind: Literal["appeal-decision"]
    notified_on: Day
    adjourned: bool = False


class ApplicationDecision(Question):
    """When the decision on an application is due (Awb 4:13, 4:15)."""

    kind: Literal["application-decision"]
    received_on: Day
    which_register: Literal["schoolleiders-po", "schoolleiders-vo", "leraren"] = Field(alias="register")
    suspensions: Suspensions = []


class PlainTerm(Question):
    """Any term that begins the day after `start_on`."""

    kind: Literal["plain"]
    start_on: Day
    length: Annotated[int, Field(ge=1, le=1_000_000)]
    unit: Literal["days", "weeks", "months", "years"]

    def counted_in(self) -> Unit:
        """As the engine takes it."""
        return Unit(self.unit)


class BeforeHearing(Question):
    """The days before a hearing (Awb 7:4)."""

    kind: Literal["hearing"]
    hearing_on: Day


class PenaltyOwed(Question):
    """What is owed for deciding late (Awb 4:17); `on` is the day up to which one counts while nothing was decided."""

    kind: Literal["penalty"]
    due_on: Day
    notice_received_on: Day
    made_known_on: Day | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _until(self) -> Self:
        if self.made_known_on is None and self.on is None:
            raise refusal("required", "on")
        return self


AnyQuestion = Annotated[
    LastDayToObject
    | WasInTime
    | ObjectionDecision
    | AppealDecision
    | ApplicationDecision
    | PlainTerm
    | BeforeHearing
    | PenaltyOwed,
    Field(discriminator="kind"),
]

QUESTION: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)


def problem(code: str, field: str = "", facts: Mapping[str, object] = MappingProxyType({})) -> dict[str, str]:
    """One entry of `errors`: where, the code, and a sentence that says what would repair it."""
    return {"field": field, "code": code, "detail": SENTENCES[code].format_map(facts)}


def problem_of(error: ErrorDetails) -> dict[str, str]:
    """One of Pydantic's errors as an entry of `errors`."""
    facts = error.get("ctx", {})
    code = CODES.get(error["type"], error["type"])
    if code not in SENTENCES:
        code = "unreadable"
    # The first part of the place is the kind that was chosen; a name that a stranger made up may hold any character.
    path = ".".join(str(part) for part in error["loc"][1:])[:100].encode(errors="replace").decode()
    of_kind = "kind" if error["type"].startswith("union_tag") else ""
    return problem(code, path or str(facts.get("field", of_kind)), facts)
