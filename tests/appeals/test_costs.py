"""Costs that a party asked are worked out by the dated tariff, or refused with reasons (Awb 7:15, 7:28)."""

from datetime import date
from pathlib import Path

import pytest

from core.errors import Unusable
from core.law.calendar import shipped_calendar
from core.law.penalty import penalty
from core.law.tariffs import rates_of
from tests.appeals.test_told import objected, panelled
from tests.builders import House
from tests.journeys.disputing import ADVISERS, CHAMBER, by_body, done, heard, voted
from tests.journeys.test_beroep import appealed, dismissed
from tests.pages import signed_in

HEAD = "article;what;amount;unit;valid_from;source;noted_on\n"


async def test_awb_7_15_costs_are_worked_out_by_the_tariff_of_the_day_and_stand_in_the_decision(house: House):
    """A filing and a hearing are two points; of 2024 a point is 624 euros: 1,248 in a case of average weight."""
    path = await objected(house, asks_costs=True)
    contested = (await (await house.client("nadia")).get(path)).json()["contested"][0]
    adviser = await panelled(house, path)
    await heard(house, adviser, path, date(2024, 10, 21))
    await voted(house, path, ADVISERS, "upheld")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is op tijd."})
    other = {"decision_id": contested["id"], "reasons": "Op tijd behaald.", "issued_on": "2024-08-30"}
    ruling = {"outcome": "upheld", "reasons": "Wij volgen het advies.", "replacements": [other], "award_costs": True}

    await by_body(house, path, {**ruling, "costs_other": "12.50"} | {"costs_acts": ["filing", "hearing"]})
    known = await done(await house.client("griffier-bezwaar"), path, "notification")

    told = (await (await house.client("nadia")).get(f"/decisions/{known['decision_id']}")).json()
    assert "2 punten van €\u00a0624,00 (tarief vanaf 1 januari 2024), gewicht 1" in told["reasons"]
    assert "andere kosten: €\u00a012,50; samen €\u00a01.260,50." in told["reasons"]


def test_an_installation_adds_a_figure_without_code(tmp_path: Path):
    file = tmp_path / "tariffs.csv"
    file.write_text(f"{HEAD}Awb 4:17(2);penalty-days-1-14;50;euro per dag;2027-01-01;Stb. 2026, 1;2026-12-01\n")
    own, plain = rates_of(file), rates_of(None)

    # From 1 March 2027 on, a Monday, two weeks of grace end on 15 March; from the 16th to the 18th are two days.
    days = (date(2027, 2, 26), date(2027, 3, 1), date(2027, 3, 18), shipped_calendar())
    assert penalty(*days, own.penalties).amount_eur == 100
    assert penalty(*days, plain.penalties).amount_eur == 46
    assert own.on("costs-point", date(2025, 6, 1)).amount == 647

    for wrong in ("Awb;penalty-days-1-14;x;euro;2027-01-01;b;2026-12-01", "Awb;wat;1;euro;2027-01-01;b;2026-12-01"):
        file.write_text(f"{HEAD}{wrong}\n")
        with pytest.raises(Unusable):
            rates_of(file)


async def test_every_figure_shows_its_source_and_day(house: House):
    rows = (await house.http.get("/v1/tariffs")).json()
    page = await signed_in(house, "bureau")
    await page.open("/kantoor/tarieven")

    assert all(row["source"] and row["noted_on"] for row in rows)
    assert "Besluit proceskosten bestuursrecht" in page.text
    assert "tariff." not in page.text


async def test_awb_7_28_a_chamber_that_rules_for_a_party_answers_on_its_costs(house: House):
    """In 2025 a point is 647 euros; a filing in a light case counts half: 323.50."""
    valuation, refusal, objection = await dismissed(house, "laat")
    house.on(date(2025, 1, 20))
    registrar, path, _ = await appealed(house, "laat", objection["number"], asks_costs=True)
    await voted(house, path, CHAMBER, "decided-in-place")
    points = {"decision_id": valuation["id"], "reasons": "De cursus telt zestig punten.", "points": 60}
    renewal = {"decision_id": refusal["id"], "reasons": "Zestig punten is genoeg."}
    ruling = {"outcome": "decided-in-place", "reasons": "Eén te weinig.", "replacements": [points, renewal]}

    unsaid = await registrar.move(path, "decision", ruling)
    paid = {"award_costs": True, "costs_acts": ["filing"], "costs_weight": "light"}
    await done(registrar, path, "decision", ruling | paid)
    known = await done(registrar, path, "notification")

    assert (unsaid.status_code, unsaid.json()["code"]) == (400, "costs-reasons-missing")
    told = (await (await house.client("laat")).get(f"/decisions/{known['decision_id']}")).json()["reasons"]
    assert "gewicht 0,5; samen €\u00a0323,50." in told
