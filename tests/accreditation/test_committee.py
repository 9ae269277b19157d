"""The accreditation committee: who may judge, masters, a question to the provider, decisions that replace others."""

from datetime import date, time
from uuid import UUID

import pytest
from sqlmodel import select

from accreditation.committee.service import ties
from accreditation.programmes.models import HigherEducationProgramme
from accreditation.providers.members import join
from accreditation.providers.policy import MemberRole
from core.decisions import Decision, Verdict, case_number, take
from core.panel.service import PanelRecusal
from core.store.work import Work
from tests.accreditation.steps import (
    PO,
    REFUSAL,
    admitted,
    assessed,
    known,
    ok,
    paid,
    ruled,
    sat,
    submitted,
)
from tests.builders import ACCREDITORS, MEMBERS, House
from tests.faults.files import problems
from tests.pages import signed_in

MASTER = "60001"


async def test_a_member_of_the_provider_is_recused_when_its_file_is_listed(house: House):
    provider = await admitted(house)
    application = await submitted(house, provider)
    await assessed(house, application["files"][0])
    one = ACCREDITORS[4]
    await house.system(lambda work: join(work, UUID(provider), house.id_of(one), MemberRole.EDITOR))

    item = await sat(house, application["files"][0], "for")

    async with house.means.database.reading() as session:
        (aside,) = (await session.exec(select(PanelRecusal))).all()
    assert (aside.member_id, aside.ground) == (house.id_of(one), "same-provider")
    member, other = await house.client(one), await house.client(ACCREDITORS[0])
    assert (await member.get(item)).status_code == 403
    voted = await member.post(f"{item}/votes", {"vote": "against"})
    assert (voted.status_code, voted.json()["code"]) == (403, "recused")
    (session,) = (await other.get("/accreditation-sessions")).json()["items"]
    path = f"/accreditation-sessions/{session['id']}"
    assert len((await other.get(path)).json()["items"]) == 1
    assert (await member.get(path)).json()["items"] == []
    page = await signed_in(house, one)
    await page.open(f"/accreditatie/zittingen/{session['id']}")
    assert page.page.status_code == 200
    assert "Academie De Brug" not in page.text


async def a_master(house: House, croho_code: str, **more: object) -> None:
    """A master on the national list."""
    values = {
        "unit_code": f"1002O{croho_code[:4]}", "offer_code": croho_code, "own_name": "", "study_choice_check": "",
        "croho_code": croho_code, "kind": "opleiding", "name": "Educational Leadership", "level": "hbo-ma",
        "degree": "master", "credits": 60, "document_kind": "getuigschrift", "accreditor": "NVAO",
        "board_code": "100B349", "board_name": "Hogeschool De Waal",
    }  # fmt: skip

    async def deed(work: Work) -> None:
        work.session.add(HigherEducationProgramme(**values | more))

    await house.system(deed)


async def test_an_nvao_master_is_checked_for_fit_by_its_croho_code_and_needs_no_panel(house: House):
    await a_master(house, MASTER)
    await a_master(house, "60002", accreditor="CPION")
    await a_master(house, "60003", unlisted_on=date(2024, 9, 1))
    provider = await admitted(house)
    client, secretary = await house.client("aanbieder"), await house.client("secretaris")
    drawn = await ok(
        await client.post("/course-applications", {"provider_id": provider, "registers": [PO], "course_kind": "master"})
    )
    path = f"/course-applications/{drawn['id']}"
    answers = {"title": "Master Educational Leadership", "summary": "Twee jaar.", "form": "classroom"}
    for code in ("60009", "60002", "60003"):
        found = await client.get(path)
        await ok(await client.patch(path, answers | {"croho_code": code}, found.headers["etag"]), 200)
        refused = await client.move(path, "submission")
        assert (refused.status_code, refused.json()["code"]) == (400, "not-an-nvao-master"), code
    found = await client.get(path)
    await ok(await client.patch(path, {"croho_code": MASTER}, found.headers["etag"]), 200)
    application = await ok(await client.move(path, "submission"))
    file = application["files"][0]
    panel = await client.post(f"/course-files/{file['id']}/panel", {"bureau": "B", "composition": "C."})
    assert (panel.status_code, panel.json()["code"]) == (409, "no-panel-needed")
    dossier = await paid(house, file)
    await ok(await secretary.move(dossier, "advice", {"positive": True, "reasons": "Past bij de standaard."}))

    decision = await ruled(house, file)

    # Six years less a day, as for every offer for basic registration (po-opleiding).
    assert (decision["outcome"], decision["due_on"]) == ("granted", "2030-09-11")
    offered = await (await house.client()).get(f"/accredited-programmes/{PO}/{MASTER}")
    assert (offered.json()["kind"], offered.json()["ects"]) == ("master", 60)
    assert offered.json()["provider"] == "Hogeschool De Waal"


async def test_the_committee_asks_for_more_and_the_file_is_assessed_anew(house: House):
    provider = await admitted(house)
    application = await submitted(house, provider)
    file = application["files"][0]
    await assessed(house, file)
    item = await sat(house, file, "for")
    secretary, path = await house.client("secretaris"), f"/course-applications/{application['id']}"

    asked = await ok(await secretary.post(f"{item}/question", {"question": "Hoe wordt er getoetst?"}))
    again = await secretary.post(f"{item}/decision", {"reasons": "Toch maar."})

    assert asked["state"] == "more-information"
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")
    house.on(date(2024, 9, 22))
    client = await house.client("aanbieder")
    await ok(await client.patch(path, {"testing": "Een toets."}, (await client.get(path)).headers["etag"]), 200)
    supplied = await ok(await client.move(path, "submission"))
    # Eight weeks from 12 September are 7 November; it stood still for nine days, and Saturday the 16th rolls to Monday.
    assert (supplied["files"][0]["state"], supplied["files"][0]["decide_by_on"]) == ("paid", "2024-11-18")
    secretary = await house.client("secretaris")
    await ok(
        await secretary.move(
            f"/course-dossiers/{file['id']}", "advice", {"positive": True, "points": 30, "reasons": "Nu past het."}
        )
    )
    decision = await ruled(house, file)
    assert decision["outcome"] == "granted"


async def replaced(house: House, first: str, outcome: Verdict, points: int) -> None:
    """Another decision on the same file takes the place of the first, as after an objection."""

    async def deed(work: Work) -> UUID:
        before = await work.session.get_one(Decision, UUID(first))
        days = {"from_on": "2024-09-12", "until_on": "2028-09-11"}
        refused = outcome is Verdict.REFUSED
        after = await take(
            work,
            Decision(
                number=case_number("B", work.today),
                kind=before.kind,
                subject_kind=before.subject_kind,
                subject_id=before.subject_id,
                round=before.round + 1,
                person_id=before.person_id,
                organisation_id=before.organisation_id,
                register_code=before.register_code,
                outcome=outcome,
                grounds="does-not-fit-standard" if refused else "",
                repair="Werk de doelen uit." if refused else "",
                reasons="Heroverwogen.",
                rule_set=before.rule_set,
                facts=before.facts,
                result={"points": points, "hours": {}, "ects": None, **days},
                taken_by=work.actor.ref,
                decided_on=work.today,
                replaces=before.id,
            ),
        )
        return after.id

    await known(house, str(await house.system(deed)))


@pytest.mark.parametrize(
    ("first", "outcome", "state", "points"),
    [
        ("against", Verdict.GRANTED, "accredited", 50),
        ("for", Verdict.GRANTED, "accredited", 50),
        ("for", Verdict.REFUSED, "withdrawn", 40),
    ],
    ids=["refused-granted", "granted-otherwise", "granted-refused"],
)
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_decision_on_a_course_that_replaces_another_gives_or_takes(house, first, outcome, state, points):
    provider = await admitted(house)
    application = await submitted(house, provider)
    file = application["files"][0]
    await assessed(house, file)
    decision = await ruled(house, file, first, **(REFUSAL if first == "against" else {}))
    house.on(date(2024, 10, 1))

    await replaced(house, decision["id"], outcome, points)

    found = await (await house.client("aanbieder")).get(f"/provider-courses/{application['course_id']}")
    (given,) = found.json()["accreditations"]
    assert (given["state"], given["points"]) == (state, points)
    offered = await (await house.client()).get(f"/accredited-programmes/{PO}/{found.json()['code']}")
    ends = "2024-09-30" if state == "withdrawn" else "2028-09-11"
    assert offered.json()["accredited_until"] == ends
    earlier = await (await house.client("aanbieder")).get(f"/decisions/{decision['id']}")
    assert earlier.json()["state"] == "replaced"
    assert await problems(house) == []


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_session_of_one_committee_is_unknown_under_the_address_of_the_other(house: House):
    """M5: an accreditation session under /v1/committee-sessions was 500 to read, and two of its moves were 201."""
    secretary = await house.client("secretaris")
    made = {}
    for path, members in (("/committee-sessions", MEMBERS), ("/accreditation-sessions", ACCREDITORS)):
        ids = [str(house.id_of(member)) for member in members[:5]]
        answer = await secretary.post(path, {"held_on": "2024-09-12", "chair_id": ids[0], "members": ids})
        assert answer.status_code == 201, answer.text
        made[path] = answer.json()["id"]
    wrong = [("/committee-sessions", "/accreditation-sessions"), ("/accreditation-sessions", "/committee-sessions")]
    for path, other in wrong:
        assert (await secretary.get(f"{path}/{made[other]}")).status_code == 404
        opened = await secretary.post(f"{path}/{made[other]}/opening", headers={"If-Match": '"1"'})
        assert opened.status_code == 404, (path, opened.text)


async def test_who_left_a_provider_just_after_midnight_left_on_that_day(house: House):
    """At half past twelve in the night it is still the day before in UTC; the five years count from the day here."""
    provider, one = UUID(await admitted(house)), house.id_of(ACCREDITORS[4])
    await house.system(lambda work: join(work, provider, one, MemberRole.EDITOR))
    house.on(date(2024, 9, 13), time(0, 30))
    owner = await house.client("aanbieder")
    (member,) = [
        row for row in (await owner.get(f"/providers/{provider}/members")).json() if row["role"] == MemberRole.EDITOR
    ]
    path = f"/v1/providers/{provider}/members/{member['id']}"
    ended = await owner.http.delete(path, headers={**owner.headers, "If-Match": '"1"'})
    assert ended.status_code == 204, ended.text

    found = {}
    for day in (date(2029, 9, 13), date(2029, 9, 14)):
        house.on(day)
        found[day.day] = await house.system(lambda work: ties(work, provider, PO, one))

    assert found == {13: ["same-provider"], 14: []}
