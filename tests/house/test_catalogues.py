"""Whatever the house can say, it can say in Dutch and in English; what nobody says any more is gone.

A failure prints entries to paste into `<room>/locale/{nl,en}/messages.po`.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import Environment, nodes
from jinja2.ext import extract_from_ast
from pydantic_core.core_schema import ErrorType

from core import errors, texts

ROOT = Path(texts.__file__).parents[1]
REFUSALS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.Problem)}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODED = re.compile(r"[a-z-]+\.[a-z0-9-]+")
FACT = re.compile(r"\{(\w+)\}")


def stubs(msgids: set[str]) -> str:
    return "\n" + "\n".join(f'msgid "{msgid}"\nmsgstr ""\n' for msgid in sorted(msgids))


@cache
def trees() -> list[ast.Module]:
    return [ast.parse(path.read_text()) for room in texts.ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


@cache
def templates() -> list[str]:
    return [path.read_text() for room in texts.ROOMS for path in sorted((ROOT / room / "templates").rglob("*.html"))]


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def literals(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def pairs(node: ast.AST) -> Iterator[str]:
    """The code of each (field, code) that is written out."""
    for part in ast.walk(node):
        if isinstance(part, ast.Tuple) and len(part.elts) == 2 and isinstance(part.elts[1], ast.Constant):
            yield str(part.elts[1].value)


@cache
def refused() -> frozenset[str]:
    """Every code that the source refuses with, as far as it is written out."""
    found: set[str] = set()
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if not isinstance(node, ast.Call):
            continue
        name = called(node)
        if name in REFUSALS and node.args:
            branches = (
                [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
            )
            found |= {str(one.value) for one in branches if isinstance(one, ast.Constant)}
            found |= {code for argument in node.args[1:2] for code in pairs(argument)}
        elif name == "append" and "errors" in ast.unparse(node.func):
            found |= {code for argument in node.args for code in pairs(argument)}
        elif name == "PydanticCustomError" and isinstance(node.args[0], ast.Constant):
            found.add(str(node.args[0].value).replace("_", "-"))
    return frozenset(code for code in found if CODE.fullmatch(code))


@cache
def said_by_pages() -> frozenset[str]:
    """The msgids that templates and handlers ask for."""
    environment = Environment()
    found: set[str] = set()
    for source in templates():
        for _line, _function, asked in extract_from_ast(environment.parse(source), ("_", "gettext", "ngettext")):
            found.add(asked if isinstance(asked, str) else str(asked[0]))
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and called(node) in {"_", "gettext", "ngettext"} and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return frozenset(found)


@cache
def words() -> frozenset[str]:
    """Every text that stands written out in the source: codes that travel by a variable are among them."""
    found = {word for tree in trees() for word in literals(tree)}
    return frozenset(found | {kind.replace("_", "-") for kind in get_args(ErrorType)})


@cache
def groups() -> frozenset[str]:
    """The groups of labels that a template or a handler asks for, or that name a fact of a refusal."""
    said = "\n".join(templates())
    found = set(re.findall(r"""label\(['"]([a-z-]+)['"]\)""", said))
    found |= set(re.findall(r"""badge\([^()]*, ['"]([a-z-]+)['"]\)""", said))
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            if called(node) in {"label", "options"}:
                found |= set(literals(node))
            if called(node) in REFUSALS:
                found |= {keyword.arg for keyword in node.keywords if keyword.arg}
    return frozenset(found | {"status"} | {group for groups in texts.FACTS.values() for group in groups})


def entries(language: str) -> dict[str, texts.Forms]:
    return {msgid: said for room in texts.ROOMS for msgid, said in texts.catalogue(room, language).items()}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_refusal_has_a_sentence(language):
    missing = {f"error.{code}" for code in refused()} - set(entries(language))

    assert not missing, stubs(missing)


def test_every_text_of_a_page_has_its_english():
    missing = said_by_pages() - set(entries("en"))

    assert not missing, stubs(missing)


def test_both_catalogues_have_the_same_codes():
    dutch, english = ({msgid for msgid in entries(language) if CODED.fullmatch(msgid)} for language in texts.LANGUAGES)

    assert dutch == english, stubs(dutch ^ english)
    assert set(entries("nl")) == dutch, "the text of a page is its own Dutch"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_nothing_is_said_with_empty_words(language):
    empty = {msgid for msgid, forms in entries(language).items() if not all(form.strip() for form in forms)}

    assert not empty


def test_no_catalogue_keeps_what_nobody_says():
    stale = set()
    for msgid in entries("en"):
        group, _, code = msgid.partition(".") if CODED.fullmatch(msgid) else ("", "", "")
        if not group:
            live = msgid in said_by_pages()
        elif group in {"error", "title"}:
            live = code in words() or code == "other" or code.startswith("status-")
        else:
            live = group in groups() or msgid in words()
        if not live:
            stale.add(msgid)

    assert not stale


def test_a_code_says_the_same_whichever_room_is_asked():
    for language in texts.LANGUAGES:
        seen: dict[str, texts.Forms] = {}
        for room in texts.ROOMS:
            for msgid, forms in texts.catalogue(room, language).items():
                assert seen.setdefault(msgid, forms) == forms, f"{room}/{language}: {msgid}"


def test_a_translation_uses_no_fact_that_the_text_does_not_have():
    known_dutch = entries("nl")
    for msgid, english in entries("en").items():
        dutch = known_dutch[msgid] if CODED.fullmatch(msgid) else (msgid,)
        known = {fact for form in dutch for fact in FACT.findall(form)}
        assert {fact for form in english for fact in FACT.findall(form)} <= known, msgid


def unfilled() -> Iterator[str]:
    """Each text of a page that is asked for without a fact that it names; a count fills `n` by itself."""

    def lacks(function: str, said: list[object], given: set[str | None]) -> bool:
        named = {fact for text in said if isinstance(text, str) for fact in FACT.findall(text)}
        return None not in given and bool(named - given - ({"n"} if function == "ngettext" else set()))

    for source in templates():
        for call in Environment().parse(source).find_all(nodes.Call):
            function = getattr(call.node, "name", "")
            said = [one.value for one in call.args if isinstance(one, nodes.Const)]
            given = {one.key for one in call.kwargs} | ({None} if call.dyn_kwargs else set())
            if function in {"_", "gettext", "ngettext"} and lacks(function, said, given):
                yield str(said[0])
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and called(node) in {"_", "gettext", "ngettext"}:
            said = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if lacks(called(node), said, {one.arg for one in node.keywords}):
                yield str(said[0])


def test_every_text_of_a_page_is_asked_for_with_each_fact_that_it_names():
    assert set(unfilled()) == set()


def test_the_wheel_carries_the_catalogues_and_templates():
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(texts.ROOMS) <= set(built["packages"])
