"""One mechanism, not a habit: for each of these there is one place that does it, and this finds the second."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("core", "auth", "accreditation", "appeals", "register")

ONE_WAY = {
    "lists that somebody hands over are read by core.store.tables": (
        r"csv\.(reader|DictReader)\(|\bload_workbook\(",
        # The rest reads tables of our own that ship with the product, or makes them.
        {
            "core/store/tables.py",
            "core/store/workbooks.py",
            "core/law/calendar.py",
            "core/law/tariffs.py",
            "register/office/statistics/service.py",
        },
    ),
    "what strangers send is opened in a bounded process": (
        r"\b(pypdfium2|PIL)\b import|import (pypdfium2|PIL)\b",
        {"core/store/opening.py"},
    ),
    "documents are typeset by functions that the press runs": (
        r"\btypst\.compile\(",
        {"core/letters.py", "appeals/disputes/bundle.py"},
    ),
    "nothing lives across a fork": (
        r"\bos\.fork\(|\bmultiprocessing\b|\bProcessPoolExecutor\b|^_?[A-Z_]+ = ThreadPoolExecutor\(",
        {"register/service/supervising.py"},  # it says that workers are spawned
    ),
    "a diary is written by core.diary": (r"^from icalendar|^import icalendar|BEGIN:VEVENT", {"core/diary.py"}),
    "pages stand outside the API document by their router": (
        r"include_in_schema",
        {"register/service/app.py", "register/service/health.py"},
    ),
    "where people find us is settings.address": (
        r"\bsettings\.origin\b",
        # Whether it is HTTPS decides how cookies are named, and the API document may name nothing else.
        {"register/service/app.py", "register/service/openapi.py"},
    ),
    "what the operator is called and where it lives stands in its file": (
        r"bekwaam\.invalid|Postbus \d",
        # Names that are never looked up: of events, of messages, and of the sender where tests name none.
        {"core/diary.py", "core/mail.py"},
    ),
}


@pytest.mark.parametrize("rule", ONE_WAY)
def test_there_is_one_place_that_does_it(rule: str):
    pattern, places = ONE_WAY[rule]
    found = {
        str(path.relative_to(HOUSE))
        for room in ROOMS
        for path in (HOUSE / room).rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert found - places == set()
    assert places - found == set(), "the rule names a place that does not do it any more"
