"""The story of a provider through the API only: from account to credits, and a refusal that can be contested."""

from datetime import date

from sqlmodel import select

from auth.models import Account
from register.seed.world import SignIn
from tests.accreditation.attendance.given import a_period
from tests.accreditation.peonline.test_door import row, send
from tests.accreditation.steps import PO, REFUSAL, admitted, assessed, ok, ruled, submitted
from tests.builders import House, a_leader, a_teacher

TEACHERS = "leraren"
WORTH = {PO: {"points": 40}, TEACHERS: {"points": None, "hours": {"PEDAGOGIC": 20}}}
ANOUK = {
    "given_name": "Anouk",
    "family_name": "Willems",
    "address": "Kade 1",
    "postcode": "8011AA",
    "town": "Zwolle",
    "email": "anouk@voorbeeld.example",
    "telephone": "038 1234567",
    "password": "vier losse woorden op een rij",
    "message_box": True,
}


async def anouk(house: House) -> None:
    """Somebody opens an account for a provider, and from then on signs in."""
    opened = await (await house.client()).post("/provider-accounts", ANOUK)
    assert opened.status_code == 202, opened.text
    async with house.means.database.reading() as session:
        account = (await session.exec(select(Account).where(Account.email == ANOUK["email"]))).one()
    house.world.ids["anouk"] = account.person_id
    signs_in = SignIn("provider", "plain", "Anouk Willems", account.email, ANOUK["password"], None, None)
    house.world.people.append(signs_in)


async def test_a_provider_goes_from_account_to_a_credit_in_a_teachers_portfolio_through_the_api(house: House):
    await a_teacher(house.world, "tess")
    await a_leader(house.world, "leo")
    for who in ("tess", "leo"):
        await a_period(house, who)
    await anouk(house)
    provider = await admitted(house, "anouk", registers=[PO, TEACHERS])
    application = await submitted(house, provider, "anouk", registers=[PO, TEACHERS])
    for file in application["files"]:
        await assessed(house, file, **WORTH[file["register_code"]])
        await ruled(house, file)

    client = await house.client("anouk")
    course = await ok(await client.get(f"/provider-courses/{application['course_id']}"), 200)
    given = {one["register_code"]: one for one in course["accreditations"]}
    assert (given[PO]["points"], given[TEACHERS]["hours"]) == (40, {"PEDAGOGIC": 20})
    # Four years less a day, that day included (choice: course accreditation).
    assert (given[PO]["from_on"], given[PO]["until_on"]) == ("2024-09-12", "2028-09-11")
    offered = await (await house.client()).get(f"/accredited-programmes/{PO}/{course['code']}")
    assert (offered.json()["kind"], offered.json()["provider"]) == ("course", "Academie De Brug")

    day = {"starts_on": "2024-09-12", "ends_on": "2024-09-12"}
    new = {**day, "place": "Zwolle", "capacity": 12, "external_id": "NAJAAR"}
    run = await ok(await client.post(f"/courses/{course['id']}/runs", new))
    key = await ok(await client.post("/platform-keys", {"platform": "Leerplein"}))
    tess, leo = house.number_of("tess"), house.number_of("leo")
    said = [
        await send(house, key, row(tess, externalCourseID=course["code"]), org=org, raw=raw)
        for org, raw in (("103", False), ("101", True))
    ]
    rows = [{"register_number": number, "run_id": run["id"]} for number in (tess, leo)]
    listed = await ok(await client.post("/attendances/bulk", {"rows": rows}))

    assert all("<accepted_rows>1</accepted_rows>" in one.text for one in said)
    assert [(one["outcome"], one["code"]) for one in listed["rows"]] == [("accepted", None)] * 2
    assert listed["stored"] == 1  # hers came by her platform already
    for who, register, worth in (("tess", TEACHERS, ("hours", 20)), ("leo", PO, ("points", 40))):
        portfolio = await (await house.client(who)).get(f"/portfolio?register={register}")
        (activity,) = portfolio.json()["activities"]
        assert (activity["title"], activity["counts"]) == (course["title"], True)
        assert activity[worth[0]] == worth[1]


async def test_the_refusal_of_a_course_is_a_decision_with_a_last_day_to_object(house: House):
    provider = await admitted(house)
    application = await submitted(house, provider)
    file = application["files"][0]
    await assessed(house, file, positive=False, points=None)
    house.on(date(2025, 3, 7))

    decision = await ruled(house, file, "against", **REFUSAL)

    assert decision["outcome"] == "refused"
    assert decision["grounds"] == ["does-not-fit-standard"]
    # Six weeks from 7 March end on 18 April 2025, Good Friday: the term ends on Tuesday after Easter.
    assert decision["last_day_to_object"] == "2025-04-22"
    assert "Commissie Accreditatie" in decision["remedy"]
    mine = await (await house.client("aanbieder")).get(f"/decisions/{decision['id']}")
    assert mine.json()["repair"] == REFUSAL["repair"]
    stranger = await (await house.client("aanbieder2")).get(f"/decisions/{decision['id']}")
    assert stranger.status_code == 404
