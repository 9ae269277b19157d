"""What people type into the forms of registration, brought to what the service reads."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from core.fields import TypedDay
from register.entries.schemas import BoardNumber, LocationCode, NewEnrolment

STATEMENTS = {"statement_true", "statement_rules"}


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
