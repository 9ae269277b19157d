"""What is typed on the pages of attendance."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from accreditation.attendance.schemas import NewClaim
from auth.schemas import Schema
from core.fields import Day, Identifier, NeededLine, NeededText
from core.typed import day as typed_day


class ClaimForm(NewClaim):
    """As the API takes it, with the day as people write it."""

    ended_on: Annotated[Day, BeforeValidator(typed_day)]


class ReasonForm(Schema):
    """Why."""

    reason: NeededText


class WithdrawForm(Schema):
    """Why a run is withdrawn."""

    withdrawal: NeededLine


class Move(StrEnum):
    """What a second pair of eyes can do with what waits."""

    RELEASE = "release"
    REJECT = "reject"
    SUSTAIN = "sustain"
    OVERRULE = "overrule"
    CLAIM = "claim"
    DISMISS = "dismiss"


class JudgeForm(Schema):
    """What somebody found; the number only where the row matched nobody."""

    move: Move
    reason: NeededText
    register_number: Identifier = ""
