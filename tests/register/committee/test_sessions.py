"""A session from invitation to signed minutes: forty files in few deeds, and nobody judges what is not theirs."""

import re
from datetime import date
from uuid import UUID

from sqlmodel import select

from accreditation.providers.models import Provider, ProviderMember
from accreditation.providers.policy import MemberRole, StaffLevel
from auth.permissions import Role
from auth.service import grant
from core.decisions import Decision
from core.panel.service import PanelItem, PanelRecusal, PanelSession
from core.panel.sessions import digest_of_text
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.committee.sessions import bulk_actions
from register.entries.models import Application
from register.entries.policy import ApplicationState
from tests.builders import MEMBERS, PLACES, Client, House, a_leader
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application, apply
from tests.pages import signed_in
from tests.register.test_verify import tamper


async def ready_for_session(house: House, number: int, issued_on: str = "2024-08-31") -> list[str]:
    """So many applications that were found complete; each leader at the last school."""
    secretary = await house.client("secretaris")
    files = []
    for n in range(number):
        who = f"leider{n}"
        await a_leader(house.world, who)
        file = await apply(await house.client(who), an_application(), a_diploma(issued_on))
        assert (await secretary.move(f"/applications/{file}", "admission")).status_code == 201
        files.append(file)
    return files


async def planned(house: House, members: int = 5) -> tuple[Client, str]:
    """A session of so many members, planned for today: the secretary and its address."""
    secretary = await house.client("secretaris")
    ids = [str(house.id_of(member)) for member in MEMBERS[:members]]
    day = house.world.clock.at.date().isoformat()
    answer = await secretary.post("/committee-sessions", {"held_on": day, "chair_id": ids[0], "members": ids})
    assert answer.status_code == 201, answer.text
    return secretary, f"/committee-sessions/{answer.json()['id']}"


async def test_a_session_from_invitation_to_signed_minutes_in_few_deeds(house: House):
    await ready_for_session(house, 3)
    secretary, session = await planned(house)
    members = [await house.client(member) for member in MEMBERS[:5]]

    accepted = await members[0].post(f"{session}/answers", {"answer": "accept"})
    declined = await members[4].post(f"{session}/answers", {"answer": "decline"})
    filled = await secretary.post(f"{session}/agenda", {"size": 40})
    early = await members[0].post(f"{session}/votes", {})
    opened = await secretary.move(session, "opening")
    nobody = await secretary.post(f"{session}/decisions", {})
    votes = [await member.post(f"{session}/votes", {"vote": "for", "dissent": "Eens."}) for member in members[:4]]
    away = await members[4].post(f"{session}/votes", {"vote": "for"})
    decided = await secretary.post(f"{session}/decisions", {})
    known = await secretary.post(f"{session}/notifications", {})
    closed = await secretary.move(session, "closing", {})

    assert {seat["state"] for seat in accepted.json()["members"]} == {"accepted", "invited"}
    assert declined.json()["warnings"] == ["pool-too-small"]
    assert [item["state"] for item in filled.json()["items"]] == ["listed"] * 3
    assert (early.status_code, early.json()["code"]) == (409, "session-not-open")
    assert {item["summary"]["outcome"] for item in opened.json()["items"]} == {"granted"}
    assert (nobody.status_code, nobody.json()["code"]) == (409, "no-file-to-decide")
    assert [[one["result"] for one in answer.json()] for answer in votes] == [["done"] * 3] * 4
    assert away.status_code == 404
    assert [one["result"] for one in decided.json()] == ["done"] * 3
    assert [one["result"] for one in known.json()] == ["done"] * 3
    minutes = closed.json()["minutes"]
    assert "Afwezig: Lies Lid" in minutes
    assert minutes.count("Stemmen: 4 voor, 0 tegen, 0 onthouding.") == 3
    assert "Eens." in minutes
    assert "Leo Leider" not in minutes

    rewritten = await secretary.move(session, "minutes", {"minutes": "Er waren vier leden. Alles is toegekend."})
    by_another = await members[1].move(session, "signature")
    signed = await members[0].move(session, "signature")
    later = await secretary.move(session, "minutes", {"minutes": "Iets anders."})

    assert rewritten.status_code == 201
    assert (by_another.status_code, by_another.json()["code"]) == (403, "not-in-the-chair")
    assert signed.json()["state"] == "signed"
    assert signed.json()["minutes_sha256"] == digest_of_text("Er waren vier leden. Alles is toegekend.")
    assert (later.status_code, later.json()["code"]) == (409, "minutes-signed")
    assert await problems(house) == []
    await tamper(house, PanelSession, UUID(session.rpartition("/")[2]), minutes="Niets is toegekend.")
    assert f"minutes-differ: panel_session/{session.rpartition('/')[2]}" in await problems(house)


async def test_the_nearest_term_comes_first_and_no_more_than_the_size(house: House):
    files = await ready_for_session(house, 3)

    async def hurry(work: Work) -> None:
        row = await work.session.get_one(Application, UUID(files[2]))
        row.decision_due_on = date(2024, 9, 20)
        work.log("test:hurry", row)

    await house.system(hurry)
    secretary, session = await planned(house)

    filled = await secretary.post(f"{session}/agenda", {"size": 2})
    more = await secretary.post(f"{session}/agenda", {"size": 2})

    assert [item["case_id"] for item in filled.json()["items"]] == [files[2], files[0]]
    assert len(more.json()["items"]) == 2


async def test_a_file_that_is_refused_does_not_undo_the_others(house: House):
    files = await ready_for_session(house, 2)
    secretary, session = await planned(house, 4)
    await secretary.post(f"{session}/agenda", {})
    opened = (await secretary.move(session, "opening")).json()["items"]
    for member in MEMBERS[:4]:
        one = await house.client(member)
        await one.post(f"{session}/votes", {"vote": "for", "items": [opened[0]["id"]]})
        await one.post(f"{session}/votes", {"vote": "against", "items": [opened[1]["id"]]})

    results = (await secretary.post(f"{session}/decisions", {})).json()

    assert [one["result"] for one in results] == ["done", "decision-incomplete"]
    async with house.means.database.reading() as reading:
        taken = (await reading.exec(select(Decision.subject_id))).all()
        states = {str(row.id): row.state for row in await reading.exec(select(Application))}
    assert [str(one) for one in taken] == [files[0]]
    assert states[files[1]] is ApplicationState.ON_AGENDA


async def test_the_words_of_a_refusal_that_follows_the_rules_come_from_the_library(house: House):
    await ready_for_session(house, 1, "2024-09-05")
    secretary, session = await planned(house, 4)
    await secretary.post(f"{session}/agenda", {})
    await secretary.move(session, "opening")
    for member in MEMBERS[:4]:
        await (await house.client(member)).post(f"{session}/votes", {"vote": "against"})

    results = (await secretary.post(f"{session}/decisions", {})).json()

    assert [one["result"] for one in results] == ["done"]
    async with house.means.database.reading() as reading:
        (row,) = (await reading.exec(select(Decision))).all()
    assert "outside-accreditation-period" in row.ground_codes()
    assert "niet geaccrediteerd" in row.reasons
    assert "openbare lijsten van dit register" in row.repair


async def test_who_shares_a_board_or_had_a_hand_in_it_sees_that_it_is_there_and_not_what_is_in_it(house: House):
    """Recused the moment it is listed, for good; the quorum is of who is left."""
    await a_leader(house.world, "collega", PLACES[1])
    file = await apply(await house.client("collega"), an_application(), a_diploma("2024-08-31"))
    secretary = await house.client("secretaris")

    async def both(work: Work) -> None:
        await grant(work, house.id_of(MEMBERS[0]), Role.SECRETARY, work.today)

    await house.system(both)
    await house.system(lambda work: acts_for_the_academy(work, house.id_of(MEMBERS[2])))
    admitting = await house.client(MEMBERS[0])
    assert (await admitting.move(f"/applications/{file}", "admission")).status_code == 201
    secretary, session = await planned(house)

    listed = await secretary.post(f"{session}/agenda-items", {"application_id": file})
    await secretary.move(session, "opening")
    colleague = await house.client(MEMBERS[1])
    item = f"/agenda-items/{listed.json()['id']}"
    seen = (await colleague.get(session)).json()["items"][0]
    read = await colleague.get(item)
    voted = await colleague.post(f"{session}/votes", {"items": [listed.json()["id"]]})

    async with house.means.database.reading() as reading:
        grounds = {row.member_id: row.ground for row in await reading.exec(select(PanelRecusal))}
    assert grounds == {
        house.id_of(MEMBERS[0]): "earlier-role",
        house.id_of(MEMBERS[1]): "same-board",
        house.id_of(MEMBERS[2]): "same-provider",
    }
    assert (seen["open_to_me"], seen["votes"], seen["summary"], seen["decision"]) == (False, None, {}, None)
    assert read.status_code == 403
    assert [one["result"] for one in voted.json()] == ["recused"]


async def acts_for_the_academy(work: Work, person_id: UUID) -> None:
    """The provider of the programme on which the file rests."""
    academy = Provider(
        number="P-1",
        name="Academie",
        name_key="academie",
        kvk_number="12345678",
        postcode="8011AA",
        town="Zwolle",
        email="academie@voorbeeld.example",
        telephone="038 1234567",
        staff_level=StaffLevel.HBO,
        started_at=work.now,
    )
    work.add(academy)
    await work.flush()
    member = ProviderMember(
        provider_id=academy.id, person_id=person_id, role=MemberRole.OWNER, joined_at=work.now, ended_at=work.now
    )
    work.add(member)
    await work.flush()
    work.log("test:provider", academy)
    work.log("test:member", member)


async def test_an_absent_member_does_not_count_and_a_file_goes_to_the_next_session(house: House):
    await ready_for_session(house, 1)
    secretary, session = await planned(house, 4)
    item = (await secretary.post(f"{session}/agenda", {})).json()["items"][0]["id"]
    await secretary.move(session, "opening")
    for member in MEMBERS[:4]:
        await (await house.client(member)).post(f"{session}/votes", {})
    gone = await secretary.post(f"{session}/attendance", {"member_id": str(house.id_of(MEMBERS[3])), "event": "miss"})

    short = await secretary.post(f"/agenda-items/{item}/decision", {"reasons": "Het diploma telt."})
    _, following = await planned(house)
    moved = await secretary.move(f"/agenda-items/{item}", "transfer", {"session_id": following.rsplit("/")[-1]})

    assert gone.json()["warnings"] == ["pool-too-small", "quorum-in-danger"]
    assert (short.status_code, short.json()["code"]) == (409, "no-quorum")
    assert (moved.status_code, moved.json()["votes"]) == (201, 0)
    async with house.means.database.reading() as reading:
        states = sorted(row.state.value for row in await reading.exec(select(PanelItem)))
    assert states == ["listed", "returned"]


async def test_a_file_that_is_taken_off_is_ripe_again_and_not_for_the_same_session(house: House):
    (file,) = await ready_for_session(house, 1)
    secretary, session = await planned(house)
    item = (await secretary.post(f"{session}/agenda", {})).json()["items"][0]["id"]

    off = await secretary.move(f"/agenda-items/{item}", "removal")
    again = await secretary.post(f"{session}/agenda-items", {"application_id": file})
    filled = await secretary.post(f"{session}/agenda", {})

    assert off.json()["state"] == "removed"
    assert (await secretary.get(f"/applications/{file}")).json()["state"] == "in-review"
    assert (again.status_code, again.json()["code"]) == (409, "already-listed")
    assert [one["state"] for one in filled.json()["items"]] == ["removed"]


async def test_members_are_invited_by_a_message_of_which_the_page_gives_the_day(house: House):
    _, session = await planned(house)

    async with house.means.database.reading() as reading:
        sent = (await reading.exec(select(OutboxMessage).where(OutboxMessage.topic == "session-invitation"))).all()
    assert {one.person_id for one in sent} == {house.id_of(member) for member in MEMBERS[:5]}
    assert "12 september 2024" in sent[0].body
    outsider = await house.client(MEMBERS[5])
    assert (await outsider.get(session)).status_code == 404
    assert (await outsider.post(f"{session}/answers", {"answer": "accept"})).status_code == 404


async def test_a_deed_for_many_files_that_finds_none_says_so_and_is_not_done(house: House):
    """Every deed of `register.committee.sessions.bulk_actions`, at both doors."""
    secretary, session = await planned(house, 4)
    assert (await secretary.move(session, "opening")).status_code == 201
    member, page = await house.client(MEMBERS[0]), await signed_in(house, "secretaris")

    answers = [
        await member.post(f"{session}/votes", {"vote": "for"}),
        await secretary.post(f"{session}/decisions", {}),
        await secretary.post(f"{session}/notifications", {}),
    ]
    told = []
    for end in ("besluiten", "bekendmaken"):
        await page.open(session.replace("committee-sessions", "zittingen").replace("/v1", ""))
        token = re.findall(r'name="_token" value="([^"]+)"', page.page.text)[0]
        answer = await page.http.post(f"{page.path}/{end}", data={"_token": token, "_key": end})
        told.append(answer.status_code)

    deeds = {name for name in vars(bulk_actions) if name.endswith("_together")}
    assert deeds == {"vote_together", "decide_together", "notify_together"}
    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (409, "no-file-to-vote"),
        (409, "no-file-to-decide"),
        (409, "no-decision-to-tell"),
    ]
    assert told == [409, 409]
