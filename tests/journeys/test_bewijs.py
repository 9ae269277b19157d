"""Bewijs: every door that takes evidence opens it first, and says on the spot what is wrong with it."""

from datetime import date
from pathlib import Path

import pytest

from auth.actor import SYSTEM
from core.store.work import Work
from register.entries.policy import Register
from tests.builders import House, a_leader
from tests.deciding import handed_in
from tests.pages import signed_in

FIELD = Path(__file__).parents[1] / "field"
LOCKED = (FIELD / "password.pdf").read_bytes()
NEWLINE = (FIELD / "leading-newline.pdf").read_bytes()
FILES = [
    ("slot.pdf", LOCKED, "file-locked", "wachtwoord"),
    ("kort.pdf", b"%PDF-1.4\n", "file-broken", "niet te openen"),
    ("regel.pdf", NEWLINE, "", ""),
]


async def a_draft(house: House) -> None:
    await a_leader(house.world, "nadia")


@pytest.mark.parametrize(("name", "content", "code", "said"), FILES)
async def test_a_document_of_an_application_is_opened_by_page_and_api(house, name, content, code, said):
    await a_draft(house)
    nadia = await house.client("nadia")
    made = await nadia.post("/applications", {"register_code": Register.LEADERS_PO.value, "route": "programme"})
    assert made.status_code == 201, made.text
    here = f"/applications/{made.json()['id']}/proofs"
    proof = await nadia.post(here, {"kind": "programme", "programme_code": "SLO-2018", "issued_on": "2024-08-31"})
    assert proof.status_code == 201, proof.text
    path = f"{here}/{proof.json()['id']}/file"

    answer = await nadia.post(path, files={"file": (name, content)}, headers={"If-Match": proof.headers["etag"]})

    assert (answer.status_code, answer.json().get("code", "")) == ((400, code) if code else (201, "")), answer.text
    page = await signed_in(house, "nadia")
    await page.open(f"/mijn/aanvragen/{made.json()['id']}/bewijsstukken/{proof.json()['id']}/vragen/bestand")
    await page.send(page.path, files={"file": (name, content)})
    assert page.page.status_code == (400 if code else 200), page.text
    assert said in page.text


@pytest.mark.parametrize(("name", "content", "code", "said"), FILES)
async def test_a_piece_of_an_objection_is_opened(house, name, content, code, said):
    await a_draft(house)
    await handed_in(house, "nadia")
    house.on(date(2024, 9, 13))
    nadia = await house.client("nadia")

    answer = await nadia.upload("/objections/00000000-0000-0000-0000-000000000000/pieces", name, content)

    assert answer.json()["code"] == (code or "no-such-objection"), answer.text


async def test_a_slow_look_at_a_file_keeps_nobody_waiting(house):
    """It is taken with no transaction open: on SQLite there is one writer at a time, who would wait for it."""
    async with house.means.work(SYSTEM) as work:
        await work.session.connection()

        async def slow() -> str:
            await house.system(_a_line)  # another writer, in the middle of it
            return "seen"

        assert await work.outside(slow()) == "seen"


async def _a_line(work: Work) -> None:
    work.log("test:line")
