"""What is contested is suspended meanwhile, on request: by whom, what it stops, and how it ends (Awb 6:16, 8:81)."""

from datetime import date, timedelta

import pytest

from register.service.effects import HALTS
from register.service.sweep import sweep
from tests.appeals.test_revoked import EFFECT, STORIES, state_of, struck_off, untreated
from tests.appeals.test_told import body_of
from tests.builders import ACCREDITORS, MEMBERS, House
from tests.faults.files import problems
from tests.journeys.disputing import body_seated, by_body, done, object_to, unheard
from tests.mailed import mails
from tests.pages import signed_in
from tests.register.measures.test_measures import standing

WHY = {"interim_reasons": "Anders verlies ik mijn baan voor er beslist is."}
YES = {"interim_granted": "yes", "interim_answer": "Het diploma wordt nog onderzocht."}
NO = {"interim_granted": "no", "interim_answer": "De fraude staat vast."}
DISMISSED = {"outcome": "dismissed", "reasons": "Het diploma is vervalst."}


async def asked(house: House, who: str, number: str, members: tuple[str, ...] = MEMBERS[::-1]) -> tuple[str, str]:
    """Objected, asked to suspend, and a chair was given; the path, and who sits in the chair."""
    path = f"/objections/{(await object_to(await house.client(who), number))['id']}"
    await done(await house.client(who), path, "interim-request", WHY)
    return path, (await body_seated(house, path, members))[0]


async def dismissed(house: House, path: str, who: str, members: tuple[str, ...] = MEMBERS[::-1]) -> None:
    """It is decided, without a hearing, that what was contested stands."""
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {})
    await unheard(house, adviser, path, who)
    await by_body(house, path, DISMISSED, members)
    await done(await house.client("griffier-bezwaar"), path, "notification")


async def test_awb_6_16_a_strike_off_that_is_suspended_does_not_come_and_comes_after_the_decision(house: House):
    """Known on 27 September, to work from 15 October; suspended on the 30th of September by pages."""
    decision = await struck_off(house, "echt")
    house.on(date(2024, 9, 30))
    leader = await signed_in(house, "echt")
    path = f"/objections/{(await object_to(await house.client('echt'), decision['number']))['id']}"
    page = path.replace("/objections", "/bezwaren")
    await leader.open(page)
    await leader.send("/interim-request", **WHY)
    chair = (await body_seated(house, path))[0]
    judge = await signed_in(house, chair)
    await judge.open(page)
    assert "U beslist daarover als voorzitter" in judge.text
    await judge.send("/interim-decision", **YES)

    house.on(EFFECT)
    assert (await sweep(house.means, EFFECT)).struck_off == 0
    assert await standing(house, "echt") == "registered"
    told = " ".join((await body_of(house, "objection-interim-decided")).split())
    assert f"Besluit {decision['number']} geldt niet zolang over het bezwaar niet is beslist" in told
    assert len(await mails(house, "objection-interim")) == 1
    assert await problems(house) == []

    await dismissed(house, path, "echt")

    assert await standing(house, "echt") == "struck-off"
    assert f"Besluit {decision['number']} geldt weer" in await body_of(house, "objection-interim-ended")
    assert await problems(house) == []


async def test_awb_6_16_who_is_struck_off_already_stands_again_meanwhile_and_with_the_decision_for_good(house: House):
    decision = await struck_off(house, "echt")
    house.on(EFFECT)
    await sweep(house.means, EFFECT)
    house.on(date(2024, 10, 16))
    path, chair = await asked(house, "echt", decision["number"])
    await done(await house.client(chair), path, "interim-decision", YES)
    assert await standing(house, "echt") == "registered"
    shown = await house.http.get(f"/v1/register-entries/{house.number_of('echt')}")
    assert [one["status"] for one in shown.json()] == ["registered"]
    assert await problems(house) == []

    house.on(date(2024, 10, 20))
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {})
    await done(adviser, path, "hearing-waiver", {"ground": "fully-met", "waiver_reasons": "Hij krijgt gelijk."})
    await by_body(house, path, {"outcome": "upheld", "reasons": "Echt.", "revocations": [decision["id"]]})
    await done(await house.client("griffier-bezwaar"), path, "notification")

    assert await standing(house, "echt") == "registered"
    assert await problems(house) == []


async def test_awb_6_16_a_suspension_ends_on_its_last_day_and_with_a_withdrawal(house: House):
    decision = await struck_off(house, "echt")
    house.on(date(2024, 9, 30))
    path, chair = await asked(house, "echt", decision["number"])
    early = await (await house.client(chair)).move(path, "interim-decision", YES | {"interim_until": "2024-09-30"})
    await done(await house.client(chair), path, "interim-decision", YES | {"interim_until": "2024-10-20"})
    assert (early.status_code, early.json()["code"]) == (400, "not-later")

    assert (await sweep(house.means, date(2024, 10, 20))).interim_ended == 0
    house.on(date(2024, 10, 21))
    assert (await sweep(house.means, date(2024, 10, 21))).interim_ended == 1
    assert await standing(house, "echt") == "struck-off"

    await done(await house.client("echt"), path, "interim-request", WHY)
    await done(await house.client(chair), path, "interim-decision", YES)
    assert await standing(house, "echt") == "registered"
    await done(await house.client("echt"), path, "withdrawal")
    assert await standing(house, "echt") == "struck-off"
    assert await problems(house) == []


async def test_awb_6_16_a_refusal_says_why_and_names_the_court_of_the_track(house: House):
    decision = await struck_off(house, "echt")
    house.on(date(2024, 9, 30))
    path, chair = await asked(house, "echt", decision["number"])
    twice = await (await house.client("echt")).move(path, "interim-request", WHY)
    member = next(one for one in MEMBERS[::-1] if one != chair)
    other = await (await house.client(member)).move(path, "interim-decision", YES)
    await done(await house.client(chair), path, "interim-decision", NO)

    told = " ".join((await body_of(house, "objection-interim-decided")).split())
    assert (twice.status_code, twice.json()["code"]) == (409, "interim-asked")
    assert (other.status_code, other.json()["code"]) == (403, "not-the-chair")
    assert "De fraude staat vast." in told
    assert "de burgerlijke rechter, in kort geding: de rechtbank Midden-Nederland (voorbeeld)" in told
    assert "voorzieningenrechter" not in told
    page = await house.http.get("/schorsing")
    assert "burgerlijke rechter" in page.text
    assert "Het register wacht niet vanzelf." in page.text
    assert "reglement, zoals Awb 6:16" in page.text
    assert page.text.count("Awb 6:16") == page.text.count("zoals Awb 6:16") + 1  # a public register cites it bare


KINDS = [kind for kind in STORIES if kind in HALTS]


@pytest.mark.parametrize("kind", KINDS)
async def test_awb_6_16_what_was_taken_away_stands_meanwhile_and_ends_again_with_the_decision(house: House, kind: str):
    story, was, stands = STORIES[kind]
    resource, decision = await story(house)
    who = {"institutional-withdrawal": "paula", "lapse": "laat"}.get(kind, "aanbieder")
    theirs = ACCREDITORS if kind.startswith(("course-", "provider-", "institutional-")) else MEMBERS[::-1]
    house.on(date.fromisoformat(decision["notified_on"]) + timedelta(days=5))
    path, chair = await asked(house, who, decision["number"], theirs)

    await done(await house.client(chair), path, "interim-decision", YES)
    meanwhile = await state_of(house, resource)
    assert await problems(house) == []
    await dismissed(house, path, who, theirs)

    assert (meanwhile, await state_of(house, resource)) == (stands, was)
    assert await problems(house) == []


async def test_awb_6_16_what_left_nothing_to_stand_cannot_be_suspended(house: House):
    _, decision = await untreated(house)
    path = f"/objections/{(await object_to(await house.client('aanvuller'), decision['number']))['id']}"
    nothing = await (await house.client("aanvuller")).move(path, "interim-request", WHY)

    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-to-suspend")


def test_every_kind_that_can_be_suspended_has_its_story():
    assert {*KINDS, "strike-off"} == set(HALTS)
