"""The course of the register by quarter, and what of the decisions came in time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law.days import next_day
from register.office.statistics.quarters import last_quarters, quarter_of
from tests.builders import House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import signed_in
from tests.register.statistics.test_statistics import taken_over

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_each_day_lies_in_one_quarter_and_quarters_follow_each_other(day):
    quarter = quarter_of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert next_day(quarter.before.last_day) == quarter.first_day
    assert last_quarters(day, 3) == [quarter.before.before, quarter.before, quarter]


async def csv_of(house: House, who: str) -> list[str]:
    answer = await (await signed_in(house, who)).http.get("/kantoor/cijfers/csv")
    assert answer.status_code == 200, answer.text
    return answer.text.lstrip("\ufeff").splitlines()


async def test_the_course_follows_the_histories_and_todays_quarter_ends_today(house: House):
    """Seven are registered since 2020; 2024's third quarter is running on 12 September."""
    await taken_over(house)
    page = await (await signed_in(house, "bureau")).open("/kantoor/cijfers")

    assert page.status_code == 200, page.text
    assert page.text.count("<circle") == 12 + 1  # a point for each quarter, and one in the key
    for said in ("kwartaal 3 van 2024", "kwartaal 4 van 2021"):
        row = page.text.split(said)[1].split("</tr>")[0]
        assert ">7<" in row, said
    assert "kwartaal 3 van 2021" not in page.text


@pytest.mark.parametrize(
    ("today", "in_time"),
    [
        (date(2024, 11, 7), "1"),  # eight weeks (Awb 4:13) after Thursday 12 September: the last day
        (date(2024, 11, 8), "0"),
    ],
)
async def test_a_decision_counts_as_in_time_until_its_last_day(house: House, today: date, in_time: str):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    house.on(today)
    await decide(house, file, "for", {"reasons": "In orde."})

    head, line = await csv_of(house, "bureau")
    assert head == "Soort;Jaar;Kwartaal;Besluiten;Op tijd"
    assert line == f"Besluit op uw aanvraag om registratie;2024;4;1;{in_time}"


async def test_the_course_is_not_for_everybody(house: House):
    await a_leader(house.world, "leo")
    for path in ("/kantoor/cijfers", "/kantoor/cijfers/csv"):
        assert (await (await signed_in(house, "leo")).http.get(path)).status_code == 403
