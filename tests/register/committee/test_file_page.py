"""The file on a page: documents shown in their place to who may read it, and what was decided before."""

import re

from tests.builders import MEMBERS, House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide, sit
from tests.pages import signed_in

LATE = {"reasons": "Het diploma is te laat behaald.", "repair": "Een ander bewijs."}


async def test_a_document_opens_inside_the_file_and_in_no_page_of_others(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    _secretary, session, item = await sit(house, file)
    here = f"/zittingen/{session.split('/')[-1]}/dossiers/{item.split('/')[-1]}"

    member = await signed_in(house, MEMBERS[0])
    page = await member.open(here)
    (shown,) = re.findall(r'<iframe [^>]*src="([^"]+)"', page.text)
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
