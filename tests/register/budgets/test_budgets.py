"""A board keeps the hours and budget of its staff; it and the holder see them, and nobody else."""

import asyncio
import json
import subprocess
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from core.store.audit import TrailEvent
from register.employers.budgets.models import BudgetLine
from register.office.personal_data import service as personal_data
from tests.builders import MEMBERS, PLACES, Client, House, a_leader, a_teacher
from tests.commands import BEKWAAM
from tests.pages import signed_in
from tests.register.retention.test_retention import count, erased, gone_away
from tests.register.sharing.steps import a_board_administrator, becomes_public, leaves

TODAY = date(2024, 9, 16)
TERMS = {"cao": "po-2019", "saving": True, "holds_from": "2019-08-01", "factor": 0.8}


async def a_post(house: House, who: str = "nadia") -> str:
    """A director at the board of `bestuur` since 1 August 2019; the id of the post."""
    await a_leader(house.world, who, family="Haddad")
    await a_board_administrator(house)
    house.on(TODAY)
    return str((await (await house.client(who)).get("/appointments")).json()[0]["id"])


async def kept(house: House) -> tuple[str, Client]:
    """The same with its terms noted, and the board."""
    post, board = await a_post(house), await house.client("bestuur")
    assert (await board.post(f"/board/posts/{post}/budget-terms", TERMS)).status_code == 201
    return post, board


def by_command(asked: object) -> Any:
    """What `bekwaam entitlement` answers."""
    done = subprocess.run([BEKWAAM, "entitlement"], input=json.dumps(asked), capture_output=True, text=True)
    return json.loads(done.stdout)


def spent(on: str, eur: float = 0, hours: float = 0, **more: Any) -> dict[str, Any]:
    return {"spent_on": on, "eur": eur, "hours": hours, "what": "Opleiding leidinggeven", **more}


async def test_a_board_books_and_takes_back_and_the_holder_reads_the_same(house: House):
    """3000 of 2021 can be spent until the end of 2024; what 2019 and 2020 had left has moved by now."""
    post, board = await kept(house)
    path = f"/board/posts/{post}"

    first = (await board.post(f"{path}/spending", spent("2024-03-01", 1200.50, 16))).json()
    wrong = (await board.post(f"{path}/spending", spent("2024-04-01", 99, 1))).json()
    back = await board.post(f"/board/spending/{wrong['id']}/reversal", {"reason": "Dubbel geboekt"})
    assigned = await board.post(f"{path}/spending", spent("2024-05-01", 9999, 99, kind="assigned"))

    assert (back.status_code, back.json()["reverses_id"]) == (201, wrong["id"])
    assert (assigned.status_code, first["eur"], first["hours"]) == (201, "1200.50", "16.00")
    seen = (await board.get(f"{path}/budget")).json()
    years = {one["year"]: one for one in seen["entitlement"]["years"]}
    # 1250 of 2019 (3000 x 5 / 12) moved on 1 January 2023, and 3100 of 2020 on 1 January 2024.
    assert seen["entitlement"]["to_general_budget_eur"] == "4350.00"
    assert (years[2021]["eur_spent"], years[2021]["eur_left"], years[2021]["expires_on"]) == (
        "1200.50",
        "1899.50",  # of 3100
        "2024-12-31",
    )
    assert (years[2024]["hours"], years[2024]["hours_spent"]) == ("66.40", "16.00")  # 83 x 0.8
    assert seen["entitlement"]["available_eur"] == "10899.50"  # and 3000 of 2022, 2023 and 2024
    assert [(one["reversed"], one["code"]) for one in seen["lines"]] == [
        (False, None),
        (True, None),
        (False, None),
        (False, None),
    ]
    assert (await (await house.client("nadia")).get("/budgets")).json() == [seen]


async def test_what_a_ledger_shows_is_what_the_command_answers_to_what_was_booked(house: House):
    post, board = await kept(house)
    path = f"/board/posts/{post}"
    for n, (on, eur, hours) in enumerate(
        [("2019-12-31", 0.01, 0), ("2021-02-28", 333.33, 12.25), ("2024-09-16", 0, 3), ("2022-06-01", 4200, 0)]
    ):
        line = (await board.post(f"{path}/spending", spent(on, eur, hours))).json()
        if n == 1:
            await board.post(f"/board/spending/{line['id']}/reversal", {"reason": "Andere dag"})
    more = {**TERMS, "holds_from": "2022-06-15", "factor": "0.95"}
    await board.post(f"{path}/budget-terms", more)
    seen = (await board.get(f"{path}/budget")).json()

    said = await asyncio.to_thread(by_command, seen["asked"])
    by_web = await house.http.post("/v1/entitlements", json=seen["asked"])

    assert said == seen["entitlement"] == by_web.json()
    assert len(seen["asked"]["spent"]) == 3
    for who, address in (("bestuur", f"/bestuur/aanstellingen/{post}/budget"), ("nadia", "/mijn/budget")):
        page = await signed_in(house, who)
        await page.open(address)
        text = page.text.replace("\N{NO-BREAK SPACE}", " ")
        for year in seen["entitlement"]["years"]:
            left = f"€ {float(year['eur_left']):,.2f}".translate(str.maketrans(",.", ".,"))
            assert left in text, (who, year)
        assert "werktijdfactor 0,95" in text
        assert "Teruggeboekt: Andere dag" in text


async def test_a_line_that_does_not_fit_is_refused_with_what_would_repair_it_and_leaves_no_trace(house: House):
    post, board = await a_post(house), await house.client("bestuur")
    path = f"/board/posts/{post}"

    async def refused(sent: dict[str, Any], to: str = "spending") -> tuple[int, str]:
        answer = await board.post(f"{path}/{to}", sent)
        found = answer.json()
        return answer.status_code, found["errors"][0]["code"] if found.get("errors") else found["code"]

    assert await refused(spent("2024-03-01", 1)) == (409, "terms-first")
    assert await refused({**TERMS, "holds_from": "2020-01-01"}, "budget-terms") == (400, "first-day-first")
    assert await refused({**TERMS, "holds_from": "2019-07-31"}, "budget-terms") == (400, "before-appointment")
    assert await refused({**TERMS, "cao": "vo-1999"}, "budget-terms") == (400, "unknown-choice")
    assert (await refused({**TERMS, "factor": 1.2001}, "budget-terms"))[0] == 400
    assert (await board.post(f"{path}/budget-terms", {**TERMS, "factor": 1.2})).status_code == 201
    assert await refused(spent("2024-03-01")) == (400, "nothing-spent")
    assert await refused(spent("2024-09-17", 1)) == (400, "spent-later")
    assert await refused(spent("2019-07-31", 1)) == (409, "outside-appointment")
    assert await refused(spent("2024-03-01", 12_100.01)) == (409, "over-budget")  # 3100 + 3 x 3000
    assert await refused(spent("2024-03-01", 1, 99.61)) == (409, "over-budget")  # 83 x 1.2
    assert (await refused(spent("2024-03-01", -1)))[0] == 400
    assert (await board.post(f"{path}/spending", spent("2024-03-01", 12_100))).status_code == 201
    assert await refused(spent("2024-02-01", 1)) == (409, "displaces-later")
    async with house.means.database.reading() as session:
        assert len((await session.exec(select(BudgetLine))).all()) == 1


async def test_a_line_is_taken_back_once_and_a_counter_booking_never(house: House):
    post, board = await kept(house)
    line = (await board.post(f"/board/posts/{post}/spending", spent("2024-03-01", 10))).json()
    path = f"/board/spending/{line['id']}/reversal"

    back = (await board.post(path, {"reason": "Fout"})).json()
    again = await board.post(path, {"reason": "Fout"})
    other = await board.post(f"/board/spending/{back['id']}/reversal", {"reason": "Fout"})

    assert [(one.status_code, one.json()["code"]) for one in (again, other)] == [(409, "spending-taken-back")] * 2


async def test_a_factor_that_is_noted_anew_may_leave_lines_without_effect_and_says_which(house: House):
    post, board = await kept(house)
    path = f"/board/posts/{post}"
    await board.post(f"{path}/spending", spent("2024-03-01", 0, 66.4))

    seen = (await board.post(f"{path}/budget-terms", {**TERMS, "factor": 0.5})).json()

    assert [one["code"] for one in seen["lines"]] == ["over-budget"]  # 41.5 of 83 x 0.5
    page = await signed_in(house, "bestuur")
    await page.open(f"/bestuur/aanstellingen/{post}/budget")
    assert "Telt niet mee: er was minder over dan dit vroeg" in page.text


async def test_another_cao_or_saving_holds_for_the_whole_appointment_and_not_from_a_later_day(house: House):
    post, board = await kept(house)
    path = f"/board/posts/{post}"

    refused = await board.post(f"{path}/budget-terms", {**TERMS, "saving": False, "holds_from": "2025-01-01"})
    before = (await board.get(f"{path}/budget")).json()["entitlement"]["years"][0]["expires_on"]
    whole = (await board.post(f"{path}/budget-terms", {**TERMS, "saving": False})).json()

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["code"] == "of-whole-appointment"
    assert before == "2022-12-31"  # of 2019, saved until the third year after it
    assert whole["entitlement"]["years"][0]["expires_on"] == "2019-12-31"


async def test_a_list_says_of_whom_a_booked_line_does_not_count(house: House):
    post, board = await kept(house)
    await board.post(f"/board/posts/{post}/spending", spent("2024-03-01", 0, 66.4))
    assert (await board.get("/board/budgets")).json()["items"][0]["not_counted"] == 0

    await board.post(f"/board/posts/{post}/budget-terms", {**TERMS, "factor": 0.5})

    assert (await board.get("/board/budgets")).json()["items"][0]["not_counted"] == 1
    page = await signed_in(house, "bestuur")
    await page.open("/bestuur/budget")
    assert "Bestedingen die niet meetellen" in page.text


async def test_a_board_keeps_it_on_pages_and_a_mistake_comes_back_as_typed(house: House):
    post = await a_post(house)
    await becomes_public(house, "nadia")
    page = await signed_in(house, "bestuur")
    await page.open(f"/bestuur/personen/{house.number_of('nadia')}")
    await page.press("Uren en budget")

    await page.send("/afspraken", factor="0,8")
    assert "Genoteerd" in page.text, page.text
    await page.send("/regels", spent_on="1 maart 2024", eur="€ 1.200,50", hours="16 uur", what="Training")
    assert "De besteding is geboekt" in page.text, page.text
    assert "10.899,50" in page.text
    await page.send("/regels", eur="50000", what="Te veel")
    assert (page.page.status_code, 'value="50000"' in page.page.text) == (409, True)
    assert "Er is minder over dan dit vraagt" in page.text
    await page.send("/terug", reason="")
    assert page.page.status_code == 400
    await page.send("/terug", reason="Verkeerde persoon")
    assert "is teruggeboekt en telt niet meer mee" in page.text, page.text
    assert "12.100,00" in page.text
    stream = f"person/{house.id_of('nadia')}"
    async with house.means.database.reading() as session:
        lines = (await session.exec(select(TrailEvent).where(TrailEvent.stream == stream))).all()
    told = [one for one in lines if one.action.startswith("budget:")]
    assert [one.action for one in told] == ["budget:note-terms", "budget:book", "budget:take-back"]
    assert not any("1200" in str(one.facts) or "Training" in str(one.facts) for one in told)
    assert post


WHO_MAY_NOT = (
    *("secretaris", "bureau", "toezicht", "beoordelaar", "griffier", "adviseur1", "aanbieder", "beroep1"),
    MEMBERS[0],
)


@pytest.mark.parametrize("who", WHO_MAY_NOT)
async def test_nobody_of_the_register_sees_or_books_it(house: House, who: str):
    post, board = await kept(house)
    line = (await board.post(f"/board/posts/{post}/spending", spent("2024-03-01", 10))).json()["id"]
    other, page = await house.client(who), await signed_in(house, who)

    answers = [
        await other.get(f"/board/posts/{post}/budget"),
        await other.post(f"/board/posts/{post}/budget-terms", TERMS),
        await other.post(f"/board/posts/{post}/spending", spent("2024-03-01", 1)),
        await other.post(f"/board/spending/{line}/reversal", {"reason": "x"}),
        await page.open(f"/bestuur/aanstellingen/{post}/budget"),
    ]

    assert [one.status_code for one in answers] == [403] * 5
    own = await other.get("/budgets")
    assert own.status_code == 403 or own.json() == []  # who sits on a committee has a post too


async def test_the_office_neither_counts_nor_prints_it_and_its_person_takes_it_along(house: House):
    post, board = await kept(house)
    await board.post(f"/board/posts/{post}/spending", spent("2024-03-01", 10, what="Geheime training"))
    nadia, office = await house.client("nadia"), await signed_in(house, "bureau")

    told = (await nadia.get("/profile/kept")).json()["subjects"]
    package = (await nadia.get("/profile/package")).json()["data"]
    await office.open(f"/kantoor/personen/{house.id_of('nadia')}/inzage")

    assert {"subject": "budgets", "number": 2} in told
    assert package["budgets"]["budget_line"][0]["what"] == "Geheime training"
    assert office.page.status_code == 200
    assert "Uren en budget voor" not in office.text
    assert "Wat een bestuur bijhoudt" not in office.text

    printed = await house.world.by("bureau", lambda work: personal_data.copy_of(work, house.id_of("nadia")))
    assert "posts" in printed.data
    assert "budgets" not in printed.data
    assert "budgets" not in {one.subject for one in printed.kept.subjects}


async def test_a_board_keeps_only_what_is_its_own_also_after_somebody_left(house: House):
    post, board = await kept(house)
    await a_teacher(house.world, "elders", PLACES[4], family="Anders")
    strange = str((await (await house.client("elders")).get("/appointments")).json()[0]["id"])

    refused = [
        await board.get(f"/board/posts/{strange}/budget"),
        await board.post(f"/board/posts/{strange}/budget-terms", TERMS),
        await board.post(f"/board/posts/{strange}/spending", spent("2024-03-01", 1)),
        await board.post(f"/board/spending/{strange}/reversal", {"reason": "x"}),
    ]
    await leaves(house, "nadia", date(2024, 8, 31))
    seen = await board.get(f"/board/posts/{post}/budget")
    page = await signed_in(house, "bestuur")
    await page.open(f"/bestuur/aanstellingen/{post}/budget")

    assert [one.status_code for one in refused] == [404] * 4
    # 1250 + 3100 + 3100 + 3000 + 3000 + 3000 x 8 / 12: all of it moved on the day after the last.
    assert seen.json()["entitlement"]["to_general_budget_eur"] == "15450.00"
    assert page.page.status_code == 200
    assert 'href="/bestuur/budget"' in page.page.text
    assert (await (await house.client("elders")).get("/budgets")).json() == []
    empty = await signed_in(house, "elders")
    await empty.open("/mijn/aanstellingen")
    await empty.press("Mijn uren en budget")
    assert "houdt hier nog geen uren en budget bij" in empty.text


async def test_a_board_lists_what_is_left_of_who_works_there_and_of_who_left_and_of_nobody_else(house: House):
    post, board = await kept(house)
    await a_leader(house.world, "ander", family="Ander")
    theirs = str((await (await house.client("ander")).get("/appointments")).json()[0]["id"])
    await board.post(f"/board/posts/{theirs}/budget-terms", {**TERMS, "factor": 1})
    await leaves(house, "nadia", date(2024, 8, 31))

    first = await board.get("/board/budgets", params={"pageSize": 1})
    rest = (await board.get("/board/budgets", params={"cursor": first.json()["next"]})).json()

    found = {one["appointment_id"]: one for one in first.json()["items"] + rest["items"]}
    assert {id: (one["available_eur"], one["available_hours"]) for id, one in found.items()} == {
        post: ("0.00", "0.00"),
        theirs: ("12100.00", "83.00"),  # 3100 + 3 x 3000
    }
    assert found[post]["to_general_budget_eur"] == "15450.00"
    page = await signed_in(house, "bestuur")
    await page.open("/bestuur")
    await page.press("Uren en budget")
    assert "12.100,00" in page.text
    await page.press("Haddad")
    assert "Uren en budget van" in page.text
    await a_board_administrator(house, PLACES[4].board_number)  # of another board as well
    assert len((await board.get("/board/budgets")).json()["items"]) == 2
    assert (await (await house.client("bureau")).get("/board/budgets")).status_code == 403


async def test_what_is_past_its_term_goes_with_the_post_that_it_was_of(house: House):
    """Of somebody who left the register on 1 October 2024, five years after."""
    await gone_away(house)
    await a_board_administrator(house)
    post = str((await (await house.client("weg")).get("/appointments")).json()[0]["id"])
    board = await house.client("bestuur")
    assert (await board.post(f"/board/posts/{post}/budget-terms", TERMS)).status_code == 201
    line = (await board.post(f"/board/posts/{post}/spending", spent("2024-03-01", 10))).json()["id"]
    assert (await board.post(f"/board/spending/{line}/reversal", {"reason": "Fout"})).status_code == 201

    house.on(date(2029, 10, 2))
    assert await erased(house, date(2029, 10, 2)) == (1, 1)

    assert [await count(house, table) for table in ("budget_line", "budget_terms")] == [0, 0]
    assert (await board.get(f"/board/posts/{post}/budget")).status_code == 404
