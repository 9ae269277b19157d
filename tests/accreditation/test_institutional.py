"""Institutional accreditation: only for the proven, for new courses only, and never without a decision."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given as for_all
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from accreditation.institutional.models import InstitutionalAccreditation
from accreditation.institutional.policy import Record, lacking, last_day, most_courses
from core.store.db import new_id
from register.checks.doubled import shared_days
from register.rules.rulesets import shipped
from tests.accreditation.attendance.given import PO, a_course, a_provider
from tests.accreditation.steps import ANSWERS, known, ok, submitted
from tests.builders import Client, House
from tests.core.test_audit import behind_the_back
from tests.pages import signed_in

RULES = shipped().named("schoolleiders-po-2022").institutional
PROVEN = Record(date(2021, 9, 10), 10)
TODAY = date(2024, 9, 10)
GRANT = {"granted": True, "reasons": "De aanbieder heeft zich bewezen."}
WITHDRAWAL = {"reasons": "De verklaring klopte niet.", "grounds": ["declared-wrongly"], "repair": "Vraag opnieuw aan."}


def test_three_years_and_ten_applications_are_enough_and_a_day_or_one_less_is_not():
    assert lacking(PROVEN, RULES, TODAY) == []
    assert lacking(Record(date(2021, 9, 11), 10), RULES, TODAY) == ["authorised-too-short"]
    assert lacking(Record(date(2021, 9, 10), 9), RULES, TODAY) == ["too-few-applications"]
    bad = Record(None, 0, measured=True, unsound_audit=True)
    assert lacking(bad, RULES, TODAY) == [
        "authorised-too-short",
        "too-few-applications",
        "measure-before",
        "audit-not-sound",
    ]
    assert last_day(TODAY, RULES) == date(2025, 9, 9)  # a year less a day, that day included
    assert most_courses(11, RULES) == 16  # one and a half times eleven, whole courses


@for_all(st.integers(0, 200), st.integers(0, 200))
def test_more_applications_never_give_less_room(few, more):
    assert most_courses(few, RULES) <= most_courses(few + more, RULES)


async def proven(house: House, courses: int = 10) -> str:
    """A provider that was authorised on 4 January 2021, with courses of this year; today is 10 September 2024."""
    house.on(date(2021, 1, 4))
    provider = await a_provider(house)
    house.on(TODAY)
    for n in range(courses):
        await a_course(house, provider, title=f"Cursus {n}", external_id=None, from_on=date(2024, 1, 1))
    return str(provider)


async def asked(house: House, provider: str) -> str:
    paula = await house.client("paula")
    new = {"provider_id": provider, "register_code": PO}
    return f"/institutional-accreditations/{(await ok(await paula.post('/institutional-accreditations', new)))['id']}"


async def granted(house: House) -> tuple[str, str, Client]:
    provider = await proven(house)
    path = await asked(house, provider)
    secretary = await house.client("secretaris")
    await known(house, (await ok(await secretary.move(path, "decision", GRANT)))["decision_id"])
    return provider, path, secretary


async def handed_in(house: House, provider: str, **more: Any) -> str:
    """A course application that waits; the address of its file."""
    application = await submitted(house, provider, "paula", answers=ANSWERS | more)
    return f"/course-dossiers/{application['files'][0]['id']}"


async def test_a_provider_that_has_not_proven_itself_is_refused_with_what_would_repair_it(house: House):
    provider = await proven(house, courses=9)
    path = await asked(house, provider)
    secretary, paula = await house.client("secretaris"), await house.client("paula")
    again = await paula.post("/institutional-accreditations", {"provider_id": provider, "register_code": PO})
    assert (again.status_code, again.json()["code"]) == (409, "asked-already")
    assert (await secretary.get(path)).json()["lacking"] == ["too-few-applications"]

    spite = await secretary.move(path, "decision", GRANT)
    assert (spite.status_code, spite.json()["code"]) == (409, "rules-refuse")
    refused = {"granted": False, "reasons": "Te weinig cursussen.", "repair": "Vraag het na tien cursussen."}
    decision = await known(house, (await ok(await secretary.move(path, "decision", refused)))["decision_id"])

    assert (decision["outcome"], decision["grounds"]) == ("refused", ["too-few-applications"])
    assert decision["last_day_to_object"] == "2024-10-22"
    assert (await paula.get(path)).json()["state"] == "refused"
    assert (await (await house.client("aanbieder2")).get(path)).status_code == 404
    file = await handed_in(house, provider)
    none = await paula.post(f"{file}/declaration", {"points": 30})
    assert (none.status_code, none.json()["code"]) == (409, "no-institutional")


async def test_a_course_goes_by_declaration_and_is_accredited_without_assessment(house: House):
    provider, path, secretary = await granted(house)
    paula = await house.client("paula")
    seen = (await paula.get(path)).json()
    assert (seen["state"], seen["until_on"], seen["courses_most"]) == ("granted", "2025-09-09", 15)
    file = await handed_in(house, provider)

    too_much = await paula.post(f"{file}/declaration", {"points": 300})
    assert (too_much.status_code, too_much.json()["code"]) == (400, "points-out-of-range")
    assert (await secretary.post(f"{file}/declaration", {"points": 30})).status_code == 403
    await ok(await paula.post(f"{file}/declaration", {"points": 30}))
    twice = await paula.post(f"{file}/declaration", {"points": 30})
    assert (twice.status_code, twice.json()["code"]) == (409, "declared-already")
    taken = await ok(await secretary.move(f"{file}/declaration", "acceptance", {"reasons": "Op eigen verklaring."}))
    decision = await known(house, taken["decision_id"])

    assert (decision["kind"], decision["outcome"]) == ("course-accreditation", "granted")
    courses = (await paula.get("/provider-courses")).json()["items"]
    (given,) = next(one["accreditations"] for one in courses if one["title"] == ANSWERS["title"])
    assert (given["points"], given["from_on"]) == (30, "2024-09-10")


async def test_it_ends_for_new_courses_only(house: House):
    provider, path, secretary = await granted(house)
    paula = await house.client("paula")
    first = await handed_in(house, provider, title="Eerste")
    second = await handed_in(house, provider, title="Tweede")
    for file in (first, second):
        await ok(await paula.post(f"{file}/declaration", {"points": 30}))
    taken = await ok(await secretary.move(f"{first}/declaration", "acceptance", {"reasons": "Op eigen verklaring."}))
    await known(house, taken["decision_id"])

    await known(house, (await ok(await secretary.move(path, "withdrawal", WITHDRAWAL)))["decision_id"])

    late = await secretary.move(f"{second}/declaration", "acceptance", {"reasons": "Op eigen verklaring."})
    assert (late.status_code, late.json()["code"]) == (409, "no-institutional")
    courses = (await paula.get("/provider-courses")).json()["items"]
    (kept,) = next(one["accreditations"] for one in courses if one["title"] == "Eerste")
    assert (kept["state"], kept["withdrawn_on"]) == ("accredited", None)
    assert (await paula.get(path)).json()["withdrawn_on"] == "2024-09-10"


async def test_instellingsaccreditatie_by_pages(house: House):
    provider = await proven(house)
    paula, secretary = await signed_in(house, "paula"), await signed_in(house, "secretaris")
    await paula.open("/aanbieder/instelling")
    await paula.send("/aanbieder/instelling", provider_id=provider, register_code=PO)
    assert "Uw aanvraag is ontvangen." in paula.text
    await secretary.open("/accreditatie/instellingen")
    await secretary.send("/besluit", granted="true")
    assert "Er gaat nog iets mis" in secretary.text
    await secretary.send("/besluit", granted="true", reasons="Bewezen.")
    api = await house.client("secretaris")
    (one,) = [
        each for each in (await api.get("/decisions")).json()["items"] if each["kind"] == "institutional-accreditation"
    ]
    await known(house, one["id"])

    file = (await handed_in(house, provider)).rpartition("/")[2]
    await paula.open("/aanbieder/instelling")
    await paula.send(file, points="40")
    assert "Uw verklaring is ontvangen." in paula.text
    await secretary.open("/accreditatie/instellingen")
    await secretary.send(f"/verklaringen/{file}", reasons="Op eigen verklaring.")
    assert "Maak het nog bekend" in secretary.text


async def test_a_following_one_begins_where_the_first_ends_and_no_day_is_given_twice(house: House):
    provider, path, _ = await granted(house)
    house.on(date(2025, 6, 2))
    for n in range(10):
        await a_course(house, UUID(provider), title=f"Later {n}", external_id=None, from_on=date(2025, 3, 1))
    following = await asked(house, provider)
    secretary, paula = await house.client("secretaris"), await house.client("paula")
    taken = await ok(await secretary.move(following, "decision", GRANT))

    await known(house, taken["decision_id"])

    terms = [(await paula.get(one)).json() for one in (path, following)]
    assert [(one["from_on"], one["until_on"]) for one in terms] == [
        ("2024-09-10", "2025-09-09"),
        ("2025-09-10", "2026-09-09"),
    ]
    table: sa.Table = InstitutionalAccreditation.__table__  # type: ignore[attr-defined]
    async with house.means.database.reading() as session:
        rows = (await (await session.connection()).execute(sa.select(table).order_by(table.c.from_on))).mappings()
        first, second = map(dict, rows)
        assert [each async for each in shared_days(session)] == []
    shared = {"until_on": second["from_on"]}
    for attempt in (
        sa.update(table).where(table.c.id == first["id"]).values(shared),
        sa.insert(table).values({**first, "id": new_id(), "from_on": date(2025, 9, 9)}),
    ):
        with pytest.raises(IntegrityError):
            async with house.means.database.writes.begin() as connection:
                await connection.execute(attempt)
    await behind_the_back(house, sa.update(table).where(table.c.id == first["id"]).values(shared))
    async with house.means.database.snapshot() as session:
        found = [str(each) async for each in shared_days(session)]
    assert found == [f"accreditations-overlap: institutional_accreditation/{second['id']}"]
