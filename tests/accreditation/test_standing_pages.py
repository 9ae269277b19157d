"""Suspending and withdrawing a provider on pages: one proposes, a colleague signs, and the provider is told."""

from tests.accreditation.steps import admitted, known
from tests.accreditation.test_providers import standing
from tests.builders import House
from tests.pages import Browser, signed_in

SAID = {
    "ground": "invoice-unpaid",
    "reasons": "De factuur van maart is na drie maanden niet betaald.",
    "repair": "Betaal de factuur.",
}


async def proposed(house: House, who: str) -> Browser:
    """The secretary finds the provider and proposes what comes next."""
    one = await signed_in(house, who)
    await one.open("/kantoor")
    await one.press("Toegelaten aanbieders")
    await one.open("/accreditatie/aanbieders?q=BRUG")
    await one.press("Academie De Brug")
    await one.send("/voornemen", meant_ground=SAID["ground"], meant_reasons=SAID["reasons"])
    await one.send("/zienswijze", view="Wij betalen volgende week.")
    await one.send("/maatregel", **SAID, answer="Er is nog niet betaald.")
    assert one.path.startswith("/voorstellen/"), one.text
    return one


async def signed(house: House, path: str) -> str:
    """A colleague signs it; the decision that was taken."""
    colleague = await signed_in(house, "secretaris2")
    await colleague.open(path)
    assert "De factuur van maart" in colleague.text
    await colleague.send("/tekenen")
    assert "U hebt getekend" in colleague.text
    proposal = await (await house.client("secretaris2")).get(path.replace("/voorstellen", "/proposals"))
    return str(proposal.json()["decision_id"])


async def test_a_provider_is_suspended_and_withdrawn_on_pages_by_two(house: House):
    provider = await admitted(house)
    first = await proposed(house, "secretaris")
    path = first.path

    assert "Er is nog niets veranderd" in first.text
    assert "/tekenen" not in first.page.text
    await first.open("/accreditatie/aanbieders?q=brug")
    await first.press("Academie De Brug")
    assert "wacht een voorstel op een tweede handtekening" in first.text
    assert "Stel dit voor" not in first.text
    assert (await standing(house, provider))["state"] == "authorised"

    decision = await signed(house, path)
    await first.open(f"/accreditatie/aanbieders/{(await standing(house, provider))['id']}")
    assert "is genomen en wacht op bekendmaking" in first.text
    await known(house, decision)
    assert (await standing(house, provider))["state"] == "suspended"
    owner = await signed_in(house, "aanbieder")
    await owner.open(f"/mijn/besluiten/{decision}")
    assert "De factuur van maart" in owner.text

    withdrawn = await signed(house, (await proposed(house, "secretaris")).path)
    await known(house, withdrawn)
    assert (await standing(house, provider))["state"] == "withdrawn"
    await first.open("/accreditatie/aanbieders")
    assert "Academie De Brug" not in first.text


async def test_a_suspension_is_ended_on_the_page_and_a_form_with_a_gap_comes_back(house: House):
    provider = await admitted(house)
    secretary = await signed_in(house, "secretaris")
    await secretary.open(f"/accreditatie/aanbieders/{(await standing(house, provider))['id']}")
    await secretary.send("/maatregel", **SAID | {"repair": ""})
    assert secretary.page.status_code == 400
    assert "De factuur van maart" in secretary.page.text

    await known(house, await signed(house, (await proposed(house, "secretaris")).path))
    await secretary.open(f"/accreditatie/aanbieders/{(await standing(house, provider))['id']}")
    await secretary.send("/herstel")

    assert "De schorsing is beëindigd" in secretary.text
    assert (await standing(house, provider))["state"] == "authorised"


async def test_who_does_not_admit_sees_no_such_page(house: House):
    provider = await admitted(house)
    authorisation = (await standing(house, provider))["id"]

    for who in ("aanbieder", "bureau"):
        one = await signed_in(house, who)
        for path in ("/accreditatie/aanbieders", f"/accreditatie/aanbieders/{authorisation}"):
            assert (await one.open(path)).status_code in {403, 404}, who
