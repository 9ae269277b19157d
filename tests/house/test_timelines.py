"""Each duty that is kept by telling somebody stands on a timeline, once it was told, with its article and in words."""

import ast
from datetime import date
from fnmatch import fnmatch

import pytest

from accreditation.duties import DUTIES as PROVIDERS
from accreditation.providers.timeline import TABLE as OF_PROVIDERS
from appeals.duties import DUTIES as DISPUTES
from appeals.timeline import TABLE as OF_DISPUTES
from core.law.articles import ARTICLES
from core.law.duties import Duty
from core.texts import LANGUAGES
from core.timeline.policy import Act, Case, Coming, Reader, Table, Telling, lines
from core.web.pages import SAID
from core.web.timeline import words
from register.applications.duties import DUTIES as APPLICATIONS
from register.applications.timeline import TABLE as OF_APPLICATIONS
from register.committee.measures.timeline import TABLE as OF_MEASURES
from register.office.duties import DUTIES as PERSONAL_DATA
from register.office.publication.timeline import TABLE as OF_PUBLICATION
from tests.house.test_texts import OURS, name, text

INSIDE = {"notice"}
"""What is kept for the office alone and stands on nobody's timeline."""
TODAY = date(2024, 10, 1)
TABLES = {
    "disputes": OF_DISPUTES,
    "applications": OF_APPLICATIONS,
    "measures": OF_MEASURES,
    "providers": OF_PROVIDERS,
    "publication": OF_PUBLICATION,
}
TOLD = [
    (duty, topic, table)
    for duties, table in (
        (DISPUTES, OF_DISPUTES),
        (APPLICATIONS, OF_APPLICATIONS),
        (PROVIDERS, OF_PROVIDERS),
        (PERSONAL_DATA, OF_PUBLICATION),
    )
    for duty in duties
    for topic in duty.told
]
NOT_BY_MAIL = {"appeals/disputes/outgoing.py", "appeals/disputes/upkeep.py"}
"""Letters are rows themselves, whose text also goes by mail; and a term that nears is told to the office alone."""


@pytest.mark.parametrize(("duty", "topic", "table"), TOLD, ids=lambda one: str(getattr(one, "article", one))[:30])
def test_what_a_duty_tells_is_a_line_with_its_article(duty: Duty, topic: str, table: Table):
    (line,) = lines(Case(told=[Telling(topic, TODAY, "party")]), table, Reader.OFFICE, TODAY)

    assert duty.article in {one.article for one in table.duties if topic in one.told}
    assert line.article.startswith(("Awb ", "AVG "))
    assert words(line) != topic


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind", ["application", "correction", "measure", "objection", "appeal", "publication-objection"]
)
def test_what_is_to_come_in_a_case_is_said_in_words(kind: str, language: str):
    """Of each case of which its party reads a timeline."""
    said = {key for case, key in ARTICLES if case == kind} - INSIDE

    assert said
    assert [key for key in sorted(said) if SAID.label(key, "comes", language) == key] == []


def topics_of(node: ast.Call) -> str:
    """The topic of a mail, as far as it is written out; what is filled in is a star."""
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Constant):
        return str(first.value)
    if isinstance(first, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in first.values)
    return "*"


def test_every_mail_that_a_duty_asks_for_says_in_which_case_it_was_told():
    duties = {topic for duty in (*DISPUTES, *APPLICATIONS, *PROVIDERS, *PERSONAL_DATA) for topic in duty.told}
    rooms = {name(path).rsplit("/", 1)[0] for path in OURS if any(f'"{topic}"' in text(path) for topic in duties)}
    strange = []
    for path in OURS:
        if name(path) in NOT_BY_MAIL or "notification" in name(path):
            continue
        for node in ast.walk(ast.parse(text(path))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") == "send"
                and "address" in {one.arg for one in node.keywords}
            ):
                topic = topics_of(node)
                bound = any(fnmatch(one, topic) for one in duties)
                bound = bound and (topic != "*" or name(path).rsplit("/", 1)[0] in rooms)
                if bound and "about" not in {one.arg for one in node.keywords}:
                    strange.append(f"{name(path)}:{node.lineno} {topic}")

    assert strange == []


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_words(table: Table, language: str):
    assert [one.what for one in table.steps.values() if not SAID.has(f"timeline.{one.what}", language)] == []


def test_every_step_is_an_act_that_somebody_does():
    """An act that nobody writes into the trail under this name would leave its line out in silence."""
    sources = "\n".join(text(path) for path in OURS)
    for table in TABLES.values():
        for action in table.steps:
            kind, _, event = action.partition(":")
            written = f'"{action}"' in sources or f':{event}"' in sources or f'"{event}"' in sources
            assert written, (kind, event)


def test_nothing_comes_on_a_day_that_has_passed_and_no_party_reads_what_is_for_the_house():
    case = Case(
        acts=[Act("objection:advise", TODAY, {}), Act("objection:lodge", TODAY, {"received_on": "2024-09-28"})],
        told=[
            Telling("objection-hearing-panel", TODAY, "panel"),
            Telling("objection-received", TODAY, "party", "post", "to-post"),
            Telling("objection-received", TODAY, "representative", "post"),
        ],
        coming=[Coming("decide", date(2024, 9, 30)), Coming("notify", TODAY, inside=True), Coming("hearing", TODAY)],
    )
    party = lines(case, OF_DISPUTES, Reader.PARTY, TODAY)
    body = lines(case, OF_DISPUTES, Reader.BODY, TODAY)
    office = lines(case, OF_DISPUTES, Reader.OFFICE, TODAY)

    assert [(one.on.day, one.what, one.told) for one in party] == [
        (28, "lodged", ""),
        (1, "objection-received", "representative"),
        (1, "hearing", ""),
    ]
    assert [one.what for one in body] == ["lodged", "hearing"]
    assert [one.what for one in office] == [
        *("lodged", "advised", "objection-hearing-panel", "objection-received", "objection-received"),
        *("notify", "hearing"),
    ]
