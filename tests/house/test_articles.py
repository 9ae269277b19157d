"""Each term rests on one article or regulation of one table, and a private register says that it is its own."""

import ast
from pathlib import Path

import pytest

from core.articles import ARTICLES, basis
from core.work import Work
from tests.builders import House

HOUSE = Path(__file__).parents[2]
ROOMS = ("core", "auth", "accreditation", "appeals", "register")


@pytest.mark.parametrize(
    ("register", "case_kind", "task", "said"),
    [
        ("leraren", "application", "decide", "Awb 4:13"),
        ("schoolleiders-po", "application", "decide", "reglement, zoals Awb 4:13"),
        ("schoolleiders-vo", "objection", "decide", "reglement, zoals Awb 7:10"),
        ("leraren", "appeal", "defence", "dag die de kamer stelde"),
        ("schoolleiders-po", "provider-authorisation", "decide", "accreditatiereglement"),
    ],
)
async def test_a_private_register_names_its_regulation(
    house: House, register: str, case_kind: str, task: str, said: str
) -> None:
    async def look(work: Work) -> str:
        return basis(work, register, case_kind, task)

    assert await house.system(look) == said


def test_nobody_writes_the_article_of_a_term_but_the_table() -> None:
    """An agenda entry gets its article from the table: no `article="Awb …"` beside a task."""
    strange = []
    for room in ROOMS:
        for path in (HOUSE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "article" and isinstance(node.value, ast.Constant):
                    strange.append(f"{path.relative_to(HOUSE)}:{node.lineno}")

    assert strange == []
    assert all(said and len(said) + len("reglement, zoals ") <= 60 for said in ARTICLES.values())


def test_no_page_says_that_the_law_gives_a_term_which_the_register_sets() -> None:
    pages = [page for room in ROOMS for page in (HOUSE / room).rglob("*.html")]

    assert [page.name for page in pages if "De wet geeft" in page.read_text(encoding="utf-8")] == []
