"""Courses: returned, locked, paid, advised, changed, renewed, withdrawn, expired; programmes and their panel."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from accreditation.courses.award import last_day
from accreditation.kinds import FOR_REGISTRATION, CourseKind
from core.law.days import add_years, next_day
from register.rules.rulesets import shipped
from register.service.sweep import sweep
from tests.accreditation.steps import (
    ANSWERS,
    PO,
    accredited,
    admitted,
    assessed,
    known,
    ok,
    paid,
    ruled,
    sat,
    submitted,
)
from tests.builders import House
from tests.intended import withdrawal_proposed

RULES = shipped().named("schoolleiders-po-2022")
WITHDRAWAL = {"reasons": "Anders gegeven.", "grounds": ["other-than-accredited"], "repair": "Vraag opnieuw aan."}


@given(st.dates(date(2015, 1, 1), date(2090, 12, 31)), st.sampled_from(CourseKind))
def test_an_accreditation_lasts_its_years_less_a_day(first, kind):
    years = 6 if kind in FOR_REGISTRATION else 4
    assert next_day(last_day(kind, RULES, first)) == add_years(first, years)


def test_c_01_a_programme_from_1_september_2018_ends_on_31_august_2024():
    assert last_day(CourseKind.PROGRAMME, RULES, date(2018, 9, 1)) == date(2024, 8, 31)


async def test_an_incomplete_file_goes_back_and_the_term_stands_still(house: House):
    provider = await admitted(house)
    application = await submitted(house, provider)
    file, path = application["files"][0], f"/course-applications/{application['id']}"
    client, secretary = await house.client("aanbieder"), await house.client("secretaris")
    frozen = await client.patch(path, {"title": "Anders"}, (await client.get(path)).headers["etag"])
    assert (frozen.status_code, frozen.json()["code"]) == (409, "frozen")

    dossier = f"/course-dossiers/{file['id']}"
    await ok(await secretary.move(dossier, "return", {"question": "Wie geeft de cursus?"}))
    house.on(date(2024, 9, 19))
    client = await house.client("aanbieder")
    await ok(await client.patch(path, {"teachers": "Vier."}, (await client.get(path)).headers["etag"]), 200)
    again = await ok(await client.move(path, "submission"))

    # Eight weeks from 12 September are 7 November; it stood still from the 13th up to and including the 18th: six days.
    assert again["files"][0]["decide_by_on"] == "2024-11-13"


async def test_nothing_is_assessed_before_the_payment_is_booked(house: House):
    provider = await admitted(house)
    application = await submitted(house, provider)
    secretary = await house.client("secretaris")
    path = f"/course-dossiers/{application['files'][0]['id']}"
    locked = await ok(await secretary.move(path, "lock"))
    assert (locked["state"], locked["invoice"]["total_cents"]) == ("invoiced", 25000)

    advice = {"positive": True, "points": 40, "reasons": "Goed."}
    invoice = f"/course-files/{application['files'][0]['id']}/invoice"
    provider = await house.client("aanbieder")
    paper = await provider.get(invoice)
    assert (paper.status_code, paper.headers["content-type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    with PdfDocument(paper.content) as document:
        told = " ".join(document[0].get_textpage().get_text_range().split())
    account = house.means.settings.house.bank
    assert f"Maak het bedrag over op {account.iban}, ten name van {account.holder}" in told
    assert "250" in told
    assert all(line in told for line in house.means.settings.house.letterhead)
    assert (await secretary.get(invoice)).status_code == 403
    early = await secretary.move(path, "advice", advice)
    assert (early.status_code, early.json()["code"]) == (409, "wrong-state")
    short = await secretary.move(path, "payment", {"cents": 24999, "reference": "bank"})
    assert short.json()["code"] == "other-amount"
    await ok(await secretary.move(path, "payment", {"cents": 25000, "reference": "bank"}))
    assert (await provider.get(invoice)).content != paper.content  # it says that it was paid
    many = await secretary.move(path, "advice", advice | {"points": 101})
    assert many.json()["code"] == "points-out-of-range"
    assert (await ok(await secretary.move(path, "advice", advice)))["state"] == "assessed"


async def test_a_teachers_course_is_free_of_charge_and_worth_hours_by_category(house: House):
    house.on(date(2026, 2, 2))
    provider = await admitted(house, registers=[PO, "leraren"])

    course = await accredited(house, provider, registers=["leraren"], advice={"points": None, "hours": {"SUBJECT": 8}})

    assert [(one["register_code"], one["hours"]) for one in course["accreditations"]] == [("leraren", {"SUBJECT": 8})]


async def test_the_panel_of_a_programme_is_approved_and_reports_before_anything_is_assessed(house: House):
    provider = await admitted(house)
    answers = {"ects": 30}
    application = await submitted(house, provider, course_kind="programme", answers=answers)
    file = application["files"][0]
    dossier = await paid(house, file)
    client, secretary = await house.client("aanbieder"), await house.client("secretaris")
    early = await secretary.move(dossier, "advice", {"positive": True, "reasons": "Goed."})
    assert early.json()["code"] == "panel-first"
    panel = {"bureau": "Visitatie", "composition": "Een schoolleider en twee deskundigen."}
    await ok(await client.post(f"/course-files/{file['id']}/panel", panel))
    item = await sat(house, file, "for")
    voted = await ok(await secretary.post(f"{item}/decision", {"reasons": "Deskundig genoeg."}))
    assert voted["decision_id"] is None
    await ok(await secretary.post(f"{dossier}/panel-report", {"report": "Positief."}))
    await ok(await secretary.move(dossier, "advice", {"positive": True, "reasons": "Goed."}))

    decision = await ruled(house, file)

    assert (decision["level"], decision["due_on"]) == ("niveau-2", "2030-09-11")
    offered = await (await house.client()).get(f"/accredited-programmes?register={PO}&kind=programme")
    assert any(one["ects"] == 30 and one["name"] == ANSWERS["title"] for one in offered.json()["items"])


async def test_a_change_keeps_the_days_and_a_free_one_needs_no_assessment(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    client = await house.client("aanbieder")
    path = f"/provider-courses/{course['id']}"
    etag = (await client.get(path)).headers["etag"]
    bound = await client.patch(path, {"goals": "Iets anders."}, etag)
    assert (bound.status_code, bound.json()["code"]) == (400, "needs-assessment")
    await ok(await client.patch(path, {"summary": "Nieuwe tekst."}, etag), 200)
    house.on(date(2025, 1, 6))

    answers = {"goals": "Iets anders."}
    application = await submitted(house, provider, kind="change", course_id=course["id"], answers=answers)
    during = (await ok(await (await house.client("aanbieder")).get(path), 200))["accreditations"][0]
    assert during["state"] == "change-requested"
    await assessed(house, application["files"][0], points=60)
    await ruled(house, application["files"][0])

    (after,) = (await ok(await (await house.client("aanbieder")).get(path), 200))["accreditations"]
    assert (after["state"], after["points"]) == ("accredited", 60)
    assert (after["from_on"], after["until_on"]) == ("2024-09-12", "2028-09-11")


async def test_a_course_is_warned_of_renewed_and_the_next_term_follows_on(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    house.on(date(2028, 3, 10))
    assert (await sweep(house.means, date(2028, 3, 10))).accreditations_warned == 0
    house.on(date(2028, 3, 11))
    assert (await sweep(house.means, date(2028, 3, 11))).accreditations_warned == 1
    assert (await sweep(house.means, date(2028, 3, 11))).accreditations_warned == 0

    application = await submitted(house, provider, kind="renewal", course_id=course["id"])
    await assessed(house, application["files"][0])
    await ruled(house, application["files"][0])

    path = f"/provider-courses/{course['id']}"
    first, second = (await ok(await (await house.client("aanbieder")).get(path), 200))["accreditations"]
    assert (first["state"], first["until_on"]) == ("renewed", "2028-09-11")
    assert (second["state"], second["from_on"], second["until_on"]) == ("accredited", "2028-09-12", "2032-09-11")
    offered = (await (await house.client()).get(f"/accredited-programmes/{PO}/{course['code']}")).json()
    assert (offered["accredited_from"], offered["accredited_until"]) == ("2024-09-12", "2032-09-11")


async def test_a_course_that_is_not_renewed_expires_after_its_last_day(house: House):
    provider = await admitted(house)
    await accredited(house, provider)
    await sweep(house.means, date(2028, 9, 1))

    assert (await sweep(house.means, date(2028, 9, 11))).accreditations_expired == 0  # the last day counts
    assert (await sweep(house.means, date(2028, 9, 12))).accreditations_expired == 1


async def test_a_withdrawal_takes_four_eyes_and_works_from_the_day_it_is_made_known(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    one, other = await house.client("secretaris"), await house.client("secretaris2")
    given_id = course["accreditations"][0]["id"]
    proposal = await withdrawal_proposed(house, given_id, WITHDRAWAL)
    path = f"/course-withdrawals/{proposal['id']}"
    alone = await one.move(path, "confirmation")
    assert (alone.status_code, alone.json()["code"]) == (403, "four-eyes")

    decision = await known(house, (await ok(await other.move(path, "confirmation")))["decision_id"])

    assert (decision["outcome"], decision["grounds"]) == ("withdrawn", ["other-than-accredited"])
    found = await (await house.client("aanbieder")).get(f"/provider-courses/{course['id']}")
    (after,) = found.json()["accreditations"]
    assert (after["state"], after["withdrawn_on"]) == ("withdrawn", "2024-09-12")
