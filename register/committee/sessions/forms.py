"""What is typed in the committee's room, brought to what the service reads."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from auth.schemas import Schema
from core.fields import NeededText, Text, TypedDay
from core.panel.votes import Vote
from register.committee.ruling import NewRuling
from register.committee.sessions.schemas import NewRecusal, NewSession, NewVote, NewVotes
from register.rules.assessment.facts import Level

RECUSAL_GROUNDS = ("personal-relation", "worked-together", "advised-before", "other-interest")


def _ids(value: object) -> object:
    return value.split() if isinstance(value, str) else value


class SessionForm(Schema):
    """A session to plan; the members that were ticked, and who of them is in the chair."""

    held_on: TypedDay
    chair_id: UUID
    members: Annotated[list[UUID], BeforeValidator(_ids), Field(min_length=1, max_length=24)]

    def session(self) -> NewSession:
        """What the service takes."""
        return NewSession.model_validate(self.model_dump())


class Listed(Schema):
    """A file for the agenda."""

    file: UUID


class FillForm(Schema):
    """How many files on the agenda at most."""

    size: Annotated[int, Field(ge=1, le=60)] = 40


class SeatForm(Schema):
    """A member, and what is noted of them."""

    member_id: UUID
    event: Literal["miss", "arrive"]


class AnswerForm(Schema):
    """Whether one comes."""

    answer: Literal["accept", "decline"]


class InviteForm(Schema):
    """A member to invite."""

    invite_id: UUID


class TogetherForm(Schema):
    """One vote for the files that were ticked, or for all of which the rules say the same."""

    together: Vote
    items: Annotated[list[UUID], BeforeValidator(_ids), Field(max_length=60)] = []
    dissent: Text = ""

    def votes(self) -> NewVotes:
        """What the service takes."""
        return NewVotes(vote=self.together, items=self.items, dissent=self.dissent)


class ClosingForm(Schema):
    """The minutes with which a session closes; left out, they are drawn up from what happened."""

    minutes: Text = ""


class MinutesForm(Schema):
    """The minutes."""

    minutes: NeededText


class VoteForm(Schema):
    """One vote."""

    vote: Vote
    vote_reason: Text = ""

    def cast(self) -> NewVote:
        """What the service takes."""
        return NewVote(vote=self.vote, dissent=self.vote_reason)


class TransferForm(Schema):
    """The session that a file is taken to."""

    to_session: UUID


class RecuseForm(Schema):
    """Why a member steps aside."""

    recuse_ground: Annotated[str, Field(pattern=f"^({'|'.join(RECUSAL_GROUNDS)})$")]

    def recusal(self) -> NewRecusal:
        """What the service takes."""
        return NewRecusal(ground=self.recuse_ground)


class RulingForm(Schema):
    """What goes into the decision beside the votes."""

    reasons: NeededText
    ground: Annotated[str, Field(max_length=60)] = ""
    repair: Text = ""
    answer: Text = ""
    level: Level | None = None

    def ruling(self) -> NewRuling:
        """What the service takes; a ground of the rules goes in by itself."""
        grounds = [self.ground] if self.ground else []
        return NewRuling(grounds=grounds, **self.model_dump(exclude={"ground"}))
