"""The story of a provider: from account to accredited course, and a refusal that can be contested."""

from datetime import date

from tests.accreditation.steps import PO, REFUSAL, accredited, admitted, assessed, ruled, submitted
from tests.builders import House


async def test_a_provider_goes_from_account_to_accredited_course_through_the_api(house: House):
    provider = await admitted(house)

    course = await accredited(house, provider)

    given = course["accreditations"][0]
    assert (given["register_code"], given["points"], given["state"]) == (PO, 40, "accredited")
    # Four years less a day, that day included (choice: course accreditation).
    assert (given["from_on"], given["until_on"]) == ("2024-09-12", "2028-09-11")
    public = await house.client()
    offered = await public.get(f"/accredited-programmes/{PO}/{course['code']}")
    assert (offered.json()["kind"], offered.json()["provider"]) == ("course", "Academie De Brug")


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
