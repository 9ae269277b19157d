"""The letter of a decision: for its addressee and who sends it, and checked by whoever holds it."""

import hashlib
import re
from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

import pytest
from pypdfium2 import PdfDocument
from sqlmodel import col, delete, select

from auth.actor import SYSTEM
from core.decisions import Decision
from core.settings import from_environment
from core.texts import day
from register.checks.decisions import findings
from register.notification.letters import code_of, if_sent_on, is_genuine, letter_of
from register.notification.models import SentLetter
from register.notification.pages import as_if_sent
from register.notification.remedy import remedy_clause
from register.service.sweep import sweep
from tests import deciding
from tests.builders import MEMBERS, House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import browser, signed_in

RULING = {
    "reasons": "Het diploma is te laat behaald.",
    "repair": "Een ander bewijs.",
}


async def refused(house: House) -> dict:
    """A leader whose diploma is a day too late (C-02)."""
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-09-05"))
    return await decide(house, file, "against", RULING)


async def row_of(house: House, id: str) -> Decision:
    async with house.means.work(SYSTEM, write=False) as work:
        return await work.session.get_one(Decision, UUID(id))


async def test_the_letter_goes_to_its_addressee_and_leaves_a_trace_for_others(house: House):
    decision = await refused(house)
    path = f"/decisions/{decision['id']}/letter"

    own = await (await house.client("leo")).get(path)
    sender = await (await house.client("secretaris")).get(path)
    stranger = await (await house.client(MEMBERS[0])).get(path)

    assert (own.status_code, own.headers["content-type"]) == (200, "application/pdf")
    assert own.content.startswith(b"%PDF-")
    assert own.content == sender.content
    assert own.headers["cache-control"] == "no-store"
    assert stranger.status_code == 404


async def test_the_letter_says_what_a_reader_needs_to_object(house: House):
    row = await row_of(house, (await refused(house))["id"])
    letter = letter_of(row, ("Leo Leider",), house.means.settings)
    told = " ".join([part.heading + " " + " ".join([*part.paragraphs, *part.items]) for part in letter.parts])

    assert row.remedy in told
    assert "U kunt bezwaar maken tot en met" in told
    assert RULING["reasons"] in told
    assert RULING["repair"] in told
    assert code_of(row) in letter.verification
    # Awb 3:45: with whom, where and until when; on the web and on paper.
    office = house.means.settings.house.where_to_object
    assert "http://testserver/bezwaren/nieuw" in row.remedy
    assert ", ".join((office.name, *office.post)) in row.remedy
    assert "http://testserver/brief-controleren" in letter.verification


async def test_a_letter_has_the_head_of_the_house_and_leads_to_it_also_when_nobody_set_its_address(house: House):
    decision = await refused(house)
    paper = await (await house.client("leo")).get(f"/decisions/{decision['id']}/letter")
    with PdfDocument(paper.content) as document:
        head = document[0].get_textpage().get_text_range().partition("Leo Leider")[0]
    lines = house.means.settings.house.letterhead
    assert len(lines) > 5
    assert [line for line in lines if line not in head] == []

    row = await row_of(house, decision["id"])
    plain = from_environment({})
    assert plain.origin == ""
    remedy = remedy_clause(row, date(2024, 10, 24), plain, house.means.rules)
    assert "Dat kan op http://127.0.0.1:8000/bezwaren/nieuw of per post" in remedy
    assert "http://127.0.0.1:8000/brief-controleren" in letter_of(row, ("Leo Leider",), plain).verification


async def test_a_letter_is_checked_by_number_and_code_and_by_nothing_less(house: House):
    row = await row_of(house, (await refused(house))["id"])
    code = code_of(row)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)

    right = await house.http.get("/v1/letter-checks", params={"number": row.number, "code": code.lower()})
    wrong = await house.http.get("/v1/letter-checks", params={"number": row.number, "code": "7KQ4-MX2B-9TRC"})
    nobody = await house.http.get("/v1/letter-checks", params={"number": "B2026-222222", "code": code})
    blind = await house.http.get("/v1/letter-checks")

    told = right.json()
    assert (told["number"], told["kind"]) == (row.number, "registration")
    assert (told["printing"], told["stands"]) == ("sent", True)
    assert told["printed_for"] == told["notified_on"] == str(row.notified_on)
    assert (wrong.status_code, nobody.status_code, blind.status_code) == (404, 404, 400)
    same = {**wrong.json(), "instance": None, "request_id": None}
    assert same == {**nobody.json(), "instance": None, "request_id": None}


async def test_a_changed_decision_is_no_longer_the_one_on_the_letter(house: House):
    row = await row_of(house, (await refused(house))["id"])
    code = code_of(row)

    row.reasons += " En nog iets."

    assert not is_genuine(row, code)
    assert is_genuine(row, code_of(row).replace("-", " ").lower())


async def test_whoever_holds_a_letter_checks_it_on_the_page(house: House):
    row = await row_of(house, (await refused(house))["id"])
    one = browser(house)

    good = await one.open(f"/brief-controleren?number={row.number}&code={code_of(row)}")
    bad = await one.open(f"/brief-controleren?number={row.number}&code=")

    assert "Deze brief is echt" in good.text
    assert "Leo" not in good.text
    assert bad.status_code == 400
    assert "Fout:" in bad.text

    leader = await signed_in(house, "leo")
    await leader.open(f"/mijn/besluiten/{row.id}")
    assert f'href="/mijn/besluiten/{row.id}/brief"' in leader.page.text


async def kept(house: House, decision: str) -> list[SentLetter]:
    async with house.means.database.reading() as session:
        wanted = select(SentLetter).where(SentLetter.decision_id == UUID(decision))
        return list(await session.exec(wanted.order_by(col(SentLetter.sent_on))))


async def test_what_the_secretary_saw_before_is_byte_for_byte_what_the_addressee_opens(house: House):
    await a_leader(house.world, "leo")
    decision = str(await deciding.taken(house, "leo"))
    secretary, path = await house.client("secretaris"), f"/decisions/{decision}/letter"
    before = (await secretary.get(path)).content

    await secretary.move(f"/decisions/{decision}", "notification", {})
    sent = (await (await house.client("leo")).get(path)).content
    house.world.clock.at += timedelta(days=30)
    later = (await (await house.client("leo")).get(path)).content

    assert before == sent == later
    (letter,) = await kept(house, decision)
    assert (letter.sha256, letter.size) == (hashlib.sha256(sent).hexdigest(), len(sent))


async def test_a_letter_of_another_day_differs_in_that_day_the_last_day_and_the_code_alone(house: House):
    await a_leader(house.world, "leo")
    row = await row_of(house, str(await deciding.taken(house, "leo")))
    thursday, friday = date(2024, 9, 12), date(2024, 9, 13)

    settings = house.means.settings
    one, other = [
        asdict(letter_of(row, ("Leo",), settings, if_sent_on(row, on, house.means))) for on in (thursday, friday)
    ]

    assert one.pop("written_on") == thursday
    assert other.pop("written_on") == friday
    told = [
        str(letter)
        .replace(day(sent_on), "SENT", 1)
        .replace(day(last_day), "LAST")
        .replace(code_of(row, if_sent_on(row, sent_on, house.means)), "CODE")
        # six weeks and one day, so a Thursday and a Friday: 24 and 25 October
        for letter, sent_on, last_day in ((one, thursday, date(2024, 10, 24)), (other, friday, date(2024, 10, 25)))
    ]
    assert told[0] == told[1]
    assert "SENT" in told[0]
    assert "LAST" in told[0]
    assert "CODE" in told[0]


async def test_a_letter_by_post_is_kept_with_the_day_on_which_it_went(house: House):
    await a_leader(house.world, "leo")
    decision = str(await deciding.taken(house, "leo"))
    secretary = await house.client("secretaris")
    await secretary.move(f"/decisions/{decision}", "notification", {"channel": "post"})
    assert await kept(house, decision) == []
    (waits,) = (await secretary.get("/posting-list")).json()["items"]
    office = await signed_in(house, "bureau")
    printed = await office.open(f"/kantoor/post/{waits['id']}/brief")

    house.world.clock.at += timedelta(days=1)
    again = await office.open(f"/kantoor/post/{waits['id']}/brief")
    await (await house.client("secretaris")).move(f"/posting-list/{waits['id']}", "posting", {"sent_on": "2024-09-12"})

    sent = (await (await house.client("leo")).get(f"/decisions/{decision}/letter")).content
    assert printed.content == sent != again.content
    assert [one.sent_on for one in await kept(house, decision)] == [date(2024, 9, 12)]


async def test_a_decision_from_before_letters_were_kept_has_its_letter_all_the_same(house: House):
    decision = (await refused(house))["id"]
    leo = await house.client("leo")
    sent = (await leo.get(f"/decisions/{decision}/letter")).content

    async with house.means.database.writing() as session:
        await session.exec(delete(SentLetter))
        await session.commit()

    assert (await leo.get(f"/decisions/{decision}/letter")).content == sent


async def test_a_letter_that_is_gone_or_changed_in_the_store_is_named_by_verify(house: House):
    (letter,) = await kept(house, (await refused(house))["id"])
    here = house.means.files.folder / letter.sha256[:2] / letter.sha256[2:]

    async def found() -> list[tuple[str, str]]:
        async with house.means.database.snapshot() as session:
            return [(one.code, one.where) async for one in findings(house.means, session, Counter())]

    assert await found() == []
    here.write_bytes(here.read_bytes().replace(b"Leo", b"Lea") + b"\n")
    assert await found() == [("letter-differs", f"sent_letter/{letter.id}")]
    here.unlink()
    assert await found() == [("letter-missing", f"sent_letter/{letter.id}")]


@pytest.mark.parametrize(
    ("kind", "says", "never"),
    [
        ("registration", "U kunt bezwaar maken tot en met 24 oktober 2024.", "beroep instellen"),
        ("objection", "U kunt beroep instellen tot en met 24 oktober 2024.", "bezwaar maken"),  # Awb 7:1, 8:1
        ("appeal", "Deze uitspraak bindt u en het register.", "U kunt"),
    ],
)
async def test_a_letter_names_the_way_that_is_open_against_it(house: House, kind: str, says: str, never: str):
    await a_leader(house.world, "leo")
    row = await row_of(house, str(await deciding.taken(house, "leo")))
    row.kind = kind
    sending = if_sent_on(row, date(2024, 9, 12), house.means)

    letter = " ".join(
        line for part in letter_of(row, ("Leo",), house.means.settings, sending).parts for line in part.paragraphs
    )
    page = as_if_sent(row, sending)

    assert says in letter
    assert never not in letter
    said = page["contest"]["said"] if page["contest"] else " ".join(page["remedy"])
    assert says.removesuffix("24 oktober 2024.") in said
    assert never not in said


async def test_a_letter_that_could_not_be_stored_is_there_all_the_same_and_stored_later(house: House):
    await a_leader(house.world, "leo")
    decision = str(await deciding.taken(house, "leo"))
    folder = house.means.files.folder
    folder.rename(folder.with_name("away"))
    folder.write_text("in the way")  # so nothing can be stored

    known = await (await house.client("secretaris")).move(f"/decisions/{decision}", "notification", {})
    (letter,) = await kept(house, decision)
    read = await (await house.client("leo")).get(f"/decisions/{decision}/letter")

    assert known.status_code < 300
    assert letter.sha256 == ""
    assert read.content.startswith(b"%PDF-")
    assert (await kept(house, decision))[0].sha256 == ""

    folder.unlink()
    folder.with_name("away").rename(folder)
    async with house.means.database.snapshot() as session:
        assert [finding async for finding in findings(house.means, session, Counter())] == []
    assert (await sweep(house.means, date(2024, 9, 12))).letters_pressed == 1

    (letter,) = await kept(house, decision)
    assert letter.sha256 == hashlib.sha256(read.content).hexdigest()
    assert (await (await house.client("leo")).get(f"/decisions/{decision}/letter")).content == read.content


async def on_the_posting_list(house: House) -> tuple[str, str]:
    """A decision of 12 September 2024 that waits for the post: its id and that of its letter."""
    await a_leader(house.world, "leo")
    decision = str(await deciding.taken(house, "leo"))
    secretary = await house.client("secretaris")
    await secretary.move(f"/decisions/{decision}", "notification", {"channel": "post"})
    (waits,) = (await secretary.get("/posting-list")).json()["items"]
    return decision, waits["id"]


async def code_on_paper(house: House, decision: str, sent_on: date) -> dict[str, str]:
    row = await row_of(house, decision)
    return {"number": row.number, "code": code_of(row, if_sent_on(row, sent_on, house.means))}


async def test_a_printed_letter_counts_for_its_own_day_and_its_code_never_says_that_it_is_not_ours(house: House):
    decision, letter = await on_the_posting_list(house)
    office = await signed_in(house, "bureau")
    await office.open(f"/kantoor/post/{letter}/brief")
    paper = await code_on_paper(house, decision, date(2024, 9, 12))
    waiting = (await house.http.get("/v1/letter-checks", params=paper)).json()
    house.world.clock.at += timedelta(days=1)

    await office.open(f"/kantoor/post/{letter}")
    await office.send("/verzonden", sent_on="13-9-2024")

    assert "Op het papier staat een andere dag: deze brief is afgedrukt voor 12 september 2024." in office.text
    assert (waiting["printing"], waiting["printed_for"], waiting["notified_on"]) == ("not-sent", "2024-09-12", None)
    await office.open(f"/kantoor/post/{letter}?dag=13-9-2024")
    assert "25 oktober 2024" in office.text
    await office.press("Druk af voor de post van 13 september 2024")
    await office.open(f"/kantoor/post/{letter}")
    assert "Afgedrukt voor de post van: 12 september 2024, 13 september 2024" in office.text
    await office.send("/verzonden", sent_on="13-9-2024")
    row = await row_of(house, decision)
    assert (row.notified_on, row.last_day_to_object) == (date(2024, 9, 13), date(2024, 10, 25))
    earlier = (await house.http.get("/v1/letter-checks", params=paper)).json()
    assert (earlier["printing"], earlier["printed_for"]) == ("replaced", "2024-09-12")
    assert (earlier["notified_on"], earlier["last_day_to_object"]) == ("2024-09-13", "2024-10-25")
    later = await code_on_paper(house, decision, date(2024, 9, 13))
    assert (await house.http.get("/v1/letter-checks", params=later)).json()["printing"] == "sent"
    visitor = browser(house)
    await visitor.open(f"/brief-controleren?number={paper['number']}&code={paper['code']}")
    assert "van ons, en vervangen" in visitor.text


async def test_a_letter_is_printed_ahead_for_the_day_on_which_the_post_is_collected(house: House):
    _, letter = await on_the_posting_list(house)
    office = await signed_in(house, "bureau")

    await office.open(f"/kantoor/post/{letter}?dag=11-9-2024")
    assert "Het besluit is van 12 september 2024" in office.text
    await office.open(f"/kantoor/post/{letter}?dag=1-11-2024")
    assert "Kies een dag tot en met 26 september 2024" in office.text
    await office.open(f"/kantoor/post/{letter}?dag=16-9-2024")
    assert (await office.press("Druk af voor de post van 16 september 2024")).content.startswith(b"%PDF-")


async def test_a_wrong_posting_day_is_corrected_with_its_last_day_and_what_was_printed(house: House):
    decision, letter = await on_the_posting_list(house)
    office = await house.client("bureau")
    house.world.clock.at += timedelta(days=4)
    await office.move(f"/posting-list/{letter}", "posting", {"sent_on": "2024-09-13"})

    right = {"sent_on": "2024-09-16", "reason": "typed"}
    corrected = await office.move(f"/posting-list/{letter}", "correction", right)
    again = await office.move(f"/posting-list/{letter}", "correction", right)

    assert corrected.status_code == 201, corrected.text
    assert [error["code"] for error in again.json()["errors"]] == ["same-day"]
    row = await row_of(house, decision)
    assert (row.notified_on, row.last_day_to_object) == (date(2024, 9, 16), date(2024, 10, 28))
    assert "28 oktober 2024" in row.remedy
    back = await office.move(f"/posting-list/{letter}", "correction", {"sent_on": "2024-09-13", "reason": "typed"})
    assert back.status_code == 201
    assert [one.sent_on for one in await kept(house, decision)] == [date(2024, 9, 13), date(2024, 9, 16)]
    async with house.means.database.snapshot() as session:
        assert [finding async for finding in findings(house.means, session, Counter())] == []


async def test_a_letter_that_came_back_goes_again_and_the_term_starts_with_that_one(house: House):
    decision, letter = await on_the_posting_list(house)
    clerk = await house.client("bureau")
    await clerk.move(f"/posting-list/{letter}", "posting", {"sent_on": "2024-09-12"})
    house.world.clock.at += timedelta(days=8)
    office = await signed_in(house, "bureau")
    await office.open("/kantoor/post")
    await office.press("Leo Leider")

    await office.send("/teruggekomen", cause="moved")

    assert "opnieuw op de postlijst" in office.text
    (waits,) = (await clerk.get("/posting-list")).json()["items"]
    sent = await clerk.move(f"/posting-list/{waits['id']}", "posting", {"sent_on": "2024-09-20"})
    assert sent.status_code == 201, sent.text
    row = await row_of(house, decision)
    assert (row.notified_on, row.last_day_to_object) == (date(2024, 9, 20), date(2024, 11, 1))


async def test_the_papers_of_a_letter_that_came_back_count_no_more_for_the_one_that_goes_again(house: House):
    """Printed for 12 September and come back; the next one is printed for the 20th, and goes on no earlier day."""
    decision, letter = await on_the_posting_list(house)
    clerk = await house.client("bureau")
    page = await signed_in(house, "bureau")
    await page.open(f"/kantoor/post/{letter}/brief?dag=2024-09-12")
    await clerk.move(f"/posting-list/{letter}", "posting", {"sent_on": "2024-09-12"})
    house.world.clock.at += timedelta(days=8)
    clerk = await house.client("bureau")
    await clerk.move(f"/posting-list/{letter}", "return", {"cause": "moved"})
    (waits,) = (await clerk.get("/posting-list")).json()["items"]
    page = await signed_in(house, "bureau")

    await page.open(f"/kantoor/post/{waits['id']}/brief?dag=2024-09-20")
    paper = await code_on_paper(house, decision, date(2024, 9, 20))
    found = (await house.http.get("/v1/letter-checks", params=paper)).json()
    before = await clerk.move(f"/posting-list/{waits['id']}", "posting", {"sent_on": "2024-09-12"})
    gone = await clerk.move(f"/posting-list/{waits['id']}", "posting", {"sent_on": "2024-09-20"})
    corrected = await clerk.move(
        f"/posting-list/{waits['id']}", "correction", {"sent_on": "2024-09-12", "reason": "typed"}
    )

    assert found["printing"] == "not-sent"
    assert before.json()["errors"][0]["code"] == "sent-too-early"
    assert gone.status_code == 201, gone.text
    assert corrected.json()["errors"][0]["code"] == "sent-too-early"
    assert (await row_of(house, decision)).last_day_to_object == date(2024, 11, 1)
