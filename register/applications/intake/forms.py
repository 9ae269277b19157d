"""What the secretary types on the page of a file."""

from auth.schemas import Schema
from core.fields import NeededText, Text, TypedDay
from register.applications.intake.policy import Advice
from register.applications.intake.schemas import NewNote
from register.entries.completeness import Lacking
from register.entries.schemas import NewCompletionRequest


class AskForm(Schema):
    """What is lacking: boxes that were ticked, joined by a blank."""

    items: str
    note: Text = ""
    until_on: TypedDay | None = None

    def request(self) -> NewCompletionRequest:
        """What the service takes."""
        return NewCompletionRequest(
            items=[Lacking(item) for item in self.items.split() if item in list(Lacking)],
            note=self.note,
            until_on=self.until_on,
        )


class LeaveForm(Schema):
    """Why a file is left untreated."""

    leave_reasons: NeededText


class NoteForm(Schema):
    """A reader's advice."""

    advice: Advice
    advice_text: NeededText

    def note(self) -> NewNote:
        """What the service takes."""
        return NewNote(advice=self.advice, text=self.advice_text)
