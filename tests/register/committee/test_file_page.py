"""The file on a page: documents shown in their place, what was decided before, the letter, and on to the next file."""

import re
from dataclasses import asdict
from typing import Any

import pytest

from core.letters import Letter
from core.store.work import Work
from register.notification import sending
from tests.builders import MEMBERS, House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide, sit, vote
from tests.pages import signed_in

LATE = {"reasons": "Het diploma is te laat behaald.", "repair": "Een ander bewijs."}


async def test_a_document_opens_inside_the_file_and_in_no_page_of_others(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    _secretary, session, item = await sit(house, file)
    here = f"/zittingen/{session.split('/')[-1]}/dossiers/{item.split('/')[-1]}"

    member = await signed_in(house, MEMBERS[0])
    page = await member.open(here)
    shown, _letter = re.findall(r'<iframe [^>]*src="([^"]+)"', page.text)
    inside = await member.open(shown)
    kept = await member.open(shown.split("?")[0])

    assert shown.startswith(f"{here}/bewijsstukken/")
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"
    assert (inside.headers["content-type"], inside.headers["content-disposition"]) == ("application/pdf", "inline")
    assert inside.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'self'"
    assert inside.headers["x-frame-options"] == "SAMEORIGIN"
    assert kept.headers["content-disposition"].startswith("attachment")
    assert inside.content == kept.content
    stranger = await signed_in(house, "leo")
    assert (await stranger.open(shown)).status_code == 403


async def test_what_was_decided_before_stands_beside_the_file(house: House):
    await a_leader(house.world, "leo")
    leo = await house.client("leo")
    before = await decide(house, await apply(leo, an_application(), a_diploma("2024-09-05")), "against", LATE)
    again = await apply(leo, an_application(), a_diploma("2024-08-31"))
    _secretary, session, item = await sit(house, again)
    here = f"/zittingen/{session.split('/')[-1]}/dossiers/{item.split('/')[-1]}"

    of_member = (await (await signed_in(house, MEMBERS[0])).open(here)).text
    of_secretary = (await (await signed_in(house, "secretaris")).open(here)).text

    assert "Eerdere besluiten" in of_member
    assert before["number"] in of_member
    assert f"/mijn/besluiten/{before['id']}" not in of_member
    assert f'href="/mijn/besluiten/{before["id"]}"' in of_secretary


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """The letters that were printed, as what they tell."""
    letters: list[Letter] = []

    async def press(_work: Work, letter: Letter) -> bytes:
        letters.append(letter)
        return b"%PDF-1.7"

    monkeypatch.setattr(sending.paper, "pdf", press)
    return letters


async def in_session(house: House, issued_on: str) -> str:
    """A file of Leo on the agenda of an open session: its page."""
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma(issued_on))
    _secretary, session, item = await sit(house, file)
    return f"/zittingen/{session.split('/')[-1]}/dossiers/{item.split('/')[-1]}"


def without(letter: Letter) -> dict[str, Any]:
    """What a letter tells, but for its head, its number, its code and that it is a draft."""
    facts = tuple(fact for fact in letter.facts if fact[0] != "Kenmerk")
    return {**asdict(letter), "facts": facts, "reference": "", "verification": "", "draft": "", "letterhead": ()}


async def test_the_letter_before_the_decision_is_the_letter_that_goes_marked_as_a_draft(
    house: House, told: list[Letter]
):
    here = await in_session(house, "2024-09-05")  # five days after the accreditation
    await vote(house, f"/agenda-items/{here.split('/')[-1]}", "against")
    secretary = await signed_in(house, "secretaris")
    await secretary.open(here)
    typed = {"reasons": "Het diploma is te laat behaald.", "repair": "Doe een assessment."}

    before = await secretary.send("/besluit", other="/brief", **typed)
    await secretary.open(here)
    await secretary.send("/besluit", **typed)
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")

    assert (before.status_code, before.headers["content-type"]) == (200, "application/pdf")
    draft, sent = told
    assert without(draft) == without(sent)
    assert draft.draft.startswith("Concept.")
    assert (draft.reference, draft.verification, sent.draft) == ("Concept", "", "")
    assert "Doe een assessment." in str(sent.parts)


async def test_the_secretary_looks_at_the_letter_before_deciding(house: House):
    here = await in_session(house, "2024-09-05")
    await vote(house, f"/agenda-items/{here.split('/')[-1]}", "against")
    secretary = await signed_in(house, "secretaris")
    await secretary.open(here)

    before = await secretary.send(
        "/besluit", other="/brief", reasons="Het diploma is te laat behaald.", repair="Doe dit."
    )

    assert (before.status_code, before.content[:5]) == (200, b"%PDF-")
    await secretary.open(here)
    secretary.form("/besluit")  # nothing was decided by looking


async def test_a_member_reads_the_letter_in_the_words_of_the_library_and_who_is_aside_does_not(
    house: House, told: list[Letter]
):
    here = await in_session(house, "2024-08-31")
    member, aside = await signed_in(house, MEMBERS[0]), await signed_in(house, MEMBERS[1])
    await aside.open(here)
    await aside.send("/verschoning", recuse_ground="worked-together")

    seen = await member.open(f"{here}/brief")
    refused = await aside.open(f"{here}/brief")

    assert (seen.status_code, refused.status_code) == (200, 403)
    assert seen.headers["x-frame-options"] == "SAMEORIGIN"
    (draft,) = told
    assert ("Niveau", "2") in draft.facts
    stranger = await signed_in(house, "leo")
    assert (await stranger.open(f"{here}/brief")).status_code == 403


async def test_words_that_are_missing_bring_the_page_back_and_no_letter(house: House, told: list[Letter]):
    here = await in_session(house, "2024-08-31")
    secretary = await signed_in(house, "secretaris")
    await secretary.open(here)

    page = await secretary.send("/besluit", other="/brief", reasons="")

    assert page.status_code == 400
    assert "Fout: Aanvraag registratie: Leo Leider" in page.text
    assert told == []


async def test_a_vote_leads_on_to_the_next_file_until_none_waits(house: House):
    for who in ("leo", "nadia"):
        await a_leader(house.world, who)
    first, second = [
        await apply(await house.client(who), an_application(), a_diploma("2024-08-31")) for who in ("leo", "nadia")
    ]
    secretary, session, item = await sit(house, first)
    assert (await secretary.move(f"/applications/{second}", "admission")).status_code == 201
    other = (await secretary.post(f"{session}/agenda-items", {"application_id": second})).json()["id"]
    here = f"/zittingen/{session.split('/')[-1]}"
    member = await signed_in(house, MEMBERS[0])

    await member.open(f"{here}/dossiers/{other}")
    assert "stuk 2 van 2" in member.text
    await member.send("/stem", vote="for")
    assert member.path == f"{here}/dossiers/{item.split('/')[-1]}"
    assert "Dit is het volgende stuk" in member.text
    await member.send("/stem", vote="for")

    assert "Zodra iedereen heeft gestemd, legt de secretaris het besluit vast" in member.text
    await member.open(here)
    assert "U stemde over alle stukken" in member.text
    assert "/stemmen" not in member.page.text
    of_secretary = await signed_in(house, "secretaris")
    await of_secretary.open(here)
    assert "Nog niet gestemd: Lies Lid" in of_secretary.text
    assert "Over 2 stukken is nog niet besloten" in of_secretary.text


async def test_the_secretary_sees_the_documents_inside_the_file(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    secretary = await signed_in(house, "secretaris")

    page = await secretary.open(f"/secretariaat/aanvragen/{file}")
    (shown,) = re.findall(r'<iframe [^>]*src="([^"]+)"', page.text)
    inside = await secretary.open(shown)

    assert "<h1>Aanvraag registratie: Leo Leider</h1>" in page.text
    assert (inside.headers["content-type"], inside.headers["content-disposition"]) == ("application/pdf", "inline")
    assert inside.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'self'"
    assert (await (await signed_in(house, MEMBERS[0])).open(shown)).status_code in {403, 404}


async def test_the_secretary_sees_how_was_voted_and_the_words_follow_the_votes(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    _secretary, session, item = await sit(house, file)
    here = f"/zittingen/{session.split('/')[-1]}/dossiers/{item.split('/')[-1]}"
    secretary, member = await signed_in(house, "secretaris"), await signed_in(house, MEMBERS[0])
    await secretary.open(here)
    before = dict(secretary.form("/besluit").values)["reasons"]

    await vote(house, item, "against", MEMBERS[1:5])
    await secretary.open(here)
    await member.open(here)

    assert "4 van ten minste 4 Voor 0 Tegen 4 Onthouden 0" in secretary.text
    assert "4 van ten minste 4" in member.text
    assert "Tegen 4" not in member.text
    after = dict(secretary.form("/besluit").values)["reasons"]
    assert (before, after) == (
        "Uw bewijsstukken geven recht op registratie.",
        "De commissie oordeelt bij meerderheid van stemmen dat uw aanvraag niet kan worden toegewezen.",
    )
