"""The page of terms: what is lacking is said field by field, and what was typed stays."""

import pytest

from appeals.pages import KINDS
from tests.builders import House
from tests.pages import browser


async def test_a_term_without_its_day_says_what_to_fill_in_and_keeps_the_rest(house: House) -> None:
    one = browser(house)
    await one.open("/termijnen?kind=objection-timely")
    typed = dict(one.form("/termijnen").values) | {
        "channel": "post",
        "posted_on": "3-9-2026",
    }
    answer = await one.http.get("/termijnen", params=typed)

    assert answer.status_code == 400
    assert "Vul de dag in waarop het besluit is verzonden" in answer.text
    assert "Vul de dag van ontvangst in" in answer.text
    assert 'value="3-9-2026"' in answer.text
    assert 'value="post" selected' in answer.text


@pytest.mark.parametrize("kind", KINDS)
async def test_no_term_asked_with_nothing_is_answered_with_nothing(house: House, kind: str) -> None:
    one = browser(house)
    await one.open(f"/termijnen?kind={kind}")
    assert one.page.status_code == 200
    assert "term-needed" not in one.text
    answer = await one.http.get("/termijnen", params=dict.fromkeys(one.form("/termijnen").names, "") | {
        "kind": kind, "gevraagd": kind
    })  # fmt: skip

    assert answer.status_code == 400
    assert "Vul " in answer.text or "Kies " in answer.text
    assert "term-needed" not in answer.text
    assert "Vul dit in." not in answer.text


async def test_who_chooses_another_term_sees_its_questions_first(house: House) -> None:
    one = browser(house)
    asked = {"kind": "objection-timely", "gevraagd": "objection", "notified_on": "1-7-2025"}
    answer = await one.http.get("/termijnen", params=asked)

    assert answer.status_code == 200
    assert 'value="1-7-2025"' in answer.text
    assert "Hoe is het bezwaar ingediend?" in answer.text
