"""What is typed on the pages of attendance."""

from enum import StrEnum

from accreditation.attendance.schemas import NewClaim
from auth.schemas import Schema
from core.fields import Identifier, NeededLine, NeededText


class ClaimForm(NewClaim):
    """As the API takes it."""


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
