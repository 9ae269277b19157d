"""What is typed to ask for an extract of a day, and to check one."""

from auth.schemas import Schema
from core.fields import NeededText, TypedDay
from register.entries.extracts.schemas import NewExtractCheck


class DaysForm(Schema):
    """Of which day, and as it was recorded on which; today when left out."""

    on: TypedDay | None = None
    recorded_on: TypedDay | None = None


class CheckForm(Schema):
    """A code, or the signed text, in one field."""

    code: NeededText

    def asked(self) -> NewExtractCheck:
        """What the service takes: a signed text has points between its parts, a code has none."""
        return NewExtractCheck(signed=self.code) if "." in self.code else NewExtractCheck(code=self.code[:60])
