"""The plan for development: goals of one's own, what was done for them, and how they travel."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from register.portfolio.planning.policy import Progress, progress, require_ahead, require_reached
from tests.builders import Client, House, a_leader
from tests.pages import signed_in
from tests.register.sharing.steps import a_leader_with_a_portfolio, an_activity
from tests.register.transfer.test_api import changed, exported, imported

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
A_GOAL = {
    "register_code": "schoolleiders-po",
    "title": "Leren coachen",
    "themes": ["Visie", "Visie"],
    "reach_by": "2025-06-01",
}


@given(DAYS, st.none() | DAYS, DAYS)
def test_a_goal_is_reached_or_open_or_its_day_has_passed(reach_by, reached_on, today):
    found = progress(reach_by, reached_on, today)

    assert (found is Progress.REACHED) == (reached_on is not None)
    assert (found is Progress.LATE) == (reached_on is None and reach_by < today)


def test_a_goal_lies_ahead_and_what_is_to_come_was_not_reached():
    today = date(2024, 9, 12)
    require_ahead(today, today)
    require_reached(today, today)
    require_reached(None, today)
    with pytest.raises(Invalid):
        require_ahead(date(2024, 9, 11), today)
    with pytest.raises(Invalid):
        require_reached(date(2024, 9, 13), today)


async def a_goal(client: Client, **more: object) -> dict:
    answer = await client.post("/development-goals", {**A_GOAL, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def link(client: Client, entry: str, goal: str | None):
    return await client.move(f"/portfolio-entries/{entry}", "goal", {"goal_id": goal})


async def test_a_goal_is_set_changed_reached_and_taken_away(house: House):
    await a_leader_with_a_portfolio(house)
    entry = await an_activity(house)
    leader = await house.client("nadia")

    goal = await a_goal(leader)
    path = f"/development-goals/{goal['id']}"
    stale = await leader.patch(path, {"title": "Anders"}, '"9"')
    reached = await leader.patch(path, {"reached_on": "2024-09-12"}, '"1"')
    early = await leader.patch(path, {"reached_on": "2024-09-13"}, '"2"')
    linked = await link(leader, entry, goal["id"])
    shown = await leader.get(path)

    assert (goal["themes"], goal["progress"], goal["entries"]) == (["Visie"], "open", [])
    assert (stale.status_code, reached.json()["progress"]) == (412, "reached")
    assert early.json()["errors"][0]["code"] == "not-done-yet"
    assert (linked.status_code, linked.json()["state"], linked.json()["goal_id"]) == (200, "accepted", goal["id"])
    assert [(each["entry_id"], each["evidence"]) for each in shown.json()["entries"]] == [(entry, True)]
    headers = {**leader.headers, "If-Match": shown.headers["etag"]}
    assert (await house.http.delete(f"/v1{path}", headers=headers)).status_code == 204
    assert (await leader.get(path)).status_code == 404
    assert (await leader.get(f"/portfolio-entries/{entry}")).json()["goal_id"] is None
    assert (await leader.get("/portfolio", params={"register": "schoolleiders-po"})).json()["ledger"][0]["points"] == 30


async def test_a_goal_in_the_past_and_one_too_many_are_refused(house: House, monkeypatch):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")
    monkeypatch.setattr("register.portfolio.planning.service.MOST_GOALS", 1)

    past = await leader.post("/development-goals", {**A_GOAL, "reach_by": "2024-09-11"})
    other = await leader.post("/development-goals", {**A_GOAL, "register_code": "leraren"})
    await a_goal(leader)
    second = await leader.post("/development-goals", A_GOAL)

    assert (past.status_code, past.json()["errors"][0]["code"]) == (400, "goal-in-the-past")
    assert other.status_code == 404
    assert (second.status_code, second.json()["code"]) == (400, "too-many-goals")
    assert len((await leader.get("/development-goals")).json()) == 1


async def test_a_plan_is_of_its_owner_alone_and_a_goal_serves_its_own_portfolio(house: House):
    await a_leader_with_a_portfolio(house)
    await a_leader_with_a_portfolio(house, "ander")
    entry = await an_activity(house)
    nadia, other = await house.client("nadia"), await house.client("ander")
    goal = await a_goal(nadia)
    path = f"/development-goals/{goal['id']}"

    assert (await (await house.client()).get("/development-goals")).status_code == 401
    assert (await other.get("/development-goals")).json() == []
    for answer in (
        await other.get(path),
        await other.patch(path, {"title": "x"}, '"1"'),
        await (await house.client("toezicht")).get(path),
    ):
        assert answer.status_code in {403, 404}
    assert (await other.get(path)).json()["code"] == "no-such-goal"
    assert (await link(nadia, entry, (await a_goal(other))["id"])).json()["code"] == "no-such-goal"


async def test_a_plan_travels_with_its_portfolio_once(house: House):
    await a_leader_with_a_portfolio(house)
    await a_leader_with_a_portfolio(house, "ander")
    entry = await an_activity(house)
    nadia, other = await house.client("nadia"), await house.client("ander")
    goal = await a_goal(nadia)
    assert (await link(nadia, entry, goal["id"])).status_code == 200
    content = await exported(nadia)

    tried = await imported(other, content, dryRun="true")
    first, second = await imported(other, content), await imported(other, content)
    broken = await imported(other, changed(content, lambda doc: {**doc, "plan": [{"id": "?"}, *doc["plan"]]}))

    assert [each["goals"] for each in (tried, first, second, broken)] == [1, 1, 0, 0]
    assert (first["goals_refused"], broken["goals_refused"]) == (0, 1)
    (there,) = (await other.get("/development-goals")).json()
    assert {name: there[name] for name in ("title", "themes", "reach_by", "progress")} == {
        name: goal[name] for name in ("title", "themes", "reach_by", "progress")
    }
    assert [each["title"] for each in there["entries"]] == ["Leiding geven"]
    assert (await imported(nadia, content))["goals"] == 0


async def test_somebody_plans_on_pages(house: House):
    await a_leader_with_a_portfolio(house)
    await an_activity(house)
    leader = await signed_in(house, "nadia")
    await leader.open("/mijn/plan")

    await leader.send("/mijn/plan", title="Leren coachen", reach_by="gisteren", themes="Visie")
    assert (leader.page.status_code, "Leren coachen" in leader.page.text) == (400, True)
    await leader.send("/mijn/plan", title="Leren coachen", reach_by="1-6-2025", themes="Visie, Team")
    assert "Visie, Team" in leader.text
    here = leader.page.text.split('href="/mijn/plan/')[1].split('"')[0]
    await leader.open(f"/mijn/plan/{here}")
    entry = leader.form("/koppelen").choices["entry_id"][-1]
    await leader.send("/koppelen", entry_id=entry)
    assert "Leiding geven" in leader.text
    await leader.send(f"/mijn/plan/{here}", reached_on="12-9-2024")
    assert "Bereikt" in leader.text
    await leader.send("/koppelen")  # the first form takes the link away
    assert "Nog niets" in leader.text
    await leader.send("/verwijderen")
    assert "U hebt nog geen doelen." in leader.text
