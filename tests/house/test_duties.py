"""Each duty of procedure has a test, a mail that exists, a refusal with a sentence, and its row in the document."""

import re
from pathlib import Path

import pytest

from accreditation.duties import DUTIES as PROVIDERS
from appeals.duties import DUTIES as DISPUTES
from core.law.duties import Duty, as_table
from core.web.pages import SAID
from register.applications.duties import DUTIES as APPLICATIONS
from register.office.duties import DUTIES as PERSONAL_DATA

HOUSE = Path(__file__).parents[2]
ALL = (*DISPUTES, *APPLICATIONS, *PROVIDERS, *PERSONAL_DATA)
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ("accreditation", "appeals", "register")
    for path in (HOUSE / room).rglob("*.py")
)
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in (HOUSE / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("duty", ALL, ids=lambda duty: duty.article)
def test_a_duty_has_what_it_names(duty: Duty):
    assert f"def {duty.test}(" in TESTS
    assert duty.told or duty.refuses
    for topic in duty.told:
        assert SAID.label(topic, "mail-topic", "nl") != topic, topic
        kind, _, what = topic.partition("-")
        assert f'"{topic}"' in SOURCES or ("{row.kind.value}-" + what in SOURCES and kind in {"objection", "appeal"})
    for code in duty.refuses:
        assert re.search(rf'"{code}"', SOURCES), code


def test_the_document_shows_every_duty_as_it_is():
    assert as_table(ALL) in (HOUSE / "docs" / "duties.md").read_text(encoding="utf-8")
