"""Measures against an entry: lapse and return, strike-off on its day; hearing first, and never by one person."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from auth.actor import SYSTEM
from core.errors import Invalid, Refused
from core.law.heard import require_heard
from core.store.files import StoredFile
from core.store.work import Work
from register.committee.measures.models import Measure
from register.committee.measures.policy import (
    MeasureKind,
    limit_of,
    require_future,
    require_grounds,
    require_open,
)
from register.entries.entry import move, registration_of
from register.entries.policy import Event, Register, Status
from register.notification.models import SentLetter
from register.portfolio.books import open_period
from register.service.sweep import sweep
from tests.builders import MEMBERS, Client, House, a_leader
from tests.faults.files import problems
from tests.journeys.disputing import done, object_to
from tests.journeys.steps import a_diploma, an_application, apply, decide, make_known, vote
from tests.mailed import mails
from tests.pages import signed_in

GRANT = {"reasons": "Het diploma telt."}


def a_measure(house: House, who: str, kind: str, *grounds: str) -> dict[str, Any]:
    number = house.number_of(who)
    return {"register_number": number, "register_code": "schoolleiders-po", "kind": kind, "grounds": list(grounds)}


async def registered(house: House, who: str) -> Client:
    """A leader whose entry runs from 12 September 2024 to 12 September 2029."""
    await a_leader(house.world, who)
    leader = await house.client(who)
    await decide(house, await apply(leader, an_application(), a_diploma("2024-08-31")), "for", GRANT)
    return leader


async def standing(house: House, who: str) -> str:
    async with house.means.work(SYSTEM, write=False) as work:
        entry = await registration_of(work, house.id_of(who), Register.LEADERS_PO)
        assert entry is not None
        return str(entry.status.value)


@pytest.mark.parametrize(
    ("due_on", "last"),
    [
        (date(2029, 9, 12), date(2030, 3, 12)),
        (date(2024, 8, 31), date(2025, 2, 28)),  # February has no 31st
        (date(2027, 8, 30), date(2028, 2, 29)),
    ],
)
def test_an_entry_stands_six_months_under_conditions_and_lapses_not_before(due_on: date, last: date):
    assert limit_of(due_on, 6) == last
    with pytest.raises(Refused, match="conditional-months-run"):
        require_open(MeasureKind.LAPSE, Status.CONDITIONAL, due_on, 6, last, renewal_waits=False)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.CONDITIONAL}))
def test_only_what_is_under_conditions_lapses(status: Status):
    with pytest.raises(Refused, match="wrong-state"):
        require_open(MeasureKind.LAPSE, status, date(2024, 1, 1), 6, date(2025, 1, 1), renewal_waits=False)


def test_what_was_asked_however_late_is_decided_first():
    with pytest.raises(Refused, match="renewal-waits"):
        require_open(MeasureKind.LAPSE, Status.CONDITIONAL, date(2024, 1, 1), 6, date(2025, 1, 1), renewal_waits=True)


def test_nobody_goes_on_before_the_person_was_heard_or_the_term_passed_unused():
    """Awb 4:8; 26 September 2024 is the last day of the term that began on the 12th."""
    last = date(2024, 9, 26)
    with pytest.raises(Refused, match="hearing-term-runs"):
        require_heard("", last, last)
    require_heard("", last, date(2024, 9, 27))
    require_heard("Ik was ziek.", last, date(2024, 9, 13))


def test_a_strike_off_has_a_ground_of_its_own_and_works_later():
    with pytest.raises(Invalid, match="unknown-ground"):
        require_grounds(MeasureKind.STRIKE_OFF, ["conditional-term-passed"])
    with pytest.raises(Invalid, match="effect-not-in-future"):
        require_future(date(2024, 9, 12), date(2024, 9, 12))


async def test_late_then_conditional_then_lapsed_and_back_again(house: House):
    """2029-09-12 is the due date; six months later, 2030-03-12, is the last day under conditions."""
    leader = await registered(house, "laat")
    house.on(date(2029, 9, 13))
    assert (await sweep(house.means, date(2029, 9, 13))).conditional == 1
    secretary = await house.client("secretaris")
    lapse = a_measure(house, "laat", "lapse", "conditional-term-passed")
    early = await secretary.post("/measures", lapse)
    house.on(date(2030, 3, 13))
    secretary = await house.client("secretaris")
    candidates = (await secretary.get("/lapse-candidates")).json()
    intended = await secretary.post("/measures", lapse)
    twice = await secretary.post("/measures", lapse)
    path = f"/measures/{intended.json()['id']}"

    assert (early.status_code, early.json()["code"]) == (409, "conditional-months-run")
    assert [(one["limit"], one["register_number"]) for one in candidates] == [("2030-03-12", house.number_of("laat"))]
    assert intended.json()["hearing_until"] == "2030-03-27"  # two weeks from the day after
    assert (twice.status_code, twice.json()["code"]) == (409, "measure-runs-already")
    assert (await secretary.get("/lapse-candidates")).json() == []
    unheard = await secretary.move(path, "hearing-end")
    assert (unheard.status_code, unheard.json()["code"]) == (409, "hearing-term-runs")
    assert (await (await house.client("bestuur")).get(path)).status_code == 404

    leader = await house.client("laat")
    heard = await leader.move(path, "views", {"view": "Ik was ziek en kon niets doen."})
    assert (heard.status_code, heard.json()["state"]) == (201, "heard")
    ids = [str(house.id_of(member)) for member in MEMBERS[:4]]
    planned = await secretary.post("/committee-sessions", {"held_on": "2030-03-13", "chair_id": ids[0], "members": ids})
    session = f"/committee-sessions/{planned.json()['id']}"
    filled = (await secretary.post(f"{session}/agenda", {})).json()
    assert [item["kind"] for item in filled["items"]] == ["lapse"]
    await secretary.move(session, "opening")
    item = f"/agenda-items/{filled['items'][0]['id']}"
    file = await (await house.client(MEMBERS[0])).get(item)
    assert file.json()["measure"]["view"] == "Ik was ziek en kon niets doen."
    await vote(house, item, "for")
    together = (await secretary.post(f"{session}/decisions", {})).json()
    assert [one["result"] for one in together] == ["words-needed"]  # the view is answered (Awb 3:46)
    text = {"reasons": "De zes maanden zijn voorbij.", "repair": "Vraag opnieuw aan."}
    silent = await secretary.post(f"{item}/decision", text)
    assert (silent.status_code, silent.json()["errors"][0]["code"]) == (400, "view-unanswered")
    ruled = await secretary.post(f"{item}/decision", text | {"answer": "Met ziekte had u uitstel kunnen vragen."})
    assert ruled.status_code == 201, ruled.text
    assert await standing(house, "laat") == "conditional"  # not before it is made known (Awb 3:40)
    decision = (await secretary.get(session)).json()["items"][0]["decision"]
    known = await make_known(secretary, decision)

    assert (known["kind"], known["outcome"], known["grounds"]) == ("lapse", "withdrawn", ["conditional-term-passed"])
    assert known["repair"]
    assert known["last_day_to_object"]
    assert await standing(house, "laat") == "lapsed"
    public = (await house.http.get(f"/v1/register-entries/{house.number_of('laat')}")).json()
    assert "lapsed" in str(public)
    assert (await secretary.get(path)).json()["state"] == "carried-out"
    back = await decide(house, await apply(leader, an_application(), a_diploma("2024-08-31")), "for", GRANT)
    assert back["outcome"] == "granted"
    assert await standing(house, "laat") == "registered"
    assert await problems(house) == []


async def test_a_strike_off_is_proposed_by_one_signed_by_another_and_works_on_its_day(house: House):
    await registered(house, "onwaar")
    secretary = await house.client("secretaris")
    intended = await secretary.post("/measures", a_measure(house, "onwaar", "strike-off", "evidence-forged"))
    path = f"/measures/{intended.json()['id']}"
    text = {
        "reasons": "Het diploma is vervalst.",
        "answer": "Dat verandert het niet.",
        "repair": "Vraag opnieuw aan.",
        "effect_on": "2024-10-15",
    }
    early = await secretary.move(path, "proposal", text)
    house.on(date(2024, 9, 27))
    secretary = await house.client("secretaris")
    unused = await secretary.move(path, "hearing-end")
    today = await secretary.move(path, "proposal", {**text, "effect_on": "2024-09-27"})
    first = (await secretary.move(path, "proposal", text)).json()
    second = (await secretary.move(path, "proposal", {**text, "reasons": "Het diploma is vals."})).json()
    member = await house.client(MEMBERS[0])
    old = await member.move(path, "signature", {"digest": first["digest"]})
    by_secretary = await secretary.move(path, "signature", {"digest": second["digest"]})
    signed = await member.move(path, "signature", {"digest": second["digest"]})
    gone = await member.get(path)
    known = await make_known(secretary, signed.json()["id"])

    assert (early.status_code, early.json()["code"]) == (409, "wrong-state")
    assert unused.json()["state"] == "heard"
    assert (today.status_code, today.json()["code"]) == (400, "effect-not-in-future")
    assert (old.status_code, old.json()["code"]) == (409, "another-text")
    assert by_secretary.status_code == 403
    assert (signed.status_code, signed.json()["reasons"]) == (201, "Het diploma is vals.")
    assert gone.status_code == 404
    page = await signed_in(house, "onwaar")
    await page.open("/mijn")
    assert "Wordt doorgehaald op 15 oktober 2024" in page.text
    await page.open(f"/mijn/besluiten/{signed.json()['id']}")
    assert "Uw registratie wordt doorgehaald op 15 oktober 2024. Tot die dag blijft zij staan." in page.text
    assert known["last_day_to_object"] == "2024-11-08"  # six weeks from 28 September
    assert await standing(house, "onwaar") == "registered"
    assert (await sweep(house.means, date(2024, 10, 14))).struck_off == 0
    house.on(date(2024, 10, 15))
    assert (await sweep(house.means, date(2024, 10, 15))).struck_off == 1
    assert (await sweep(house.means, date(2024, 10, 15))).struck_off == 0
    assert await standing(house, "onwaar") == "struck-off"
    (told,) = await mails(house, "strike-off-carried-out")  # Awb 3:40: the day is told when it has come
    assert "doorgehaald vanaf 15 oktober 2024" in told.body
    assert await problems(house) == []


async def test_a_proposal_that_waited_too_long_is_not_signed_and_one_of_a_colleague_neither(house: House):
    await a_leader(house.world, "wacht")
    await stands(house, "wacht")
    secretary = await house.client("secretaris")
    intended = await secretary.post("/measures", a_measure(house, "wacht", "strike-off", "untrue-statements"))
    path = f"/measures/{intended.json()['id']}"
    await (await house.client("wacht")).move(path, "views", {"view": "Door de telefoon: het klopte wel."})
    text = {
        "reasons": "De gegevens zijn onwaar.",
        "answer": "Dat verandert het niet.",
        "repair": "Vraag opnieuw aan.",
        "effect_on": "2025-01-15",
    }
    proposed = (await secretary.move(path, "proposal", text)).json()
    house.on(date(2024, 10, 11))
    member = await house.client(MEMBERS[0])
    late = await member.move(path, "signature", {"digest": proposed["digest"]})
    dropped = await (await house.client("secretaris")).move(path, "drop")

    assert (late.status_code, late.json()["code"]) == (409, "proposal-expired")
    assert dropped.json()["state"] == "dropped"
    assert await standing(house, "wacht") == "registered"


async def test_who_left_before_the_day_is_not_struck_off_and_the_sweep_goes_on(house: House):
    await a_leader(house.world, "weg")
    await stands(house, "weg")
    secretary = await house.client("secretaris")
    intended = await secretary.post("/measures", a_measure(house, "weg", "strike-off", "untrue-statements"))
    path = f"/measures/{intended.json()['id']}"
    await (await house.client("weg")).move(path, "views", {"view": "Ik ga zelf weg."})
    text = {
        "reasons": "De gegevens zijn onwaar.",
        "answer": "Dat verandert het niet.",
        "repair": "Vraag opnieuw aan.",
        "effect_on": "2024-10-15",
    }
    proposed = (await secretary.move(path, "proposal", text)).json()
    signed = await (await house.client(MEMBERS[0])).move(path, "signature", {"digest": proposed["digest"]})
    await make_known(secretary, signed.json()["id"])

    async def leave(work: Work) -> None:
        entry = await registration_of(work, house.id_of("weg"), Register.LEADERS_PO)
        assert entry is not None
        await move(work, entry, Event.DEREGISTER)

    await house.system(leave)

    assert (await sweep(house.means, date(2024, 10, 15))).struck_off == 0
    assert await standing(house, "weg") == "deregistered"


async def stands(house: House, who: str) -> None:
    """Registered by the house, for what needs no decision behind it."""

    async def deed(work: Work) -> None:
        entry = await registration_of(work, house.id_of(who), Register.LEADERS_PO)
        assert entry is not None
        await move(work, entry, Event.APPLY)
        await move(work, entry, Event.GRANT, due_on=date(2029, 9, 12), period_began_on=date(2024, 9, 12))
        await open_period(work, entry, date(2024, 9, 12), date(2029, 9, 12))

    await house.system(deed)


async def test_the_committee_may_not_follow_and_then_nothing_changes(house: House):
    await a_leader(house.world, "blijft")
    await stands(house, "blijft")
    house.on(date(2029, 9, 13))
    await sweep(house.means, date(2029, 9, 13))
    house.on(date(2030, 4, 2))
    secretary = await house.client("secretaris")
    new = a_measure(house, "blijft", "lapse", "conditional-term-passed")
    path = f"/measures/{(await secretary.post('/measures', new)).json()['id']}"
    await (await house.client("blijft")).move(path, "views", {"view": "Ik vraag het volgende week aan."})
    ids = [str(house.id_of(member)) for member in MEMBERS[:4]]
    plan = {"held_on": "2030-04-02", "chair_id": ids[0], "members": ids}
    session = f"/committee-sessions/{(await secretary.post('/committee-sessions', plan)).json()['id']}"
    item = (await secretary.post(f"{session}/agenda", {})).json()["items"][0]["id"]
    await secretary.move(session, "opening")
    await vote(house, f"/agenda-items/{item}", "against")

    ruled = await secretary.post(f"/agenda-items/{item}/decision", {"reasons": "De ziekte telt."})

    assert (ruled.status_code, ruled.json()["decision"]) == (201, None)
    assert (await secretary.get(path)).json()["state"] == "dropped"
    assert await standing(house, "blijft") == "conditional"


async def signed_off(house: House, who: str, effect_on: str) -> tuple[str, str]:
    """A strike-off that was signed on 27 September 2024; its path, and the decision."""
    await registered(house, who)
    secretary = await house.client("secretaris")
    intended = await secretary.post("/measures", a_measure(house, who, "strike-off", "evidence-forged"))
    path = f"/measures/{intended.json()['id']}"
    house.on(date(2024, 9, 27))
    secretary = await house.client("secretaris")
    await secretary.move(path, "hearing-end")
    text = {"reasons": "Het diploma is vals.", "repair": "Vraag opnieuw aan.", "effect_on": effect_on}
    proposed = (await secretary.move(path, "proposal", text)).json()
    signed = await (await house.client(MEMBERS[0])).move(path, "signature", {"digest": proposed["digest"]})
    assert signed.status_code == 201, signed.text
    return path, str(signed.json()["id"])


@pytest.mark.parametrize(
    ("sent_on", "works_from", "said"),
    [
        ("2024-09-30", "2024-10-02", "2 oktober 2024"),
        ("2024-10-01", "2024-10-02", "2 oktober 2024"),
        ("2024-10-02", "2024-10-03", "3 oktober 2024"),  # posted on its own day: it works from the next
        ("2024-10-04", "2024-10-05", "5 oktober 2024"),
    ],
)
async def test_awb_3_40_a_strike_off_never_works_before_the_day_after_it_went(
    house: House, sent_on: str, works_from: str, said: str
):
    """Meant for 2 October 2024, and sent by post; noted on the 4th."""
    path, decision = await signed_off(house, "onwaar", "2024-10-02")
    house.on(date(2024, 10, 4))
    secretary = await house.client("secretaris")
    known = await secretary.move(f"/decisions/{decision}", "notification", {"channel": "post", "sent_on": sent_on})
    assert known.status_code == 201, known.text

    page = await signed_in(house, "onwaar")
    await page.open(f"/mijn/besluiten/{decision}")

    assert f"Uw registratie wordt doorgehaald op {said}." in page.text
    async with house.means.database.reading() as session:
        row = await session.get_one(Measure, UUID(path.rpartition("/")[2]))
        letter = (await session.exec(select(SentLetter).where(SentLetter.decision_id == UUID(decision)))).one()
    assert str(row.effect_on) == works_from
    assert f"doorgehaald op {said}" in (letter.words or "")
    await sweep(house.means, date.fromisoformat(works_from))
    assert await standing(house, "onwaar") == "struck-off"
    assert await problems(house) == []


async def test_a_strike_off_that_was_signed_waits_to_be_made_known_before_its_day(house: House):
    _path, decision = await signed_off(house, "onwaar", "2024-10-02")

    async def waits() -> list[tuple[str, str, str]]:
        items = (await (await house.client("secretaris")).get("/work-items")).json()["items"]
        return [(one["task"], one["due_on"], one["article"]) for one in items if one["kind"] == "measure"]

    assert await waits() == [("notify", "2024-10-01", "reglement, zoals Awb 3:41")]
    await make_known(await house.client("secretaris"), decision)
    assert await waits() == []


async def test_the_intent_in_a_file_says_what_was_sent_and_not_what_was_decided(house: House):
    path, decision = await signed_off(house, "onwaar", "2024-10-02")

    known = await make_known(await house.client("secretaris"), decision)
    case = (await object_to(await house.client("onwaar"), known["number"]))["id"]
    await done(await house.client("adviseur1"), f"/objections/{case}", "papers")
    async with house.means.database.reading() as session:
        (kept,) = await session.exec(select(StoredFile).where(col(StoredFile.name).startswith("Voornemen")))
    sheet = (await house.means.files.get(kept.sha256)).decode()

    assert "Het diploma is vals." not in sheet
    async with house.means.database.reading() as session:
        row = await session.get_one(Measure, UUID(path.rpartition("/")[2]))
    assert row.intended is not None
    assert row.intended["reasons"].split()[0] in sheet
