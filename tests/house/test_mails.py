"""Who reads a mail has no page before them: whatever place it names is a whole web address."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.test_texts import OURS, name, text

BARE = re.compile(r"(?:^|[\s(:])/[a-z]{3,}")
"""A place without the address of the house before it."""


def bare_in(body: str) -> list[str]:
    """The places in a text that lead nowhere for who reads it elsewhere."""
    return [found.strip(" (:\n") for found in BARE.findall(body)]


def sentences(tree: ast.AST) -> Iterator[str]:
    """Every text of a tree that is no docstring; what is filled in is a dot."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in told:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Kijk bij Met u gedeeld: /gedeeld\n", ["/gedeeld"]),
        ("ga naar /aanbieder en vul in\n", ["/aanbieder"]),
        ("Lees het op …/mijn/bewaard of https://register.example/gedeeld, en/of bel.\n", []),
    ],
)
def test_a_place_without_its_address_is_found(body: str, found: list[str]):
    assert bare_in(body) == found


def test_no_mail_names_a_place_without_its_web_address():
    found = [
        f"{name(path)}: {place}"
        for path in OURS
        for said in sentences(ast.parse(text(path)))
        if said.endswith("\n") and " " in said
        for place in bare_in(said)
    ]

    assert found == []
