"""What holds for every entitlement, whatever was granted and spent."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.law.caos import shipped
from register.rules.entitlement.answer import answer, run
from tests.register.entitlement.asking import lines, requests

CAOS = shipped()


def ask(request):
    found = answer(request, CAOS)
    assert "errors" not in found, found
    return found


def amount(year, name):
    return Decimal(year[name])


@given(requests())
def test_what_was_granted_is_spent_or_left_or_lapsed_or_moved_and_nothing_is_below_zero(request):
    found = ask(request)

    for year in found["years"]:
        eur, hours = ([name for name in year if name.startswith(what + "_")] for what in ("eur", "hours"))
        assert amount(year, "eur") == sum(amount(year, name) for name in eur), year
        assert amount(year, "hours") == sum(amount(year, name) for name in hours), year
        assert all(amount(year, name) >= 0 for name in ("eur", "hours", *eur, *hours)), year
        assert all(year[name] == f"{amount(year, name):.2f}" for name in ("eur", "hours", *eur, *hours)), year


@given(requests())
def test_the_sums_are_those_of_the_years(request):
    found = ask(request)
    years = found["years"]

    assert [year["year"] for year in years] == list(range(int(request["from"][:4]), int(request["on"][:4]) + 1))
    assert Decimal(found["available_eur"]) == sum(amount(year, "eur_left") for year in years)
    assert Decimal(found["to_general_budget_eur"]) == sum(amount(year, "eur_moved") for year in years)
    assert found["available_hours"] == years[-1]["hours_left"]


@given(requests())
def test_what_was_spent_is_what_the_lines_asked_that_were_taken(request):
    found = ask(request)
    refused = {each["line"] for each in found["refused"]}
    taken = [
        line
        for at, line in enumerate(request["spent"])
        if at not in refused and line["kind"] == "own" and line["on"] <= request["on"]
    ]

    for what in ("eur", "hours"):
        assert sum(amount(year, f"{what}_spent") for year in found["years"]) == sum(Decimal(one[what]) for one in taken)
    for year in found["years"]:
        of_it = [Decimal(one["hours"]) for one in taken if one["on"][:4] == str(year["year"])]
        assert amount(year, "hours_spent") == sum(of_it)


@given(requests(), st.lists(lines(), max_size=4))
def test_lines_after_the_day_change_nothing(request, more):
    later = [line for line in more if line["on"] > request["on"]]

    assert ask(request | {"spent": [*request["spent"], *later]}) == ask(request)


@given(requests())
def test_lines_of_different_days_may_be_given_in_any_order(request):
    by_day = list({line["on"]: line for line in request["spent"]}.values())
    found, other = (ask(request | {"spent": given}) for given in (by_day, by_day[::-1]))

    assert {**found, "refused": 0} == {**other, "refused": 0}
    last = len(by_day) - 1
    assert found["refused"] == [{**each, "line": last - each["line"]} for each in other["refused"]]


@given(requests())
def test_a_refused_line_takes_nothing_and_one_outside_the_appointment_is_always_refused(request):
    found = ask(request)
    refused = {each["line"]: each["code"] for each in found["refused"]}
    kept = [line for at, line in enumerate(request["spent"]) if at not in refused]

    again = ask(request | {"spent": kept})

    assert (again["years"], again["refused"]) == (found["years"], [])
    for at, line in enumerate(request["spent"]):
        outside = line["on"] < request["from"] or (request["until"] is not None and line["on"] > request["until"])
        assert (refused.get(at) == "outside-appointment") == (outside and line["on"] <= request["on"])


@given(requests())
def test_what_moves_is_of_the_direction_and_what_lapses_of_others(request):
    of_direction = request["role"] in {"director", "deputy"}

    for year in ask(request)["years"]:
        assert amount(year, "eur_lapsed" if of_direction else "eur_moved") == 0
        if request["until"]:
            assert year["expires_on"] <= request["until"]
        closed = year["expires_on"] < request["on"]
        assert amount(year, "eur_left") == 0 or not closed
        assert closed or amount(year, "eur_lapsed") + amount(year, "eur_moved") == 0


@given(requests())
def test_a_factor_for_all_days_is_a_list_of_one_and_the_default_of_saving_is_that_of_the_role(request):
    flat = request | {"fte": "0.75"}
    said = request["role"] in {"director", "deputy"}

    assert ask(flat) == ask(flat | {"fte": [{"from": request["from"], "fte": 0.75}]})
    assert ask(request | {"saving": None}) == ask(request | {"saving": said})


@given(st.lists(requests() | st.sampled_from([None, {}, {"cao": "po-2019"}]), max_size=5))
def test_an_array_is_answered_as_its_items_one_by_one(items):
    text, _ = run(json.dumps(items), CAOS)

    assert json.loads(text) == [json.loads(run(json.dumps(item), CAOS)[0]) for item in items]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=8,
)


@given(requests(), st.sampled_from(["cao", "role", "from", "until", "fte", "saving", "on", "spent"]), JSON)
def test_whatever_stands_in_a_field_there_is_an_answer(request, field, value):
    found = answer(request | {field: value}, CAOS)

    assert ("errors" in found) != ("years" in found)
    json.dumps(found).encode()
