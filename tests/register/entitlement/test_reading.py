"""What cannot be read is refused by its place, all of it at once."""

import json
from decimal import Decimal

import pytest

from core.errors import Unusable
from core.law.caos import caos_of, shipped
from core.settings import from_environment
from register.rules.entitlement.answer import answer, run
from tests.register.entitlement.asking import director, spent, teacher

CAOS = shipped()


def errors(item):
    return [(each["field"], each["code"]) for each in answer(item, CAOS)["errors"]]


@pytest.mark.parametrize(
    ("request_for", "expected"),
    [
        (None, [("", "not-an-object")]),
        ({}, [(name, "required") for name in ("cao", "role", "from", "fte", "on")]),
        (teacher(cao="po-1999"), [("cao", "unknown-value")]),
        (teacher(role="janitor"), [("role", "unknown-value")]),
        (teacher(on="2018-12-31"), [("on", "before-from")]),
        (teacher(until="2018-12-31"), [("until", "before-from")]),
        (teacher(on=None), [("on", "required")]),
        (teacher(on="2019-02-29"), [("on", "not-a-day")]),
        (teacher(on="2201-01-01"), [("on", "day-out-of-range")]),
        (teacher(on=20191231), [("on", "not-a-day")]),
        (teacher(saving="true"), [("saving", "not-a-boolean")]),
        (teacher(saving=1), [("saving", "not-a-boolean")]),
        (teacher(more=1), [("more", "unknown-field")]),
        *((teacher(fte=fte), [("fte", "out-of-range")]) for fte in ("1.2001", -0.1, "-1", 10**30, "9" * 5000, 2)),
        *((teacher(fte=fte), [("fte", "too-many-decimals")]) for fte in ("0.12345", Decimal("1E-5"))),
        *((teacher(fte=fte), [("fte", "not-a-number")]) for fte in ("0,8", "", " 1", "1e0", "NaN", "٠", True, {})),
        (teacher(fte=float("inf")), [("fte", "out-of-range")]),
        (teacher(fte=[]), [("fte", "empty")]),
        (teacher(fte=[1]), [("fte[0]", "not-an-object")]),
        (teacher(fte=[{"from": "2019-01-02", "fte": 1}]), [("fte", "after-from")]),
        (teacher(fte=[{"fte": 1}]), [("fte[0].from", "required")]),
        (teacher(fte=[{"from": "2019-01-01", "fte": None}]), [("fte[0].fte", "required")]),
        (teacher(fte=[{"from": "2019-01-01", "fte": 2}]), [("fte[0].fte", "out-of-range")]),
        (teacher(fte=[{"from": "2019-01-01", "fte": each} for each in (1, 1)]), [("fte", "contradiction")]),
        (teacher(spent={}), [("spent", "not-a-list")]),
        (teacher(spent=[{}]), [("spent[0].on", "required")]),
        (teacher(spent=[spent("2019-01-01", -1)]), [("spent[0].eur", "out-of-range")]),
        (teacher(spent=[spent("2019-01-01", "1.005")]), [("spent[0].eur", "too-many-decimals")]),
        (teacher(spent=[spent("2019-01-01", hours="-0.01")]), [("spent[0].hours", "out-of-range")]),
        (teacher(spent=[spent("2019-01-01", True)]), [("spent[0].eur", "not-a-number")]),
        (teacher(spent=[spent("2019-01-01", 2**63)]), [("spent[0].eur", "out-of-range")]),
        (teacher(spent=[spent("2019-01-01", kind="mine")]), [("spent[0].kind", "unknown-value")]),
        (teacher(spent=[spent("2019-01-01", what="x")]), [("spent[0].what", "unknown-field")]),
        (teacher(spent=[spent("2019-13-01")]), [("spent[0].on", "not-a-day")]),
    ],
)
def test_each_mistake_has_a_place_and_a_code(request_for, expected):
    assert errors(request_for) == expected


def test_all_mistakes_are_said_at_once_with_what_repairs_them():
    found = answer(teacher(role="x", fte="2", on="2018-01-01", spent=[{}], extra=1), CAOS)["errors"]

    assert {each["field"] for each in found} == {"role", "fte", "on", "spent[0].on", "extra"}
    assert all(each["detail"] for each in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (teacher(fte=Decimal("0.8")), teacher(fte="0.80000")),  # trailing zeros are no decimals
        (teacher(fte=1), teacher(fte="1")),
        (teacher(until=None), {name: value for name, value in teacher().items() if name != "until"}),
        (teacher(spent=None, saving=None), teacher(spent=[], saving=False)),
        (director(saving=None), director(saving=True)),
        (
            teacher(spent=[spent("2019-01-01", kind=None)]),
            teacher(spent=[spent("2019-01-01", 0, Decimal("-0.0"), kind="own")]),
        ),
        # Taken by their day; one of before the first day holds on it.
        (
            teacher(fte=[{"from": "2019-07-01", "fte": 1}, {"from": "2019-01-01", "fte": 0.5}]),
            teacher(fte=[{"from": "2018-01-01", "fte": 0.5}, {"from": "2019-07-01", "fte": 1}]),
        ),
    ],
)
def test_the_same_said_otherwise_is_answered_alike(one, other):
    assert answer(one, CAOS) == answer(other, CAOS)
    assert "years" in answer(one, CAOS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-json"),
        ("{", "not-json"),
        ('{"fte": NaN}', "not-json"),
        ("[" * 100_000, "too-deep"),
        ("null", "not-an-object"),
        ('{"fte": 1e999999999}', "out-of-range"),
        ('{"fte": 1e99999999999999999999}', "out-of-range"),
        ('{"fte": ' + "9" * 5000 + "}", "out-of-range"),
        ('{"\\ud800": 1}', "unknown-field"),
    ],
)
def test_text_that_cannot_be_read_is_refused_and_never_breaks(text, code):
    said, exit_code = run(text, CAOS)

    assert code in [each["code"] for each in json.loads(said)["errors"]]
    assert exit_code == 2


HEAD = "article;what;amount;unit;valid_from;source;noted_on\n"


def table(**amounts: object) -> str:
    known = {"hours": 60, "eur-staff": 700, "eur-direction": 4000, "saving-years": 1} | amounts
    return HEAD + "".join(f"a;{what};{known[what]};e;2024-01-01;b;2026-12-01\n" for what in known)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("vo", table().replace("a;hours;60;e;2024-01-01;b;2026-12-01\n", ""), "lacks hours"),
        ("vo", table() + "a;bonus;1;e;2024-01-01;b;2026-12-01\n", "nothing is called bonus"),
        ("vo", table() + "a;hours;1;e;2025-02-01;b;2026-12-01\n", "hours begins on another day than 1 January"),
        ("vo", table() + "a;hours;1;e;2023-01-01;b;2026-12-01\n", "begins in another year than the rest"),
        ("vo", table(**{"saving-years": "0.5"}), "saving-years is no whole number"),
        ("vo", table(**{"eur-staff": "1e30"}), "eur-staff is too much"),
        ("vo", table(hours="veel"), "line 2 has an amount or a day that cannot be read"),
        ("VO 2024", table(), "is called otherwise than in kebab-case"),
    ],
)
def test_a_table_of_an_agreement_that_is_wrong_says_what_is(tmp_path, name, text, said):
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")

    with pytest.raises(Unusable) as refused:
        from_environment({"BEKWAAM_CAO_FOLDER": str(tmp_path)})

    assert all(line.startswith("BEKWAAM_CAO_FOLDER: ") for line in refused.value.lines)
    assert said in refused.value.lines[0]


def test_an_agreement_of_the_installation_takes_the_place_of_one_of_the_same_name(tmp_path):
    (tmp_path / "po-2019.csv").write_text(table(), encoding="utf-8")
    own = caos_of(tmp_path)

    assert answer(teacher(fte=1, on="2024-12-31"), own)["years"][-1]["eur"] == "700.00"
    with pytest.raises(Unusable):
        caos_of(tmp_path / "nowhere")


def test_every_figure_that_ships_has_a_source_and_the_day_it_was_noted():
    assert all(row.source and row.article and row.noted_on for cao in CAOS.values() for row in cao.rows)
