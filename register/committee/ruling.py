"""What the committee writes of a case beside its votes."""

from typing import Annotated

from pydantic import Field

from auth.schemas import Schema
from core.fields import NeededText, Text
from register.rules.assessment.facts import Level

Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class NewRuling(Schema):
    """What goes into the decision beside the votes: reasons always, grounds and repair for a refusal."""

    reasons: NeededText
    grounds: Annotated[list[Code], Field(max_length=20)] = []
    repair: Text = ""
    answer: Text = ""
    """What a view (zienswijze) that was given is answered with; needed where there is one (Awb 3:46)."""
    level: Level | None = None
