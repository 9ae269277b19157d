"""The dossier is the case: each thing that was said is a numbered piece, with its maker, day and text."""

import io
import json
import zipfile
from datetime import date
from typing import Any
from uuid import UUID

from pypdfium2 import PdfDocument
from sqlmodel import select

from appeals.disputes.models import Piece
from core.store.files import StoredFile
from tests.appeals.test_soundness import changed, flaws
from tests.appeals.test_told import body_of, dismissed, objected, panelled
from tests.builders import Client, House, a_leader
from tests.journeys.disputing import ADVISERS, by_body, done, refused_leader, voted


def text_of(content: bytes) -> str:
    """What one reads in a PDF, with the lines running on."""
    read = [page.get_textpage().get_text_range() for page in PdfDocument(content)]
    return " ".join(" ".join(read).split())


async def pieces(client: Client, path: str) -> list[dict[str, Any]]:
    return list((await client.get(path)).json()["pieces"])


async def packed(client: Client, path: str) -> dict[str, bytes]:
    """The files of the ZIP, by name."""
    answer = await client.get(f"{path}/dossier", headers={"Accept": "application/zip"})
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        return {name: found.read(name) for name in found.namelist()}


async def test_awb_7_4_the_dossier_holds_all_that_was_said_in_the_case(house: House):
    path = await objected(house, grounds="")
    nadia, adviser = await house.client("nadia"), await house.client("adviseur1")
    await done(adviser, path, "repair-request", {"missing": ["grounds"]})
    await done(nadia, path, "repair", {"grounds": "Mijn diploma is op tijd."})
    adviser = await panelled(house, path)
    await done(adviser, path, "hearing", {"held_on": "2024-10-21", "at": "14:00", "place": "Utrecht"})
    house.on(date(2024, 10, 21))
    report = {"minutes": "Nadia lichtte haar gronden toe.", "also_present": "Nadia, en mr. De Wit voor het register"}
    await done(await house.client("adviseur1"), path, "minutes", report)
    await voted(house, path, ADVISERS, "dismissed")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is te laat."})

    before = await pieces(await house.client("nadia"), path)
    decider = await house.client("griffier-bezwaar")
    await by_body(house, path, {"outcome": "dismissed", "reasons": "Wij volgen het advies."})
    await done(decider, path, "notification")
    found = await pieces(await house.client("nadia"), path)

    number = (await decider.get(path)).json()["number"]
    async with house.means.database.reading() as session:
        kept = {one.name: one.sha256 for one in await session.exec(select(StoredFile))}
    letters = {name: (await house.means.files.get(kept[name])).decode() for name in kept if name.startswith("Brief")}
    for name, words in letters.items():
        theirs = "Hoorzitting over" in name  # which the body is invited to
        assert ("Commissie Registratie" if theirs else "Leo Leider") in json.loads(words)["addressee"][0], name
    refusal = (await decider.get(path)).json()["contested"][0]["number"]
    assert [(one["position"], one["maker"], one["made_on"], one["title"]) for one in found][:11] == [
        (1, "party", "2024-10-01", "Bezwaarschrift"),
        (2, "body", "2024-10-01", f"Brief: Uw bezwaar {number} is ontvangen"),
        (3, "body", "2024-10-01", f"Brief: Uw bezwaar {number} is nog niet compleet"),
        (4, "party", "2024-10-01", "Aanvulling"),
        (5, "body", "2024-10-01", f"Brief: Een commissie adviseert over uw bezwaar {number}"),
        (6, "body", "2024-10-01", f"Brief: Een andere dag voor de beslissing over {number}"),
        (7, "body", "2024-09-12", f"Besluit {refusal}.pdf"),
        (8, "party", "2024-09-12", "diploma.pdf"),
        (9, "body", "2024-10-01", f"Brief: Uitnodiging voor de hoorzitting over {number}"),
        (10, "body", "2024-10-01", f"Brief: Hoorzitting over {number}"),
        (11, "advisers", "2024-10-21", "Verslag van de hoorzitting van 21 oktober 2024"),
    ]
    kept = next(one for one in before if one["kept_from_you"])
    assert (kept["position"], kept["title"], kept["kept_ground"]) == (12, "", "until-decided")
    assert [one["title"] for one in found[11:]][:1] == ["Advies van de commissie"]  # it came with the decision
    assert any(one["title"].startswith("Beslissing op bezwaar B2024-") for one in found)

    whole = await packed(await house.client("nadia"), path)
    said = {name[4:]: text_of(content) for name, content in whole.items() if name.endswith(".pdf")}
    assert "Mijn diploma is op tijd." in said["Aanvulling.pdf"]
    report_read = said["Verslag van de hoorzitting van 21 oktober 2024.pdf"]
    assert "Ada Adviseur (voorzitter)" in report_read
    assert "Verder aanwezig: Nadia, en mr. De Wit voor het register." in report_read
    assert "ondertekend door Ada Adviseur op 21 oktober 2024" in report_read
    assert "Plaats: Utrecht" in said[f"Brief_ Uitnodiging voor de hoorzitting over {number}.pdf"]
    assert "Het diploma is te laat." in said["Advies van de commissie.pdf"]
    assert " 11  p. " in whole["inventaris.txt"].decode()
    assert "van: adviescommissie" in whole["inventaris.txt"].decode()

    bound = await (await house.client("adviseur1")).get(f"{path}/dossier/document", headers={"Accept": "*/*"})
    first = text_of(bound.content)[:2500]
    assert "Bezwaarschrift" in first
    assert "Advies van de commissie" in first
    assert await flaws(house) == set()


async def test_awb_7_18_the_file_of_an_appeal_has_that_of_the_objection_and_what_is_told_in_it(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    objection, known = await dismissed(house, refusal["number"])
    nadia = await house.client("nadia")
    number = (await nadia.get(f"/decisions/{known['decision_id']}")).json()["number"]

    appeal = (await nadia.post("/appeals", {"decisions": [number], "grounds": "Ik blijf erbij."})).json()

    found = await pieces(nadia, f"/appeals/{appeal['id']}")
    behind = await pieces(nadia, objection)
    titles = [one["title"] for one in found]
    assert titles[0] == "Beroepschrift"
    assert titles[1 : 1 + len(behind)] == [one["title"] for one in behind]
    assert titles[-2:] == [
        f"Brief: Uw beroep {appeal['number']} is ontvangen",
        f"Brief: Beroep {appeal['number']} is ingesteld",
    ]
    read = await nadia.get(f"/appeals/{appeal['id']}/pieces/{found[0]['id']}", headers={"Accept": "*/*"})
    assert (read.headers["content-type"], "Ik blijf erbij." in text_of(read.content)) == ("application/pdf", True)


async def test_a_letter_on_paper_is_its_own_piece_and_what_we_wrote_down_is_no_letter_of_the_party(house: House):
    path = await objected(house)
    adviser = await house.client("adviseur1")
    receipt = (await pieces(adviser, path))[1]["id"]

    act = {"act": "withdrawal", "piece_id": receipt, "filed_channel": "post"}
    answer = await adviser.move(path, "filed-acts", act)

    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-file")
    assert "ontvangen op" in await body_of(house, "objection-received")


async def test_verify_names_a_piece_that_lacks(house: House):
    """Papers of a hearing that nobody can read any more; and a case of before the pieces were kept calls for none."""
    path = await objected(house)
    await done(await house.client("adviseur1"), path, "repair-request", {"missing": ["date"]})
    receipt, asked = (await pieces(await house.client("nadia"), path))[1:3]

    assert await changed(house, Piece, UUID(receipt["id"]), paper="other") == {"dossier-lacks"}
    assert await changed(house, Piece, UUID(asked["id"]), paper=None) == {"dossier-lacks"}
    assert await flaws(house) == set()
