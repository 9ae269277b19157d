"""An accredited course without a day has its page; a provider that lost its admission reads so and plans nothing."""

from datetime import timedelta

import pytest

from tests.accreditation.steps import accredited, admitted, known
from tests.accreditation.test_providers import standing
from tests.accreditation.test_standing_pages import proposed, signed
from tests.builders import House
from tests.pages import browser, signed_in


async def lost(house: House, provider: str, state: str) -> None:
    """Suspended, and withdrawn after that if so asked."""
    for reached in ("suspended", "withdrawn"):
        await known(house, await signed(house, (await proposed(house, "secretaris")).path))
        if reached == state:
            return


def a_run(house: House) -> dict[str, object]:
    on = (house.world.clock.at.date() + timedelta(days=30)).isoformat()
    return {"form": "classroom", "starts_on": on, "ends_on": on, "place": "Zwolle", "capacity": 12}


async def test_an_accredited_course_without_a_run_has_its_page(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    owner, anybody = await signed_in(house, "aanbieder"), browser(house)

    await owner.open(f"/aanbieders/{provider}")
    assert f'href="/agenda/{course["code"]}"' in owner.page.text
    await anybody.open(f"/agenda/{course['code']}")

    assert anybody.page.status_code == 200
    assert "Er is nu geen dag gepland" in anybody.text
    assert course["title"] in anybody.text
    assert (await (await house.client("aanbieder")).get(f"/catalogue-courses/{course['code']}")).json()["runs"] == []
    await anybody.open("/agenda/K-bestaat-niet")
    assert anybody.page.status_code == 404


@pytest.mark.parametrize(("state", "said"), [("suspended", "Zolang de schorsing duurt"), ("withdrawn", "opnieuw")])
async def test_who_lost_the_admission_reads_since_when_and_plans_nothing(house: House, state: str, said: str):
    provider = await admitted(house)
    course = await accredited(house, provider)
    owner, client, run = await signed_in(house, "aanbieder"), await house.client("aanbieder"), a_run(house)
    await owner.open(f"/aanbieders/{provider}")
    assert "Plan uw uitvoeringen; dan staan zij in de agenda" in owner.text
    assert (await client.post(f"/courses/{course['id']}/runs", run)).status_code == 201

    await lost(house, provider, state)
    assert (await standing(house, provider))["state"] == state
    await owner.open(f"/aanbieders/{provider}")
    alert = owner.text

    assert "Plan uw uitvoeringen; dan staan zij in de agenda" not in alert
    assert "staan niet in de agenda" in alert or "staan niet meer in de agenda" in alert
    assert said in alert
    assert "sinds" in alert
    await owner.open(f"/presentie/nieuw?cursus={course['id']}")
    on = (house.world.clock.at.date() + timedelta(days=30)).strftime("%d-%m-%Y")
    await owner.send("/presentie/nieuw", starts_on=on, ends_on=on, place="Zwolle", capacity="12")
    assert owner.page.status_code in {400, 409}
    assert "niet meer toegelaten tot het register" in owner.text
    refused = await client.post(f"/courses/{course['id']}/runs", run)
    assert (refused.status_code, refused.json()["code"]) == (409, "provider-not-admitted")
    gone = browser(house)
    await gone.open(f"/agenda/{course['code']}")
    assert gone.page.status_code == 404
