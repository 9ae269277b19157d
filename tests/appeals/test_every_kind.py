"""Every kind of decision that there is, contested and upheld: it is undone, or another takes its place (Awb 7:11(2)).

The kinds come from the code: a new one fails here until its story is told.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.settings import Settings
from register.committee.reconsideration.outcomes import ANEW
from register.service.effects import EFFECTS, UNDONE
from tests.accreditation.attendance.given import a_course as accredited_course
from tests.accreditation.steps import REFUSAL, a_provider, admitted, assessed, known, ok, ruled, submitted
from tests.accreditation.test_institutional import asked as asked_institutional
from tests.accreditation.test_institutional import proven
from tests.accreditation.test_providers import standing as of_provider
from tests.appeals.test_revoked import STORIES, handled
from tests.builders import ACCREDITORS, MEMBERS, TEACHING_DEGREE, House, a_leader, a_teacher, framework
from tests.faults.files import problems
from tests.journeys.disputing import body_seated, by_body, done, refused_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide, learn
from tests.journeys.test_beroep import refused_renewal
from tests.journeys.test_bevoegdheden import TWO
from tests.journeys.test_herregistratie import a_course, registered_leader
from tests.journeys.test_uitstel import POSTPONEMENT, a_master
from tests.pages import signed_in
from tests.register.measures.test_measures import registered as registered_since
from tests.register.registration.test_silence import a_late_teacher
from tests.standing import history, shown, shown_on


@dataclass
class Contested:
    """What is contested by whom, and what is found otherwise, of each decision that falls."""

    who: str
    fall: list[tuple[dict[str, Any], dict[str, Any]]]
    about: dict[str, Any] = field(default_factory=dict)
    """What the effect is looked up by."""

    @property
    def last(self) -> dict[str, Any]:
        return self.fall[-1][0]


Story = Callable[[House], Awaitable[Contested]]
Effect = Callable[[House, Contested, dict[str, Any]], Awaitable[None]]


async def decided_on(house: House, who: str, kind: str) -> list[dict[str, Any]]:
    items = (await (await house.client(who)).get("/decisions")).json()["items"]
    return sorted((one for one in items if one["kind"] == kind), key=lambda one: one["id"])


async def a_registration(house: House) -> Contested:
    """A diploma of 5 September 2024, five days after the accreditation; it is of 30 August."""
    await a_leader(house.world, "nadia")
    return Contested("nadia", [(await refused_leader(house, "nadia"), {"issued_on": "2024-08-30"})])


async def registered(house: House, one: Contested, new: dict[str, Any]) -> None:
    """From 12 September 2024, the day of the refusal, for five years."""
    assert (new["outcome"], new["level"], new["due_on"]) == ("granted", "niveau-2", "2029-09-12")
    assert (await history(house, one.who))[-1] == ("2024-09-12", None, "registered")
    assert await shown(house, one.who) == [("registered", "niveau-2", "2029-09-12")]
    assert await shown_on(house, one.who, "2024-09-20") == ["registered"]
    portfolio = (await (await house.client(one.who)).get("/portfolio", params={"register": "schoolleiders-po"})).json()
    assert [(each["began_on"], each["due_on"]) for each in portfolio["periods"]] == [("2024-09-12", "2029-09-12")]


async def a_renewal(house: House) -> Contested:
    valuation, refusal = await refused_renewal(house, "laat")
    return Contested("laat", [(valuation, {"points": 60}), (refusal, {})])


async def renewed(house: House, one: Contested, new: dict[str, Any]) -> None:
    """Sixty points by the set of 2022: three years from the old due date of 1 February 2025."""
    assert (new["outcome"], new["due_on"]) == ("granted-shorter", "2028-02-01")
    assert (await history(house, one.who))[-1] == ("2024-12-20", None, "registered")
    assert await shown(house, one.who) == [("registered", "niveau-2", "2028-02-01")]
    portfolio = (await (await house.client(one.who)).get("/portfolio", params={"register": "schoolleiders-po"})).json()
    assert [each["due_on"] for each in portfolio["periods"]][-1] == "2028-02-01"


async def a_valuation(house: House) -> Contested:
    """Thirty points of forty that were claimed."""
    await registered_since(house, "nadia")
    id = await learn(house, "nadia", a_course("2024-09-12", 40), None)
    less = {
        "points": 30,
        "reasons": "Een deel past.",
        "grounds": ["evidence-insufficient"],
        "repair": "Voeg bewijs toe.",
    }
    assessor = await house.client("beoordelaar")
    await ok(await assessor.post(f"/portfolio-entries/{id}/valuation", less))
    (valued,) = await decided_on(house, "nadia", "valuation")
    assert valued["outcome"] == "partly-granted"
    return Contested("nadia", [(valued, {"points": 40})], {"entry": id})


async def valued(house: House, one: Contested, new: dict[str, Any]) -> None:
    nadia = await house.client(one.who)
    entry = (await nadia.get(f"/portfolio-entries/{one.about['entry']}")).json()
    book = (await nadia.get("/portfolio", params={"register": "schoolleiders-po"})).json()
    assert (new["outcome"], entry["points"]) == ("granted", 40)
    assert [each["points"] for each in book["periods"]] == [40]


async def a_postponement(house: House) -> Contested:
    """Six months for long illness, refused as no ground; the due date is 1 February 2025."""
    await registered_leader(house, "ziek")
    house.on(date(2025, 1, 6))
    file = await apply(await house.client("ziek"), {**POSTPONEMENT, "requested_months": 6}, None)
    refused = {"reasons": "Niet gebleken.", "grounds": ["ground-not-accepted"], "repair": "Stuur een verklaring."}
    return Contested("ziek", [(await decide(house, file, "against", refused), {})])


async def postponed(house: House, one: Contested, new: dict[str, Any]) -> None:
    assert (new["outcome"], new["due_on"]) == ("granted", "2025-08-01")
    assert (await history(house, one.who))[-1][2] == "postponed"
    assert await shown(house, one.who) == [("postponed", "niveau-2", "2025-08-01")]


async def a_level(house: House) -> Contested:
    """A master of 2024, a year after its accreditation ended; it is of 2019."""
    await registered_leader(house, "hoger")
    house.on(date(2024, 9, 12))
    await house.system(a_master)
    asked = {"register_code": "schoolleiders-po", "kind": "level-change"}
    master = {"kind": "master", "programme_code": "MEM", "issued_on": "2024-07-01"}
    file = await apply(await house.client("hoger"), asked, master)
    refused = {"reasons": "Na de accreditatie.", "repair": "Stuur een andere master."}
    return Contested("hoger", [(await decide(house, file, "against", refused), {"issued_on": "2019-07-01"})])


async def levelled(house: House, one: Contested, new: dict[str, Any]) -> None:
    assert (new["outcome"], new["level"]) == ("granted", "master")
    assert await shown(house, one.who) == [("registered", "master", "2025-02-01")]


async def a_qualification(house: House) -> Contested:
    """Of two qualifications one was worked in for an hour too little; there were 1,660 hours in that one too."""
    house.on(date(2026, 2, 12))
    await a_teacher(house.world, "tess")
    teacher = await house.client("tess")
    asked = an_application("leraren", sector="vo", qualifications=[{"name": name} for name in TWO])
    file = await apply(teacher, asked, a_diploma("2021-07-02", TEACHING_DEGREE))
    await decide(house, file, "for", {"reasons": "Erkende diploma's."})
    house.on(date(2028, 3, 16))
    for category, hours in (("SUBJECT", "130"), ("PEDAGOGIC", "80")):
        course = {"register_code": "leraren", "kind": "course", "title": f"Cursus {category}", "category": category}
        days = {"done_on": "2028-03-16", "hours": hours, "contact_hours": hours, "valuation": "not-validated"}
        await learn(house, "tess", course | days, None)
    house.on(date(2030, 12, 2))
    worked = [{"name": name, "work_hours": hours} for name, hours in zip(TWO, (1660, 1659), strict=True)]
    renewal = an_application("leraren", kind="reregistration", sector="vo", qualifications=worked)
    text = {"reasons": "Een is genoeg bijgehouden.", "repair": "Nog één uur."}
    await decide(house, await apply(await house.client("tess"), renewal, None), "for", text)
    (refused,) = [each for each in await decided_on(house, "tess", "qualification") if each["outcome"] == "refused"]
    return Contested("tess", [(refused, {"work_hours": 1660})])


async def qualified(house: House, one: Contested, new: dict[str, Any]) -> None:
    assert (new["outcome"], new["due_on"]) == ("granted", "2036-02-12")
    (entry,) = (await (await house.client(one.who)).get("/registrations")).json()
    assert {(each["name"], each["due_on"]) for each in entry["qualifications"]} == {
        (name, "2036-02-12") for name in TWO
    }
    await history(house, one.who)
    assert await shown(house, one.who) == [("registered", None, None)]


async def a_penalty(house: House) -> Contested:
    """Fifteen days from 31 December 2024, by the tariff of 2019; an installation finds that another figure held."""
    path, _teacher = await a_late_teacher(house)
    house.on(date(2025, 1, 15))
    await decide(house, path.rpartition("/")[2], "for", {"reasons": "Erkend diploma."})
    await ok(await (await house.client("secretaris")).move(path, "penalty-decision"))
    file = house.folder / "tariffs.csv"
    file.write_text(
        "article;what;amount;unit;valid_from;source;noted_on\n"
        "Awb 4:17(2);penalty-days-1-14;30;euro per dag;2024-12-01;Stb. 2024, 1;2024-12-01\n"
    )
    settings = Settings(**{**house.means.settings.model_dump(), "tariffs": file})
    house.world.means = replace(house.means, settings=settings)
    framework().state["means"] = house.means
    (penalty,) = await decided_on(house, "tess", "penalty")
    return Contested("tess", [(penalty, {})])


async def owed(house: House, one: Contested, new: dict[str, Any]) -> None:
    """Fourteen days at 30 euros and one at 35."""
    assert new["outcome"] == "granted"
    assert "€\xa0455,00" in new["reasons"]


async def a_refused_course(house: House) -> Contested:
    provider = await admitted(house)
    application = await submitted(house, provider)
    (file,) = application["files"]
    await assessed(house, file)
    refused = await ruled(house, file, "against", **REFUSAL)
    about = {"course": application["course_id"], "file": file["id"]}
    return Contested("aanbieder", [(refused, {"points": 40})], about)


async def in_the_offer(house: House, one: Contested, new: dict[str, Any]) -> None:
    """Four years from 12 September 2024, the day of the refusal; what was paid for it stays paid."""
    client = await house.client(one.who)
    course = (await client.get(f"/provider-courses/{one.about['course']}")).json()
    (given,) = course["accreditations"]
    assert (given["state"], given["points"]) == ("accredited", 40)
    assert (given["from_on"], given["until_on"]) == ("2024-09-12", "2028-09-11")
    invoice = await client.get(f"/course-files/{one.about['file']}/invoice")
    assert invoice.status_code == 200
    assert (await house.http.get(f"/v1/catalogue-courses/{course['code']}")).status_code == 200


async def an_admission(house: House) -> Contested:
    client, secretary = await house.client("aanbieder"), await house.client("secretaris")
    provider = await ok(await client.post("/providers", a_provider(staff_level="mbo")))
    path = f"/provider-authorisations/{provider['authorisations'][0]['id']}"
    refused = {"granted": False, "reasons": "De docenten zijn mbo.", "repair": "Zet hbo-docenten in."}
    decision = await known(house, (await ok(await secretary.move(path, "decision", refused)))["decision_id"])
    profile = {name: said for name, said in a_provider().items() if name not in {"name", "registers"}}
    await ok(await client.move(f"/providers/{provider['id']}", "profile", profile))
    return Contested("aanbieder", [(decision, {})], {"provider": provider["id"]})


async def may_apply(house: House, one: Contested, new: dict[str, Any]) -> None:
    assert new["outcome"] == "granted"
    assert (await of_provider(house, one.about["provider"]))["state"] == "authorised"
    assert (await submitted(house, one.about["provider"]))["files"]


async def an_institution(house: House) -> Contested:
    provider = await proven(house, courses=9)
    path = await asked_institutional(house, provider)
    secretary = await house.client("secretaris")
    refused = {"granted": False, "reasons": "Te weinig cursussen.", "repair": "Vraag het na tien cursussen."}
    decision = await known(house, (await ok(await secretary.move(path, "decision", refused)))["decision_id"])
    await accredited_course(house, UUID(provider), title="Cursus 10", external_id=None, from_on=date(2024, 1, 1))
    return Contested("paula", [(decision, {})], {"path": path})


async def of_its_own(house: House, one: Contested, new: dict[str, Any]) -> None:
    """A year less a day from 5 October 2024, the day on which it is made known."""
    found = (await (await house.client(one.who)).get(one.about["path"])).json()
    assert (new["outcome"], found["state"]) == ("granted", "granted")
    assert (found["from_on"], found["until_on"]) == ("2024-10-05", "2025-10-04")


REPLACED: dict[str, tuple[Story, Effect]] = {
    "registration": (a_registration, registered),
    "reregistration": (a_renewal, renewed),
    "valuation": (a_valuation, valued),
    "postponement": (a_postponement, postponed),
    "level-change": (a_level, levelled),
    "qualification": (a_qualification, qualified),
    "penalty": (a_penalty, owed),
    "course-accreditation": (a_refused_course, in_the_offer),
    "provider-admission": (an_admission, may_apply),
    "institutional-accreditation": (an_institution, of_its_own),
}
"""By the kind of decision: what is contested, and what stands once another took its place."""
ON_DISPUTES = {"objection", "appeal"}
"""A decision on objection is annulled on appeal (tests/journeys/test_beroep.py); of a ruling only the court judges."""


def test_every_kind_of_decision_can_be_undone_or_replaced_and_has_its_story():
    assert set(REPLACED) == set(ANEW)
    assert {*STORIES, "strike-off"} == set(UNDONE)
    assert set(ANEW).isdisjoint(UNDONE)  # what leaves a request is decided anew, what leaves none is taken back
    assert set(ANEW) | set(UNDONE) | ON_DISPUTES == set(EFFECTS)


@pytest.mark.parametrize("kind", REPLACED)
async def test_awb_7_11_a_decision_is_replaced_with_all_that_the_other_gives(house: House, kind: str):
    story, effect = REPLACED[kind]
    one = await story(house)
    falls = one.last
    assert (falls["kind"], falls["state"]) == (kind, "notified")
    known_on = date.fromisoformat(falls["notified_on"])
    house.on(known_on + timedelta(days=5))
    decider, path = await handled(house, one.who, falls["number"], known_on + timedelta(days=25), *others(one))

    placed = [{"decision_id": old["id"], "reasons": "Opnieuw bekeken.", **new} for old, new in one.fall]
    ruling = {"outcome": "upheld", "reasons": "Het advies wordt gevolgd.", "replacements": placed}
    theirs = ACCREDITORS if kind.startswith(("course-", "provider-", "institutional-")) else MEMBERS[::-1]
    await body_seated(house, path, theirs)
    page = await signed_in(house, "griffier-bezwaar")
    await page.open(path.replace("/objections", "/bezwaren"))
    assert set(one.fall[-1][1]) <= page.form("/draft").names  # what was found otherwise can be typed
    ruled_by = await by_body(house, path, ruling, theirs)
    await done(decider, path, "notification")

    client = await house.client(one.who)
    (new,) = [each for each in await decided_on(house, one.who, kind) if each["replaces"] == falls["id"]]
    assert (await client.get(f"/decisions/{falls['id']}")).json()["state"] == "replaced"
    letter = (await client.get(f"/decisions/{ruled_by['decision_id']}")).json()["reasons"]
    assert f"Besluit {falls['number']} van " in letter
    assert f"vervalt; in de plaats komt besluit {new['number']}" in letter
    await effect(house, one, new)
    assert await problems(house) == []


def others(one: Contested) -> list[str]:
    return [old["number"] for old, _ in one.fall[:-1]]
