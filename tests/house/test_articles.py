"""Each term rests on one article or regulation of one table, and a private register says that it is its own."""

import ast
from pathlib import Path

import pytest

from appeals.calculator import DECISION_WEEKS, calculate
from core.law.articles import ARTICLES, basis
from core.law.calendar import shipped_calendar
from core.store.work import Work
from tests.builders import House, a_leader
from tests.journeys.disputing import object_to, refused_leader
from tests.pages import signed_in

CALENDAR = shipped_calendar()
HOUSE = Path(__file__).parents[2]
ENGINE = {
    "core/law/articles.py",
    "core/law/terms.py",
    "core/law/penalty.py",
    "appeals/calculator.py",  # the days before a hearing
    "appeals/disputes/ruled.py",  # what a decision on objection or a ruling cites: no term
    "register/notification/remedies.py",  # which excuse is asked for: no term
    "register/committee/grounds/library.py",  # which articles a reader can look up
    "register/rules/assessment/answer.py",  # why facts are missing: no term
}
"""Where an article may stand: in the table, and where a term of the law itself is counted."""
ROOMS = ("core", "auth", "accreditation", "appeals", "register")


@pytest.mark.parametrize(
    ("register", "case_kind", "task", "said"),
    [
        ("leraren", "application", "decide", "Awb 4:14"),  # ten weeks: the applicant is told
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

            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                awb = isinstance(node, ast.Constant) and str(node.value).startswith("Awb ")
                if awb and str(path.relative_to(HOUSE)) not in ENGINE:
                    strange.append(f"{path.relative_to(HOUSE)}:{node.lineno}")

    assert strange == []
    assert all(said and len(said) + len("reglement, zoals ") <= 60 for said in ARTICLES.values())


def test_no_page_says_that_the_law_gives_a_term_which_the_register_sets() -> None:
    pages = [page for room in ROOMS for page in (HOUSE / room).rglob("*.html")]

    assert [page.name for page in pages if "De wet geeft" in page.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("register", DECISION_WEEKS)
async def test_the_calculator_names_what_the_agenda_names(house: House, register: str) -> None:
    async def look(work: Work) -> tuple[str, int]:
        weeks = work.rules.chosen(register, work.today).terms["application-decision"].length
        return basis(work, register, "application", "decide"), weeks

    said, weeks = await house.system(look)
    asked = {"received_on": "2026-06-01", "suspensions": [{"asked_on": "2026-06-08", "ended_on": "2026-06-12"}]}
    answer = calculate({"kind": "application-decision", "register": register, **asked}, CALENDAR)

    assert DECISION_WEEKS[register] == weeks
    assert isinstance(answer["steps"], list)
    rules = [step["rule"] for step in answer["steps"]]
    stood_still = said.partition("Awb")[0] + "Awb 4:15(1)"
    assert said in rules
    assert stood_still in rules
    assert {rule for rule in rules if "4:1" in rule} == {said, stood_still}


async def test_a_file_names_the_article_of_its_term_as_the_agenda_does(house: House) -> None:
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    client = await house.client("nadia")
    lodged = await object_to(client, refusal["number"])
    nadia = await signed_in(house, "nadia")
    await nadia.open(f"/bezwaren/{lodged['id']}")

    assert "reglement, zoals Awb 7:10(1)" in nadia.text
    assert nadia.text.count("Awb 7:10(1)") == nadia.text.count("reglement, zoals Awb 7:10(1)")
