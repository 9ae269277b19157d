"""A board of which nobody told the name: told so wherever it stands, and never by a bare number in the name's place."""

from pypdfium2 import PdfDocument

from core.store.work import Work
from register.schools.duo.rows import Kind, Source
from register.schools.models import Board, Location
from tests.builders import House, Place, a_leader
from tests.journeys.hands import ByApi
from tests.journeys.test_registratie import DIPLOMA
from tests.pages import browser

HERE = Place("41820", "19ZZ00")
SAID = "bestuur 41820, naam niet bekend"


async def _unnamed(work: Work) -> None:
    work.add(Board(number=HERE.board_number))
    await work.flush()
    keys = {"name_key": "zwolle aan zee", "town_key": "domburg", "board_number": HERE.board_number}
    more = {"kind": Kind.BO, "town": "DOMBURG", "source": Source.PO_LIST, "listed": True}
    work.add(Location(code=HERE.code, brin=HERE.code[:4], name="Zwolle aan Zee", **keys, **more))


async def test_an_unnamed_board_is_said_to_be_unnamed_wherever_an_entry_is_told(house: House):
    await house.system(_unnamed)
    await a_leader(house.world, "leo", HERE)
    await a_leader(house.world, "lea")
    hands, nobody, public = ByApi(house), await house.client(), browser(house)
    for who in ("leo", "lea"):
        await hands.register(who, "programme", DIPLOMA)
    await hands.sit()
    number = house.number_of("leo")

    (entry,) = (await nobody.get(f"/register-entries/{number}")).json()
    (named,) = (await nobody.get(f"/register-entries/{house.number_of('lea')}")).json()
    extract = (await nobody.get(f"/register-entries/{number}/extract")).json()
    checked = (await nobody.post("/extract-checks", {"signed": extract["signed"]})).json()
    paper = await nobody.get(f"/register-entries/{number}/extract/document")
    await public.open(f"/register/{number}")

    assert (entry["board"], entry["board_number"]) == (None, "41820")
    assert (named["board"], named["board_number"]) == ("Stichting ‘t Bestuur 40008", None)
    for told in (extract["entries"][0], checked["extract"]["entries"][0]):
        assert (told["board"], told["board_number"]) == (None, "41820")
    assert (checked["correct"], checked["current"]) == (True, True)
    document = PdfDocument(paper.content)
    assert SAID in " ".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert SAID in public.text
