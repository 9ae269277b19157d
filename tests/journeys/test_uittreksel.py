"""Een uittreksel geven en controleren: from a decision of the committee to what a stranger is told years later."""

from datetime import date

from pypdfium2 import PdfDocument

from register.service.sweep import sweep
from tests.builders import House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import browser, signed_in


async def test_an_extract_is_handed_over_and_checked_before_and_after_the_registration_lapses(house: House):
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    leader, stranger = await house.client("nadia"), await house.client()
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    await decide(house, file, "for", {"reasons": "Het diploma valt binnen de accreditatie."})

    own = (await leader.get("/own-extract")).json()
    public = (await stranger.get(f"/register-entries/{own['register_number']}/extract")).json()
    at_once = (await stranger.post("/extract-checks", {"signed": own["signed"]})).json()

    assert (own["own"][0]["due_on"], public["own"]) == ("2029-09-12", [])
    assert (at_once["correct"], at_once["current"]) == (True, True)
    page = await signed_in(house, "nadia")
    await page.open("/mijn/uittreksel")
    assert "12 september 2029" in page.text

    house.on(date(2029, 9, 13))
    await sweep(house.means, date(2029, 9, 13))

    later = (await stranger.post("/extract-checks", {"code": public["code"]})).json()
    assert (later["correct"], later["current"]) == (True, False)
    assert [(each["fact"], each["said"], each["now"]) for each in later["changed"]] == [
        ("status", "registered", "conditional")
    ]
    reader = browser(house)
    await reader.open("/uittreksel-controleren")
    await reader.send("/uittreksel-controleren", code=own["signed"])
    assert "nu staat er iets anders" in reader.text
    assert "Onder voorwaarden" in reader.text


async def test_who_reads_english_gets_an_extract_on_paper_in_english(house: House):
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    leader = await house.client("nadia")
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    await decide(house, file, "for", {"reasons": "Het diploma valt binnen de accreditatie."})
    page = await signed_in(house, "nadia")

    said = {}
    for language in ("nl", "en"):
        page.http.cookies.set("taal", language)
        await page.open("/mijn/uittreksel")
        said[language] = text_of((await page.press("pdf" if language == "nl" else "PDF")).content)

    for words in ("Eigen uittreksel", "Stand op", "Geregistreerd", "niveau 2", "12 september 2029", "pagina 1"):
        assert words in said["nl"], words
    for words in ("Own extract", "Registered", "level 2", "12 September 2029", "page 1", "RDO"):
        assert words in said["en"], words
    for dutch in (
        "uittreksel",
        "geregistreerd",
        "niveau",
        "stand op",
        "vernieuwen",
        "pagina",
        "kenmerk",
    ):
        assert dutch not in said["en"].lower().replace("/uittreksel-controleren", ""), said["en"]


def text_of(content: bytes) -> str:
    document = PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
