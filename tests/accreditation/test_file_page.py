"""A file of a course on a page: on to the next one, and its letter before the decision is taken."""

from dataclasses import asdict
from typing import Any

import pytest

from core.letters import Letter
from core.store.work import Work
from register.notification import sending
from tests.accreditation.steps import REFUSAL, admitted, assessed, ok, sat, submitted
from tests.builders import ACCREDITORS, House
from tests.pages import signed_in


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """The letters that were printed, as what they tell."""
    letters: list[Letter] = []

    async def press(_work: Work, letter: Letter) -> bytes:
        letters.append(letter)
        return b"%PDF-1.7"

    monkeypatch.setattr(sending.paper, "pdf", press)
    return letters


async def two_files(house: House) -> tuple[str, str, str]:
    """A session that is open, with two files on its agenda: the session and the places of the files."""
    provider = await admitted(house)
    (first,) = (await submitted(house, provider))["files"]
    (second,) = (await submitted(house, provider, answers={"external_id": "TWEE"}))["files"]
    for file in (first, second):
        await assessed(house, file)
    item = (await sat(house, first, "for", ())).split("/")[-1]
    member = await signed_in(house, ACCREDITORS[0])
    await member.open("/accreditatie/zittingen")
    await member.press("Commissie Accreditatie")
    session = member.path.split("/")[-1]
    secretary = await house.client("secretaris")
    other = await ok(await secretary.post(f"/accreditation-sessions/{session}/agenda-items", {"file_id": second["id"]}))
    return f"/accreditatie/zittingen/{session}", item, other["id"]


async def test_a_vote_leads_on_to_the_next_file_of_a_course(house: House):
    session, first, second = await two_files(house)
    member = await signed_in(house, ACCREDITORS[0])

    await member.open(f"{session}/dossiers/{first}")
    assert "stuk 1 van 2" in member.text
    await member.send("/stem", vote="for")
    assert member.path == f"{session}/dossiers/{second}"
    await member.send("/stem", vote="for")

    assert member.path == f"{session}/dossiers/{second}"
    assert "Zodra iedereen heeft gestemd, legt de secretaris het besluit vast" in member.text
    await member.open("/accreditatie/zittingen")
    assert "2 stukken" in member.text


def without(letter: Letter) -> dict[str, Any]:
    facts = tuple(fact for fact in letter.facts if fact[0] != "Kenmerk")
    return {**asdict(letter), "facts": facts, "reference": "", "verification": "", "draft": "", "letterhead": ()}


async def test_the_letter_on_a_course_before_the_decision_is_the_one_that_goes(house: House, told: list[Letter]):
    provider = await admitted(house)
    told.clear()
    (file,) = (await submitted(house, provider))["files"]
    await assessed(house, file)
    item = (await sat(house, file, "against")).split("/")[-1]
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/accreditatie/zittingen")
    await secretary.press("Commissie Accreditatie")
    here = f"{secretary.path}/dossiers/{item}"
    typed = {"reasons": REFUSAL["reasons"], "ground": REFUSAL["grounds"][0], "repair": REFUSAL["repair"]}

    await secretary.open(here)
    missing = await secretary.send("/besluit", other="/brief", reasons="")
    before = await secretary.send("/besluit", other="/brief", **typed)
    await secretary.open(here)
    await secretary.send("/besluit", **typed)
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")

    assert missing.status_code == 400
    assert (before.status_code, before.headers["content-type"]) == (200, "application/pdf")
    draft, sent = told
    assert without(draft) == without(sent)
    assert draft.draft.startswith("Concept.")
    assert draft.verification == ""
    member = await signed_in(house, ACCREDITORS[0])
    await member.open(here)
    assert 'formaction="' not in member.page.text


async def test_the_secretary_looks_at_the_letter_on_a_course_before_deciding(house: House):
    provider = await admitted(house)
    (file,) = (await submitted(house, provider))["files"]
    await assessed(house, file)
    item = (await sat(house, file, "against")).split("/")[-1]
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/accreditatie/zittingen")
    await secretary.press("Commissie Accreditatie")
    here = f"{secretary.path}/dossiers/{item}"
    await secretary.open(here)

    before = await secretary.send(
        "/besluit", other="/brief", reasons=REFUSAL["reasons"], ground=REFUSAL["grounds"][0], repair=REFUSAL["repair"]
    )

    assert (before.status_code, before.content[:5]) == (200, b"%PDF-")
    await secretary.open(here)
    secretary.form("/besluit")  # nothing was decided by looking
