"""What waits for somebody, and who works on it: terms nearest first, and an assignment that opens nothing."""

import re
from datetime import date, timedelta

from sqlmodel import select

from auth.permissions import Role
from core.store.audit import TrailEvent
from tests import deciding
from tests.accreditation import steps as courses
from tests.appeals.disputing import a_refusal
from tests.builders import ACCREDITORS, MEMBERS, House, a_leader
from tests.journeys.disputing import object_to
from tests.journeys.steps import a_diploma, an_application, apply, sit, vote
from tests.pages import signed_in


async def two_applications(house: House) -> tuple[str, str]:
    """Leo handed in on 12 September 2024, Nadia a week later."""
    await a_leader(house.world, "leo")
    await a_leader(house.world, "nadia")
    first = await deciding.handed_in(house, "leo")
    house.world.clock.at += timedelta(days=7)
    return str(first), str(await deciding.handed_in(house, "nadia"))


async def trail(house: House) -> list[str]:
    async with house.means.database.reading() as session:
        wanted = select(TrailEvent.action).where(TrailEvent.object_kind == "assignment").order_by(TrailEvent.seq)
        return list(await session.exec(wanted))


async def test_what_waits_is_listed_by_its_last_day_and_page_by_page(house):
    first, second = await two_applications(house)
    secretary = await house.client("secretaris")

    page = (await secretary.get("/work-items?pageSize=1")).json()
    rest = (await secretary.get(f"/work-items?pageSize=1&cursor={page['next']}")).json()

    # eight weeks after 12 September 2024, and after 19 September (Awb 4:13)
    assert [(one["case_id"], one["due_on"]) for one in page["items"]] == [(first, "2024-11-07")]
    assert [(one["case_id"], one["due_on"]) for one in rest["items"]] == [(second, "2024-11-14")]
    assert rest["next"] is None
    assert (await secretary.get("/work-items?kind=measure")).json()["items"] == []
    assert (await (await house.client("bureau")).get("/work-items")).json()["items"] == []  # names alone


async def test_an_own_file_waits_for_somebody_else(house):
    await a_leader(house.world, "leo", also=Role.SECRETARY)
    await deciding.handed_in(house, "leo")

    assert (await (await house.client("leo")).get("/work-items")).json()["items"] == []
    assert len((await (await house.client("secretaris")).get("/work-items")).json()["items"]) == 1


async def test_a_file_is_taken_handed_over_and_let_go_with_a_line_for_each(house):
    first, _second = await two_applications(house)
    path = f"/work-items/{first}/assignment"
    me, colleague = str(house.id_of("secretaris")), str(house.id_of("secretaris2"))
    secretary = await house.client("secretaris")

    taken = await secretary.post(path, {"to": me})
    lost = await (await house.client("secretaris2")).post(path, {"to": colleague})
    given = await secretary.post(path, {"to": colleague, "was": me})
    of_colleague = (await (await house.client("secretaris2")).get("/work-items?mine=true")).json()["items"]
    released = await secretary.post(path, {"was": colleague})

    assert (taken.status_code, given.status_code, released.status_code) == (201, 201, 201)
    assert (lost.status_code, lost.json()["code"]) == (409, "changed-meanwhile")
    assert [(one["case_id"], one["assigned_to"]) for one in of_colleague] == [(first, colleague)]
    assert await trail(house) == ["work:take", "work:hand-over", "work:release"]


async def test_a_file_goes_to_nobody_who_may_not_work_on_it(house):
    first, _second = await two_applications(house)
    path = f"/work-items/{first}/assignment"
    secretary = await house.client("secretaris")

    for who in ("bureau", "leo", "adviseur1"):  # no such work, the own file, other work
        refused = await secretary.post(path, {"to": str(house.id_of(who))})
        assert (refused.status_code, refused.json()["code"]) == (403, "may-not-work-on-it"), who
    stranger = await house.client("adviseur1")
    hidden = await stranger.post(path, {"to": str(house.id_of("adviseur1"))})
    assert (hidden.status_code, hidden.json()["code"]) == (404, "no-such-work")
    assert await trail(house) == []


async def test_who_took_part_in_the_decision_neither_sees_the_objection_waiting_nor_is_given_it(house):
    await a_leader(house.world, "nadia")
    house.on(date(2025, 2, 13))
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13), by="secretaris")
    lodged = await object_to(await house.client("nadia"), refusal.number)
    adviser = await house.client("adviseur1")

    listed = (await adviser.get("/work-items")).json()["items"]
    gives = {"to": str(house.id_of("secretaris")), "was": str(house.id_of("adviseur1"))}
    refused = await adviser.post(f"/work-items/{lodged['id']}/assignment", gives)

    assert {one["case_id"] for one in listed} == {lodged["id"]}
    assert refused.status_code == 403
    involved = (await (await house.client("secretaris")).get("/work-items?kind=objection")).json()["items"]
    assert involved == []


async def test_the_page_says_of_whom_and_what_is_overdue_and_names_nobody_in_an_address(house):
    first, _second = await two_applications(house)
    house.on(date(2024, 11, 9))  # two days past the first term
    secretary = await signed_in(house, "secretaris")

    page = (await secretary.open("/werk")).text
    late = (await secretary.open("/werk?telaat=true")).text
    await secretary.open("/werk")
    await secretary.send(f"/werk/{first}")
    mine = (await secretary.open("/werk?van=mij&soort=application&taak=decide")).text

    assert page.index("donderdag 7 november 2024") < page.index("donderdag 14 november 2024")
    assert "2 dagen te laat" in page
    assert "14 november" not in late
    assert "Aanvraag registratie: Leo Leider" in page
    assert not [href for href in re.findall(r'(?:href|action)="([^"]*)"', page) if "eider" in href]
    assert "U werkt eraan" in mine
    assert "14 november" not in mine


async def test_a_file_is_handed_over_on_a_page_of_its_own(house):
    first, _second = await two_applications(house)
    secretary = await signed_in(house, "secretaris")

    await secretary.open(f"/werk/{first}")
    await secretary.send(f"/werk/{first}", to=str(house.id_of("secretaris2")))

    assert "Sem Secretaris werkt eraan" in (await secretary.open("/werk")).text


async def test_a_file_on_an_agenda_waits_for_the_vote_of_each_member_who_may_judge_it(house):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    _secretary, session, item = await sit(house, file)
    members = [await house.client(member) for member in MEMBERS[:3]]
    stranger = await house.client(MEMBERS[5])

    before = [(await one.get("/work-items")).json()["items"] for one in members]
    assert (await members[1].post(f"{item}/recusals", {"ground": "worked-together"})).status_code == 201
    await vote(house, item, "for", MEMBERS[:1])
    after = [(await one.get("/work-items")).json()["items"] for one in members]

    # eight weeks after 12 September 2024 (Awb 4:13), also for who votes
    told = {"case_id": file, "kind": "application", "task": "vote", "due_on": "2024-11-07"}
    assert [[one | told == one for one in found] for found in before] == [[True]] * 3
    assert [len(found) for found in after] == [0, 0, 1]
    assert (await stranger.get("/work-items")).json()["items"] == []
    assert (await members[2].post(f"/work-items/{file}/assignment", {})).status_code == 403
    page = await signed_in(house, MEMBERS[2])
    await page.open("/werk")
    assert "Overdragen" not in page.text
    await page.press("Aanvraag registratie: Leo Leider")
    assert page.path == f"/zittingen/{session.split('/')[-1]}/dossiers/{item.split('/')[-1]}"


async def test_before_the_session_opens_a_file_waits_to_be_read(house):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    secretary, ids = await house.client("secretaris"), [str(house.id_of(member)) for member in MEMBERS[:4]]
    assert (await secretary.move(f"/applications/{file}", "admission")).status_code == 201
    new = {"held_on": "2024-09-20", "chair_id": ids[0], "members": ids}
    session = (await secretary.post("/committee-sessions", new)).json()["id"]
    await secretary.post(f"/committee-sessions/{session}/agenda-items", {"application_id": file})
    member = await signed_in(house, MEMBERS[0])

    page = (await member.open("/werk")).text
    only_votes = (await member.open("/werk?taak=vote")).text

    assert "Lezen voor de zitting" in page
    assert "Aanvraag registratie: Leo Leider" in page
    assert "Leo Leider" not in only_votes
    assert 'name="van"' not in page
    assert ('value="measure"' in page, 'value="objection"' in page) == (True, False)


async def test_a_colleague_who_only_votes_on_a_file_is_not_given_it(house):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    secretary, _session, _item = await sit(house, file)

    refused = await secretary.post(f"/work-items/{file}/assignment", {"to": str(house.id_of(MEMBERS[0]))})

    assert (refused.status_code, refused.json()["code"]) == (403, "may-not-work-on-it")


async def test_a_course_on_an_agenda_waits_for_the_vote_of_each_accreditor(house):
    provider = await courses.admitted(house)
    (file,) = (await courses.submitted(house, provider))["files"]
    await courses.assessed(house, file)
    await courses.sat(house, file, "for", ACCREDITORS[:2])
    voted, votes = await signed_in(house, ACCREDITORS[0]), await signed_in(house, ACCREDITORS[3])

    done = (await voted.open("/werk")).text
    page = (await votes.open("/werk")).text
    await votes.press("Accreditatie: ")

    assert "Er staat geen stuk op een agenda dat op uw stem wacht." in done
    assert f"Accreditatie: {courses.ANSWERS['title']}" in page
    assert "Stemmen: uiterlijk op" in page
    assert votes.path.startswith("/accreditatie/zittingen/")
    assert "Uw stem" in votes.text
