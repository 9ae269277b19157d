"""What people type to share a portfolio, brought to what the service reads."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field

from auth.schemas import RegisterNumber, Schema
from core.errors import Invalid
from core.fields import Line, TypedDay
from register.entries.policy import Register
from register.portfolio.sharing.policy import Scope
from register.portfolio.sharing.schemas import NewShare

PERSON = "person"


class ShareForm(Schema):
    """Who may look, how far, and until when. `reader` is a board's number or `person`."""

    register_code: Register
    scope: Scope
    period_id: UUID | None = None
    entry_ids: Annotated[list[UUID], BeforeValidator(str.split)] = []
    with_files: bool = False
    reader: Annotated[str, Field(max_length=10)]
    register_number: RegisterNumber = ""
    family_name: Line = ""
    until_on: TypedDay

    def share(self) -> NewShare:
        """What the service takes; a period or entries only where the scope asks for them. Invalid("field-missing")."""
        given: dict[str, Any] = self.model_dump(include={"register_code", "scope", "with_files", "until_on"})
        if self.scope is Scope.PERIOD:
            given["period_id"] = self.period_id
        if self.scope is Scope.ENTRIES:
            given["entry_ids"] = self.entry_ids
        if self.reader == PERSON:
            self._require_named()
            given["reader"] = {"register_number": self.register_number, "family_name": self.family_name}
        else:
            given["board_number"] = self.reader
        return NewShare.model_validate(given)

    def _require_named(self) -> None:
        lacking = [(name, "field-missing") for name in ("register_number", "family_name") if not getattr(self, name)]
        if lacking:
            raise Invalid("invalid-input", lacking)
