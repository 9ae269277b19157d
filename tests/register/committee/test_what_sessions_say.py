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


async def test_presence_is_for_each_file_and_who_voted_sees_what_was_voted_once_it_is_decided(house: House):
    """Five were invited: three vote on both files, one steps aside for the first, one never comes."""
    await ready_for_session(house, 2)
    secretary, session = await planned(house)
    await secretary.post(f"{session}/agenda", {"size": 40})
    await secretary.move(session, "opening")
    first, second = [one["id"] for one in (await secretary.get(session)).json()["items"]]
    aside = await house.client(MEMBERS[3])
    recused = await aside.post(f"/agenda-items/{first}/recusals", {"ground": "personal-relation"})
    assert recused.status_code == 201, recused.text
    for who in MEMBERS[:4]:
        member = await house.client(who)
        for item in (first, second):
            cast = await member.post(f"/agenda-items/{item}/votes", {"vote": "for"})
            assert cast.status_code == (403 if (who, item) == (MEMBERS[3], first) else 201), cast.text
    running = {one["id"]: one for one in (await (await house.client(MEMBERS[0])).get(session)).json()["items"]}
    decided = await secretary.post(f"/agenda-items/{second}/decision", {"reasons": "Het diploma telt."})
    assert decided.status_code == 201, decided.text

    told = {one["id"]: one for one in (await (await house.client(MEMBERS[0])).get(session)).json()["items"]}
    absent = {one["id"]: one for one in (await (await house.client(MEMBERS[4])).get(session)).json()["items"]}

    there = [str(house.id_of(who)) for who in MEMBERS[:4]]
    assert (sorted(told[first]["present"]), sorted(told[second]["present"])) == (sorted(there[:3]), sorted(there))
    assert (running[second]["tally"], told[first]["tally"]) == (None, None)  # still being voted on
    assert told[second]["tally"] == {"for": 4, "against": 0, "abstain": 0}
    assert absent[second]["tally"] is None
    page = await signed_in(house, MEMBERS[0])
    await page.open(f"/zittingen/{session.rpartition('/')[2]}/dossiers/{second}")
    assert "Voor 4 Tegen 0 Onthouden 0" in " ".join(page.text.split()), page.text
    await secretary.post(f"{session}/decisions", {})
    assert (await secretary.move(f"/agenda-items/{first}", "removal")).status_code == 201
    await secretary.move(session, "closing", {})
    minutes = (await secretary.get(session)).json()["minutes"]
    assert minutes.count("Aanwezig bij dit dossier:") == 2, minutes
