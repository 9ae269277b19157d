"""Every text that a schema takes is read by a type of core.fields, is a code of a fixed shape, or is a secret."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel, StringConstraints
from sqlmodel import SQLModel

import register.office.imports.rows
import register.service.routes
from core import fields

ROOMS = ("core", "auth", "accreditation", "appeals", "register")
assert register.service.routes
assert register.office.imports.rows
# Not typed into a form: rule sets, settings of the operator, and what one room tells another.
OURS = (
    "core.law.rulesets",
    "core.law.ruleoffer",
    "core.law.ruleparts",
    "core.store.db",
    "appeals.ports",
    "core.operator",
    "core.settings",
)
# Taken as they stand: a secret, or a choice that is held against a list behind the schema.
AS_IT_STANDS = {
    "password", "otp", "token", "SignIn.email", "Credentials.email", "ForgottenPassword.email", "NewCheck.list",
    "category", "ground", "grounds", "level", "programme_code", "reader", "items", "unlink", "hand_in", "registers",
    "points", "hours", "path", "Since.sinds", "TrailForm.stream", "TrailForm.kind", "ground_1", "ground_2", "ground_3",
    "course_1", "course_2", "course_3",
}  # fmt: skip
PEOPLE = {"given_name", "prefix", "family_name", "partner_prefix", "partner_family_name", "representative_name"}
# A name that is held against one that is known, and is not kept.
COMPARED = {"NewPost", "Reader", "ShareForm", "NewRequest"}


def schemas() -> list[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    left: list[type[BaseModel]] = [BaseModel]
    while left:
        for kind in left.pop().__subclasses__():
            if kind not in found:
                found.add(kind)
                left.append(kind)
    ours = [kind for kind in found if kind.__module__.split(".")[0] in ROOMS and kind.__module__ not in OURS]
    rows = [kind for kind in ours if issubclass(kind, SQLModel) and hasattr(kind, "__table__")]
    return sorted(set(ours) - set(rows), key=lambda kind: (kind.__module__, kind.__name__))


def texts_in(kind: Any, rules: list[Any]) -> Iterator[list[Any]]:
    """The rules on each text inside a type."""
    if kind is str:
        yield rules
    elif get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        yield from texts_in(inner, [*more, *rules])
    else:
        for inner in get_args(kind):
            yield from texts_in(inner, rules)


def read_by_us(rules: list[Any]) -> bool:
    flat = [inner for rule in rules for inner in (rule, *getattr(rule, "metadata", ()))]
    return any(
        getattr(getattr(rule, "func", None), "__module__", "") == fields.__name__
        or getattr(rule, "pattern", None)
        or (isinstance(rule, StringConstraints) and rule.max_length == 0)
        for rule in flat
    )


def bare(kind: type[BaseModel]) -> list[str]:
    return [
        name
        for name, field in kind.model_fields.items()
        if {name, f"{kind.__name__}.{name}"}.isdisjoint(AS_IT_STANDS)
        and not all(read_by_us(rules) for rules in texts_in(field.annotation, list(field.metadata)))
    ]


def test_every_text_that_comes_in_is_read_by_a_type_of_core_fields():
    assert {f"{kind.__module__}.{kind.__name__}": found for kind in schemas() if (found := bare(kind))} == {}


def test_every_name_of_a_person_that_is_kept_is_in_latin_script():
    other = {
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in schemas()
        for name, field in kind.model_fields.items()
        if name in PEOPLE and kind.__name__ not in COMPARED
        for rules in texts_in(field.annotation, list(field.metadata))
        if fields._name not in [getattr(rule, "func", None) for rule in rules]
    }

    assert other == set()


@pytest.mark.parametrize(("kind", "found"), [(str, ["typed"]), (fields.Line, []), (list[str], ["typed"])])
def test_a_text_that_nobody_reads_is_seen(kind, found):
    class Sample(BaseModel):
        typed: kind

    assert bare(Sample) == found
