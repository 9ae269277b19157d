"""What people type into the forms of registration, brought to what the service reads."""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from core import typed
from core.fields import Day, refuse
from register.registration.schemas import BoardNumber, LocationCode, NewEnrolment

TypedDay = Annotated[Day, BeforeValidator(typed.day)]
NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")
STATEMENTS = {"statement_true", "statement_rules"}
MOST_QUALIFICATIONS = 20


def in_digits(value: object) -> object:
    """A number as Dutch people type it, refused in words of its own: `not-a-number`."""
    read = typed.number(value)
    if isinstance(read, str) and not NUMBER.fullmatch(read.strip()):
        raise refuse("not-a-number")
    return read


def _capitals(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


IN_ORDER = (
    "register_code",
    "role",
    "appointed_on",
    "board_number",
    "location_code",
    "statutory_director",
    "employer_responsibility",
    "given_name",
    "prefix",
    "family_name",
    "address",
    "country",
    "postcode",
    "town",
    "telephone",
    "email",
    "message_box",
    "password",
    "statement_true",
    "statement_rules",
)
"""The fields of enrolment as they stand on the page, which is how its mistakes are listed."""


class EnrolForm(NewEnrolment):
    """The data of art. 5(2), with both statements ticked."""

    appointed_on: TypedDay
    board_number: Annotated[BoardNumber, BeforeValidator(_capitals)]
    location_code: Annotated[LocationCode, BeforeValidator(_capitals)]
    statement_true: Literal["true"]
    statement_rules: Literal["true"]

    def enrolment(self) -> NewEnrolment:
        """What the service takes."""
        return NewEnrolment.model_validate(self.model_dump(exclude=STATEMENTS))


StudyPoints = Annotated[Decimal | None, BeforeValidator(in_digits), Field(ge=0, le=999, max_digits=5, decimal_places=1)]
