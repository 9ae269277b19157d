"""A code that a refusal names stands in its sentence in words, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from accreditation.institutional.policy import GROUNDS as INSTITUTIONAL
from accreditation.providers.policy import GROUNDS as ADMISSION
from appeals.disputes.filing import FormItem
from auth.permissions import Role
from core import errors, texts
from core.web.pages import SAID
from register.committee import conflicts
from register.committee.grounds import library
from register.entries.policy import Register, Status

CODES = {
    "grounds": [
        *library.codes(), *ADMISSION, *INSTITUTIONAL,
        conflicts.OWN, conflicts.BOARD, conflicts.PROVIDER, conflicts.ROLE,
    ],
    "missing": list(FormItem),
    "register": list(Register),
    "roles": list(Role),
    "status": list(Status),
}  # fmt: skip
"""What each fact that stands in a sentence may be."""
PLAIN = re.compile(
    r"(most|least|n|first_day|known|number|until|until_on|last_day|met_on|held_on|due_on|today|present|retry_after|column|version"
    r"|label|word|points|at|on|line|day|days|size|name|address|months|hours|starts_on|ends_on|done_on|since|activity|first|second|which|kind|consumes|votes|needed)"
)
"""Numbers, days, and what somebody wrote."""


def refusals(language: str) -> Iterator[tuple[str, str]]:
    for room in texts.ROOMS:
        for msgid, (said, *_) in texts.catalogue(room, language).items():
            if msgid.startswith("error."):
                yield msgid, said


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_refusal_that_names_codes_says_them_in_words(language: str):
    said = texts.load()
    bare = []
    for msgid, sentence in refusals(language):
        for name in set(re.findall(r"\{(\w+)\}", sentence)) & set(CODES):
            for code in CODES[name]:
                told = said.sentence(msgid.removeprefix("error."), language, **{name: [code]})
                bare += [f"{msgid}: {code}"] if re.search(rf"(?<!\w){re.escape(str(code))}(?!\w)", told) else []
    assert not [one for one in bare if "-" in one.split(": ")[1]]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_fact_of_a_refusal_is_known_to_be_plain_or_has_words(language: str):
    names = {name for _msgid, said in refusals(language) for name in re.findall(r"\{(\w+)\}", said)}
    assert {name for name in names if name not in CODES and not PLAIN.fullmatch(name)} == set()


RAISED = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, errors.Problem)}
ALWAYS = {"TooMany": {"retry_after"}, "Busy": {"retry_after"}}
"""Facts that a kind of problem has by itself."""


def codes_in(call: ast.AST) -> Iterator[str]:
    """The texts in a call, also those of its fields; not those of a `Code`, which has its own facts."""
    for one in ast.iter_child_nodes(call):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif not (isinstance(one, ast.Call) and getattr(one.func, "id", "") == "Code"):
            yield from codes_in(one)


def problems() -> Iterator[tuple[str, ast.Call]]:
    house = Path(__file__).parents[2]
    for path in (path for room in texts.ROOMS for path in (house / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
                yield f"{path.relative_to(house)}:{node.lineno}", node


def test_whoever_says_no_gives_every_fact_that_the_sentence_names():
    wanted = {
        msgid.removeprefix("error."): set(re.findall(r"\{(\w+)\}", said))
        for language in texts.LANGUAGES
        for msgid, said in refusals(language)
    }
    assert any(wanted.values())
    lacking = []
    for where, call in problems():
        given = {word.arg for word in call.keywords} | ALWAYS.get(getattr(call.func, "id", ""), set())
        if None in given:  # facts that are passed on
            continue
        lacking += [
            f"{where} {code}: {fact}" for code in set(codes_in(call)) for fact in wanted.get(code, set()) - given
        ]

    assert lacking == []


@pytest.mark.parametrize("typed", ["{", "}", "{0}", "{sent.__class__}", "%(x)s {{"])
def test_what_somebody_typed_stands_in_a_sentence_as_it_was(typed: str):
    """A brace in a list that was sent was read as a place for a fact, and nothing was answered."""
    assert SAID.gettext("Gestuurd: {sent}", "nl", sent=typed) == f"Gestuurd: {typed}"
