"""The typed values of an HTML form, or what was typed with the reason why it cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from core import labels, signs
from core.errors import Problem
from core.typed import spoken
from core.web.problems import pydantic_errors

M = TypeVar("M", bound=BaseModel)
# What a form carries for the house itself, and never reaches a schema.
OWN = {"_token", "_key", "_version", "_next"}


@dataclass
class Form(Generic[M]):
    """`values` as typed; `errors` maps a field to its sentence; `summary` lists them in the order of the form."""

    values: dict[str, str] = field(default_factory=dict)
    value: M | None = None
    errors: dict[str, str] = field(default_factory=dict)
    summary: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    """The answer's: that of what was refused, so that nothing is kept."""
    at: str = ""
    """The address that it was sent to; "" for one that was not sent."""

    def of(self, address: str) -> "Form[Any]":
        """What stands in the form of a page that is sent to this address: what was typed there, and else nothing.

        For a page with several like forms; the one that came back has the plain names as ids, for the summary.
        """
        return self if self.at == address else Form()

    def wrong(self, name: str, sentence: str) -> "Form[M]":
        """Note one mistake; the first sentence of a field stands beside it."""
        self.errors.setdefault(name, sentence)
        self.summary.append((name, sentence))
        self.status = max(self.status, 400)
        return self

    def refused(self, error: Problem, texts: Any, language: str = "nl") -> "Form[M]":
        """Take over what a rule refused, so that the same page comes back with what was typed."""
        self.status = error.status
        found = getattr(error, "errors", ())
        for name, code in found:
            self.wrong(name, said_of(name, code, texts, language, **error.facts))
        if not found:
            self.wrong("", texts.sentence(error.code, language, **error.facts))
        return self


def said_of(name: str, code: str, texts: Any, language: str, **facts: object) -> str:
    """What is wrong with a field of a form: by the label that its page shows where it is empty (core.labels), with an
    example as one types here."""
    said = str(texts.sentence(TYPED.get(code, code), language, **facts))
    if code in BY_LABEL:
        return labels.with_label(name, str(texts.sentence(BY_LABEL[code], language)), said)
    return said


BY_LABEL = {"field-missing": "field-missing-named", "unknown-choice": "choice-missing-named"}
"""What is said of a field that has a label."""
TYPED = {"day": "day-typed"}
"""What is said on a page and not to a program."""


def read(model: type[M], data: Mapping[str, Any], texts: Any, language: str = "nl") -> Form[M]:
    """Read a form into a schema. An empty field counts as not given, so that defaults hold.

    What is wrong in one of several lines stands at their field.
    """
    typed = {name: value for name, value in data.items() if name not in OWN and isinstance(value, str)}
    form: Form[M] = Form(values=dict(typed))
    given = spoken(model, {name: value for name, value in typed.items() if signs.line(value).strip() != ""})
    try:
        form.value = model.model_validate(given)
    except ValidationError as error:
        for where, code in pydantic_errors(error):
            name = where.partition(".")[0]
            form.wrong(name, said_of(name, "field-missing" if code == "missing" else code, texts, language))
    return form
