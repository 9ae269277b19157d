"""Bevoegdheden: a teacher with more than one gets a decision on each, and the public sees registered or not."""

from datetime import date

from tests.builders import TEACHING_DEGREE, House, a_teacher
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application, apply, decide, learn

TWO = ("Nederlands tweede graad", "Engels tweede graad")


async def test_each_qualification_is_decided_and_renewed_by_itself(house: House):
    """Registered 12 February 2026 for five years; by then 1,660 hours are worked in one and 1,659 in the other."""
    house.on(date(2026, 2, 12))
    await a_teacher(house.world, "tess")
    teacher = await house.client("tess")
    asked = an_application("leraren", sector="vo", qualifications=[{"name": name} for name in TWO])
    await decide(
        house,
        await apply(teacher, asked, a_diploma("2021-07-02", TEACHING_DEGREE)),
        "for",
        {"reasons": "Erkende diploma's."},
    )
    (entry,) = (await teacher.get("/registrations")).json()
    first = {(one["name"], one["sector"], one["due_on"]) for one in entry["qualifications"]}
    for category, hours in (("SUBJECT", "130"), ("PEDAGOGIC", "80")):
        house.on(date(2028, 3, 16))
        await learn(
            house,
            "tess",
            {"register_code": "leraren", "kind": "course", "title": "Nascholing", "done_on": "2028-03-16",
             "hours": hours, "contact_hours": hours, "category": category, "valuation": "not-validated"},
            None,
        )  # fmt: skip
    house.on(date(2030, 12, 2))
    teacher = await house.client("tess")
    worked = [{"name": name, "work_hours": hours} for name, hours in zip(TWO, (1660, 1659), strict=True)]
    renewal = an_application("leraren", kind="reregistration", sector="vo", qualifications=worked)

    known = await decide(
        house,
        await apply(teacher, renewal, None),
        "for",
        {"reasons": "Eén bevoegdheid is genoeg bijgehouden.", "repair": "Nog één uur in Engels."},
    )

    assert first == {(name, "vo", "2031-02-12") for name in TWO}
    assert (known["outcome"], known["grounds"], known["due_on"]) == (
        "partly-granted",
        ["work-hours-short"],
        "2036-02-12",
    )
    decisions = (await teacher.get("/decisions")).json()["items"]
    each = [(one["outcome"], one["due_on"]) for one in decisions if one["kind"] == "qualification"]
    assert sorted(each[:2]) == [("granted", "2031-02-12")] * 2
    assert sorted(each[2:], key=str) == [("granted", "2036-02-12"), ("refused", None)]
    (entry,) = (await teacher.get("/registrations")).json()
    assert {(one["name"], one["due_on"]) for one in entry["qualifications"]} == {
        (TWO[0], "2036-02-12"),
        (TWO[1], "2031-02-12"),
    }
    (public,) = (await (await house.client()).get(f"/register-entries/{house.number_of('tess')}")).json()
    assert (public["status"], public["level"], public["valid_until"]) == ("registered", None, None)
    assert "Nederlands" not in str(public)
    assert await problems(house) == []


async def test_the_pedagogic_note_is_of_vocational_education(house: House):
    await a_teacher(house.world, "praktijk")
    teacher = await house.client("praktijk")
    note = [{"name": "Autotechniek", "pedagogic_note": True}]

    elsewhere = await teacher.post("/applications", an_application("leraren", sector="vo", qualifications=note))
    file = await apply(
        teacher,
        an_application("leraren", sector="mbo", qualifications=note),
        a_diploma("2021-07-02", TEACHING_DEGREE),
    )
    known = await decide(house, file, "for", {"reasons": "Getuigschrift erkend."})

    assert elsewhere.json()["errors"][0]["code"] == "only-in-mbo"
    (entry,) = (await teacher.get("/registrations")).json()
    (held,) = entry["qualifications"]
    assert (held["name"], held["pedagogic_note"], held["due_on"]) == ("Autotechniek", True, known["due_on"])
