"""What a session says is so: a deed that did nothing says it, who voted was there, and a past day takes no files."""

import re
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from core.panel.service import PanelItem
from core.store.work import Work
from tests.builders import MEMBERS, House
from tests.pages import signed_in
from tests.register.committee.test_sessions import planned, ready_for_session


async def drawn(house: House) -> None:
    """Every file on an agenda was drawn for a full check."""

    async def deed(work: Work) -> None:
        for item in (await work.session.exec(select(PanelItem))).all():
            item.summary = {**item.summary, "sampled": True}
            work.log("session:summary", item)

    await house.system(deed)


async def test_a_vote_with_nothing_chosen_that_reaches_no_file_says_so_and_a_sampled_file_is_named(house: House):
    await ready_for_session(house, 2)
    secretary, session = await planned(house)
    assert (await secretary.post(f"{session}/agenda", {"size": 40})).status_code == 201
    await secretary.move(session, "opening")
    await drawn(house)
    member = await signed_in(house, MEMBERS[1])
    await member.open(f"/zittingen/{session.rpartition('/')[2]}")
    assert "Steekproef" in member.text

    answer = await member.send("/stemmen", together="for")

    assert answer.status_code == 409
    assert "uw stem is niet vastgelegd" in member.text
    chair = await signed_in(house, "secretaris")
    await chair.open(f"/zittingen/{session.rpartition('/')[2]}")
    assert "Iedereen stemde" not in chair.text


async def test_a_session_of_a_past_day_takes_no_new_files(house: House):
    (file, other) = await ready_for_session(house, 2)
    secretary, session = await planned(house)
    await secretary.post(f"{session}/agenda-items", {"application_id": file})
    house.world.clock.at += timedelta(days=1)

    late = await (await house.client("secretaris")).post(f"{session}/agenda", {"size": 40})

    assert (late.status_code, late.json()["code"]) == (409, "session-over")
    async with house.means.database.reading() as read:
        assert UUID(other) not in set(await read.exec(select(col(PanelItem.case_id))))


async def test_who_voted_was_there_and_who_did_not_is_not_in_the_minutes(house: House):
    await ready_for_session(house, 1)
    secretary, session = await planned(house)
    await secretary.post(f"{session}/agenda", {"size": 40})
    await secretary.move(session, "opening")
    for who in MEMBERS[:4]:
        await (await house.client(who)).post(f"{session}/votes", {"vote": "for"})
    seats = {one["id"]: one["presence"] for one in (await secretary.get(session)).json()["members"]}
    assert [seats[str(house.id_of(who))] for who in MEMBERS[:5]] == ["present"] * 4 + ["invited"]
    item = (await secretary.get(session)).json()["items"][0]
    await (await house.client(MEMBERS[4])).post(f"/agenda-items/{item['id']}/recusals", {"ground": "own-case"})
    await secretary.post(f"{session}/decisions", {})
    await secretary.move(session, "closing", {})

    found = (await secretary.get(session)).json()
    present = next(line for line in found["minutes"].splitlines() if line.startswith("Aanwezig:"))
    assert len(present.partition(": ")[2].split(", ")) == 4
    assert {one["presence"] for one in found["members"]} == {"present", "took-no-part"}


async def test_the_words_beside_a_file_stand_apart(house: House):
    await ready_for_session(house, 1)
    secretary, session = await planned(house)
    listed = await secretary.post(f"{session}/agenda", {"size": 40})
    await secretary.move(session, "opening")
    for who in MEMBERS[:5]:
        member = await house.client(who)
        said = await member.post(f"{session}/votes", {"vote": "for", "items": [listed.json()["items"][0]["id"]]})
        assert said.status_code == 201, said.text
    one = await signed_in(house, "secretaris")

    await one.open(f"/zittingen/{session.rpartition('/')[2]}")

    assert re.search(r"Te behandelen\s+Iedereen stemde", re.sub(r"<[^>]+>", "", one.page.text)), one.page.text
