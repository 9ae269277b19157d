"""Examples worked out by hand, through the command; the reason stands beside each."""

import json
import os
import subprocess
from typing import Any

import pytest

from tests.commands import BEKWAAM
from tests.register.entitlement.asking import Request, director, spent, teacher


def command(value: object, *arguments: str, **environment: str) -> tuple[Any, int]:
    """What `bekwaam entitlement` answers, and its exit code."""
    done = subprocess.run(
        [BEKWAAM, "entitlement", *arguments],
        input=value if isinstance(value, str) else json.dumps(value),
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    assert done.stderr == ""
    return json.loads(done.stdout), done.returncode


def of(request: Request, year: int, **expected: str) -> tuple[Request, int, dict[str, str]]:
    return request, year, expected


GRANTED = [
    of(teacher(), 2019, eur="400.00", hours="66.40", expires_on="2019-12-31"),  # 500 x 0.8; 83 x 0.8
    of(teacher(role="support"), 2019, eur="400.00", hours="66.40"),  # support staff as teachers
    of(teacher(**{"from": "2019-08-01", "fte": 1}), 2019, eur="208.33", hours="34.58"),  # 5 months: 208.333; 34.583
    of(teacher(**{"from": "2019-08-02", "fte": 1}), 2019, eur="166.67", hours="27.67"),  # 1 August not: 166.667; 27.667
    of(teacher(**{"from": "2019-12-02", "fte": 1}), 2019, eur="0.00", hours="0.00"),  # no first day of a month
    of(teacher(until="2019-06-01", fte=1), 2019, eur="250.00", hours="41.50", expires_on="2019-06-01"),  # June counts
    of(teacher(until="2019-05-31", fte=1), 2019, eur="208.33", hours="34.58", expires_on="2019-05-31"),  # June does not
    of(teacher(on="2019-01-01", fte=1), 2019, eur="500.00", hours="83.00"),  # the whole year from its first day
    of(teacher(on="2021-06-30"), 2020, eur="480.00"),  # 600 in 2020
    of(teacher(on="2021-06-30"), 2021, eur="480.00"),  # and in 2021
    of(teacher(on="2022-06-30"), 2022, eur="400.00"),  # as 2019 again
    of(teacher(on="2031-01-01"), 2031, eur="400.00", hours="66.40"),  # and later years
    of(teacher(**{"from": "2018-02-01"}), 2018, eur="0.00", hours="0.00", expires_on="2018-12-31"),  # none before 2019
    of(teacher(fte="0"), 2019, eur="0.00", hours="0.00"),
    of(teacher(fte="1.2"), 2019, eur="600.00", hours="99.60"),  # a factor above one
    of(teacher(fte="0.3333"), 2019, eur="166.65", hours="27.66"),  # 166.65; 27.6639
    # A factor counts for a month when it holds on its first day: 1 in January to June, 0.5 after it, 9 in all.
    of(
        teacher(fte=[{"from": "2019-01-01", "fte": "1"}, {"from": "2019-06-15", "fte": "0.5"}]),
        2019,
        eur="375.00",  # 500 x 9 / 12
        hours="62.25",  # 83 x 9 / 12
    ),
    # Known on 1 March already: what changes later in the year is part of the whole year.
    of(
        teacher(on="2019-03-01", fte=[{"from": "2019-01-01", "fte": 1}, {"from": "2019-10-01", "fte": 0}]),
        2019,
        eur="375.00",
    ),
    of(teacher(**{"from": "2020-02-29", "fte": 1, "on": "2020-02-29"}), 2020, eur="500.00", hours="69.17"),  # 10 months
    # Half a cent rounds up: 600 x 0.0001 / 12 = 0.005; and half a hundredth: 83 x 0.18 / 12 = 1.245.
    of(teacher(**{"from": "2020-01-01", "until": "2020-01-31", "fte": "0.0001", "on": "2020-01-31"}), 2020, eur="0.01"),
    of(teacher(**{"from": "2020-01-01", "until": "2020-01-31", "fte": "0.18", "on": "2020-01-31"}), 2020, hours="1.25"),
    # Summed first: two months of half a cent are one cent, not two.
    of(teacher(**{"from": "2020-01-01", "until": "2020-02-29", "fte": "0.0001", "on": "2020-02-29"}), 2020, eur="0.01"),
    of(director(), 2019, eur="3000.00", hours="41.50", expires_on="2022-12-31"),  # hours by the factor
    of(director(role="deputy"), 2019, eur="3000.00", expires_on="2022-12-31"),
    of(director(fte=0), 2019, eur="3000.00", hours="0.00"),
    of(director(on="2021-01-01"), 2020, eur="3100.00", expires_on="2023-12-31"),
    of(director(on="2022-01-01"), 2022, eur="3000.00", expires_on="2025-12-31"),
    of(director(**{"from": "2019-08-01"}), 2019, eur="1250.00"),  # 3000 x 5 / 12
    of(director(until="2021-07-31", on="2021-01-01"), 2019, expires_on="2021-07-31"),  # never later than the last day
    of(director(until="2021-07-31", on="2021-01-01"), 2021, eur="1808.33"),  # 3100 x 7 / 12, known on 1 January
    of(director(saving=False), 2019, expires_on="2019-12-31"),
    of(teacher(saving=True), 2019, expires_on="2022-12-31"),
]

CLOSED = [
    of(teacher(on="2019-12-31"), 2019, eur_left="400.00", eur_lapsed="0.00", hours_left="66.40"),  # still open
    of(teacher(on="2020-01-01"), 2019, eur_left="0.00", eur_lapsed="400.00", eur_moved="0.00", hours_lapsed="66.40"),
    of(teacher(on="2022-12-31", saving=True), 2019, eur_left="400.00", hours_left="0.00", hours_lapsed="66.40"),
    of(teacher(on="2023-01-01", saving=True), 2019, eur_left="0.00", eur_lapsed="400.00"),  # hours are never saved
    of(director(on="2022-12-31"), 2019, eur_left="3000.00", eur_moved="0.00"),
    of(director(on="2023-01-01"), 2019, eur_left="0.00", eur_moved="3000.00", eur_lapsed="0.00"),  # within four years
    of(director(on="2020-01-01", saving=False), 2019, eur_moved="3000.00"),
    of(teacher(until="2019-06-30", on="2019-06-30", fte=1), 2019, eur_left="250.00", hours_left="41.50"),
    of(teacher(until="2019-06-30", on="2019-07-01", fte=1), 2019, eur_lapsed="250.00", hours_lapsed="41.50"),
    of(director(until="2019-06-30", on="2019-07-01"), 2019, eur_moved="1500.00", hours_lapsed="20.75"),
    of(director(until="2019-06-30", on="2021-03-01"), 2021, eur="0.00", eur_moved="0.00", expires_on="2019-06-30"),
]

SPENT = [
    # The oldest first, and the rest of a line from the next.
    of(director(on="2020-06-01", spent=[spent("2020-05-01", 3500)]), 2019, eur_spent="3000.00", eur_left="0.00"),
    of(director(on="2020-06-01", spent=[spent("2020-05-01", 3500)]), 2020, eur_spent="500.00", eur_left="2600.00"),
    # Of 2019 nothing is open any more on 1 January 2023: it comes from 2020.
    of(director(on="2023-01-01", spent=[spent("2023-01-01", "100.10")]), 2020, eur_spent="100.10", eur_left="2999.90"),
    of(director(on="2023-01-01", spent=[spent("2022-12-31", "100.10")]), 2019, eur_spent="100.10", eur_moved="2899.90"),
    of(teacher(spent=[spent("2019-12-31", "12.50", "1.25")]), 2019, eur_left="387.50", hours_left="65.15"),  # on it
    of(teacher(spent=[spent("2019-05-01", 400, 66.4)]), 2019, eur_left="0.00", hours_left="0.00"),  # to the last cent
    of(teacher(spent=[spent("2019-05-01", 400, 66.4, kind="assigned")]), 2019, eur_spent="0.00", hours_spent="0.00"),
    # Hours come from their year, although the euros come from the year before it.
    of(director(on="2020-06-01", spent=[spent("2020-05-01", 10, 5)]), 2019, eur_spent="10.00", hours_lapsed="41.50"),
    of(director(on="2020-06-01", spent=[spent("2020-05-01", 10, 5)]), 2020, eur_spent="0.00", hours_left="36.50"),
]


@pytest.fixture(scope="module")
def answered() -> list[Any]:
    """All of them in one array, in their order."""
    found, code = command([request for request, _, _ in [*GRANTED, *CLOSED, *SPENT]])
    assert code == 0
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("at", range(len(GRANTED) + len(CLOSED) + len(SPENT)))
def test_each_year_is_as_it_was_worked_out_by_hand(answered, at):
    request, year, expected = [*GRANTED, *CLOSED, *SPENT][at]
    found = next(each for each in answered[at]["years"] if each["year"] == year)

    assert {name: found[name] for name in expected} == expected, request


REFUSED = [
    ([spent("2018-12-31")], ["outside-appointment"]),  # the day before the first, though it asks nothing
    ([spent("2018-12-31", kind="assigned")], ["outside-appointment"]),  # whoever pays
    ([spent("2019-07-01", 1)], ["outside-appointment"]),  # the day after the last
    ([spent("2019-06-30", 1)], [None]),
    ([spent("2019-01-01", "250.01")], ["over-budget"]),  # 250.00 is there
    ([spent("2019-01-01", 1, "41.51")], ["over-budget"]),  # 41.50 is there, and then no euros either
    ([spent("2019-01-01", "250.01", kind="assigned")], [None]),
    # In the order given on one day: the first takes, and what is left is too little for the second.
    ([spent("2019-02-01", 200), spent("2019-02-01", 100)], [None, "over-budget"]),
    ([spent("2019-02-01", 100), spent("2019-02-01", 200)], [None, "over-budget"]),
    # By day first: the later day was given first, and is refused.
    ([spent("2019-02-02", 200), spent("2019-02-01", 100)], ["over-budget", None]),
    # What was refused took nothing, so the next still fits.
    ([spent("2019-02-01", 250, 42), spent("2019-02-01", 250)], ["over-budget", None]),
    # After the day that is asked for (30 November): not looked at, so not refused either.
    ([spent("2019-12-01", 9999), spent("2019-11-30", 1)], [None, "outside-appointment"]),
]


@pytest.mark.parametrize(("lines", "codes"), REFUSED)
def test_a_line_is_refused_with_its_place_and_takes_nothing(lines, codes):
    found, code = command(teacher(until="2019-06-30", fte=1, on="2019-11-30", spent=lines))

    refused = {each["line"]: each["code"] for each in found["refused"]}
    assert (code, [refused.get(at) for at in range(len(lines))]) == (0, codes)
    asked = sum(float(line.get("eur", 0)) for line, code in zip(lines, codes, strict=True) if not code and is_own(line))
    assert float(found["years"][0]["eur_spent"]) == asked


def is_own(line: Request) -> bool:
    return line.get("kind") != "assigned" and line["on"] <= "2019-11-30"


def test_refused_lines_stand_as_they_were_looked_at_and_an_old_year_has_nothing_to_take():
    lines = [spent("2019-03-01", 500), spent("2018-11-01", 1), spent("2018-11-01", hours=1), spent("2018-11-01")]

    found, code = command(teacher(**{"from": "2018-01-01", "spent": lines}))

    assert code == 0
    assert found["refused"] == [{"line": at, "code": "over-budget"} for at in (1, 2, 0)]


def test_a_director_s_five_years_as_a_whole():
    """3000 + 3100 + 3100 + 3000 + 3000; of 2019 1000 was spent in 2021 and 2000 moved on 1 January 2023."""
    lines = [spent("2021-03-01", 1000, 8), spent("2023-02-01", "3200.50", "41.5"), spent("2023-03-01", hours="0.01")]

    found, code = command(director(on="2023-05-01", spent=lines))

    euros = [(each["year"], each["eur_spent"], each["eur_left"], each["eur_moved"]) for each in found["years"]]
    assert euros == [
        (2019, "1000.00", "0.00", "2000.00"),
        (2020, "3100.00", "0.00", "0.00"),
        (2021, "100.50", "2999.50", "0.00"),
        (2022, "0.00", "3000.00", "0.00"),
        (2023, "0.00", "3000.00", "0.00"),
    ]
    totals = ("available_eur", "available_hours", "to_general_budget_eur")
    assert [found[name] for name in totals] == ["8999.50", "0.00", "2000.00"]
    assert (found["refused"], code) == ([{"line": 2, "code": "over-budget"}], 0)


def test_the_answer_has_its_fields_in_their_order_and_says_why():
    found, _ = command(teacher(**{"from": "2018-06-01", "on": "2020-01-01"}))

    years = "year eur eur_spent eur_left eur_lapsed eur_moved expires_on hours hours_spent hours_left hours_lapsed"
    top = "years available_eur available_hours to_general_budget_eur refused steps"
    assert (list(found), list(found["years"][0])) == (top.split(), years.split())
    assert all(set(step) == {"rule", "why"} for step in found["steps"])
    said = " / ".join(step["why"] for step in found["steps"])
    assert "2018: po-2019 has amounts from 2019 and none for years before it" in said
    assert "2019: 500 euros x 9.6 (the factors of 12 months together) / 12 = 400.00" in said
    assert "2019: 400.00 euros were not spent by 2019-12-31 and lapse" in said


@pytest.mark.parametrize(
    ("items", "code"),
    [([teacher(), teacher()], 0), ([teacher(), {}], 1), ([{}], 2), ([], 0), (teacher(), 0), ({}, 2), ("[", 2)],
)
def test_the_exit_code_says_how_much_was_read(items, code):
    found, said = command(items)

    assert (said, isinstance(found, list)) == (code, isinstance(items, list))


def test_it_reads_a_file_and_the_agreements_of_the_installation(tmp_path):
    table = "article;what;amount;unit;valid_from;source;noted_on\n" + "".join(
        f"art. 1;{what};{amount};eenheid;2024-01-01;de cao;2026-12-01\n"
        for what, amount in {"hours": 60, "eur-staff": 750.50, "eur-direction": 4000, "saving-years": 1}.items()
    )
    (tmp_path / "vo-2024.csv").write_text(table, encoding="utf-8")
    (tmp_path / "asked.json").write_text(json.dumps([director(cao="vo-2024", on="2024-01-01"), teacher()]))

    found, code = command("", "--file", str(tmp_path / "asked.json"), BEKWAAM_CAO_FOLDER=str(tmp_path))

    last = found[0]["years"][-1]
    assert (code, last["eur"], last["hours"], last["expires_on"]) == (0, "4000.00", "30.00", "2025-12-31")
    assert found[0]["years"][0]["eur"] == "0.00"
    assert found[1]["years"][0]["eur"] == "400.00"
