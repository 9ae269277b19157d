"""What the office types of a letter on paper: when it went, or why it came back."""

from typing import Annotated

from pydantic import BeforeValidator

from auth.schemas import Schema
from core import typed
from core.fields import Day
from register.notification.policy import CameBack


class Posted(Schema):
    """The day on which a letter went."""

    sent_on: Annotated[Day, BeforeValidator(typed.day)]


class Return(Schema):
    """Why a letter came back."""

    cause: CameBack
