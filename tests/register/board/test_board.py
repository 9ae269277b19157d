"""The room of a board: one person, a list, what changed, and posts that the holder confirms."""

import re
from datetime import date, time
from html import unescape

from sqlmodel import select

from core.store.outbox import OutboxMessage
from register.employers.board import pages
from register.employers.board.policy import Answer
from tests.builders import PLACES, House, a_leader
from tests.journeys.steps import apply, decide, learn
from tests.journeys.test_herregistratie import registered_leader
from tests.pages import signed_in
from tests.register.sharing.steps import a_board_administrator, a_leader_with_a_portfolio, becomes_public

SCHOOL = PLACES[7]
TODAY = date(2024, 9, 16)


async def test_each_line_of_a_list_gets_an_answer_and_nobody_elses_staff_counts_as_ours(house: House):
    await a_leader_with_a_portfolio(house)
    await a_leader(house.world, "elders", PLACES[4], family="Anders")
    await becomes_public(house, "nadia")
    await becomes_public(house, "elders")
    await a_board_administrator(house)
    house.on(TODAY)
    ours, theirs = house.number_of("nadia"), house.number_of("elders")
    board = await house.client("bestuur")

    asked = {"list": f"nummer;naam\n{ours};Haddad\n{theirs};Haddad\n{theirs}\n{ours}\n12345678\nHaddad"}
    rows = (await board.post("/board/checks", asked)).json()

    assert [(one["line"], one["answer"], one["works_here"]) for one in rows] == [
        (2, Answer.FOUND, True),
        (3, Answer.NAME_DIFFERS, False),
        (4, Answer.TWICE, False),
        (5, Answer.TWICE, False),
        (6, Answer.NO_NUMBER, False),
        (7, Answer.NO_NUMBER, False),
    ]
    assert [one["entries"] != [] for one in rows] == [True, False, False, False, False, False]
    alone = (await board.post("/board/checks", {"list": theirs})).json()
    assert (alone[0]["answer"], alone[0]["works_here"]) == (Answer.FOUND, False)
    refused = await board.post("/board/checks", {"list": "111222333"})
    assert (refused.status_code, refused.json()["code"]) == (400, "list-has-bsn")
    assert (await (await house.client("nadia")).post("/board/checks", {"list": ours})).status_code == 403


async def test_a_list_comes_back_on_the_page_or_as_a_file(house: House):
    await a_leader_with_a_portfolio(house)
    await becomes_public(house, "nadia")
    await a_board_administrator(house)
    house.on(TODAY)
    number = house.number_of("nadia")
    board = await signed_in(house, "bestuur")
    await board.open("/bestuur/lijst")

    empty = await board.send("/lijst", list="")
    assert "De lijst is leeg" in board.text, empty.text
    assert "data-answered" not in board.page.text
    await board.send("/lijst", list=f"{number};Haddad")
    assert "Gevonden: 1" in board.text, board.text
    assert "data-answered" in board.page.text  # what was typed is done with, and not given back
    file = ("personeel.csv", f"nummer;naam\n{number};Anders\n".encode(), "text/csv")
    both = await board.send("/lijst", files={"file": file})
    assert (both.status_code, "Haal een van de twee weg" in board.text) == (400, True)  # neither is lost in silence
    answered = await board.send("/lijst", files={"file": file}, list="", download="1")

    assert answered.headers["content-type"].startswith("text/csv")
    assert answered.text.splitlines()[1].startswith(f"2;{number};Anders;Nummer bestaat, naam is anders")


async def test_a_board_says_that_somebody_left_and_only_the_holder_changes_the_register(house: House):
    await a_leader_with_a_portfolio(house)
    await a_board_administrator(house)
    house.on(TODAY)
    number = house.number_of("nadia")
    board = await signed_in(house, "bestuur")
    await board.open("/bestuur")
    assert number in board.text
    await board.open(f"/bestuur/personen/{number}")
    assert "Het portfolio is niet met u gedeeld" in board.text, board.text

    await board.send("/einde", ended_on="1-1-1990")
    assert "Er gaat nog iets mis" in board.text  # before it began
    await board.send("/einde", ended_on=str(TODAY))
    assert "U hebt het doorgegeven" in board.text, board.text
    assert "Wacht op antwoord" in board.text
    assert "Werkt hier niet meer" not in board.text  # it is asked once

    holder = await signed_in(house, "nadia")
    await holder.open("/mijn/aanstellingen")
    await holder.send("/weigeren")
    await board.open(f"/bestuur/personen/{number}")
    assert "zegt dat dit niet klopt" in board.text, board.text
    await board.send("/einde", ended_on=str(TODAY))
    assert "Dit gaf u al door" in board.text, board.text


async def test_a_board_says_who_is_missing_and_is_told_what_changed(house: House):
    await a_leader(house.world, "elders", PLACES[4], family="Anders")
    await a_board_administrator(house)
    house.on(TODAY)
    board, elders = await house.client("bestuur"), await house.client("elders")
    new = {
        "register_number": house.number_of("elders"),
        "family_name": "Anders",
        "board_number": SCHOOL.board_number,
        "location_code": SCHOOL.code,
        "role": "deputy",
        "appointed_on": str(TODAY),
    }

    strange = await board.post("/board/post-claims", {**new, "family_name": "Iemand"})
    other = await board.post("/board/post-claims", {**new, "board_number": PLACES[4].board_number})
    said = await board.post("/board/post-claims", new)

    assert (strange.status_code, strange.json()["errors"][0]["code"]) == (400, "no-such-person")
    assert (other.status_code, other.json()["errors"][0]["code"]) == (400, "school-of-another-board")
    assert (said.status_code, said.json()["state"]) == (201, "waiting"), said.text
    assert (await board.get("/board/changes")).json() == []
    claim = (await elders.get("/appointment-claims")).json()[0]
    assert (await elders.move(f"/appointment-claims/{claim['id']}", "confirmation")).status_code == 201
    told = (await board.get("/board/changes")).json()
    assert {(one["what"], one["name"].split()[-1]) for one in told} >= {("came", "Anders")}
    assert (await board.get("/board/changes", params={"since": "2199-01-01"})).status_code == 400
    assert [one["state"] for one in (await board.get("/board/post-claims")).json()] == ["confirmed"]
    again = await board.post("/board/post-claims", new)
    assert (again.status_code, again.json()["code"]) == (409, "stands-so")


async def test_who_does_not_work_here_is_not_found_and_has_no_post_to_end(house: House):
    await a_leader(house.world, "elders", PLACES[4], family="Anders")
    await a_board_administrator(house)
    house.on(TODAY)
    board, elders = await house.client("bestuur"), await house.client("elders")
    page = await signed_in(house, "bestuur")
    post = (await elders.get("/appointments")).json()[0]["id"]

    refused = await board.post(f"/board/posts/{post}/end-claim", {"ended_on": str(date(2024, 1, 1))})
    shown = await page.open(f"/bestuur/personen/{house.number_of('elders')}")

    assert (refused.status_code, refused.json()["code"]) == (404, "no-such-appointment")
    assert shown.status_code == 404


async def test_an_ended_appointment_says_on_which_day_it_ended_to_its_holder_and_its_board(house: House):
    await a_leader_with_a_portfolio(house)
    await becomes_public(house, "nadia")
    await a_board_administrator(house)
    house.on(TODAY)
    number = house.number_of("nadia")
    board = await signed_in(house, "bestuur")
    await board.open(f"/bestuur/personen/{number}")
    await board.send("/einde", ended_on=str(TODAY))
    holder = await signed_in(house, "nadia")
    await holder.open("/mijn/aanstellingen")
    assert "Volgens uw bestuur eindigt deze aanstelling op 16 september 2024" in holder.text
    await holder.send("/bevestigen")

    for reader, path in ((holder, "/mijn/gegevens"), (board, f"/bestuur/personen/{number}")):
        await reader.open(path)
        assert "eindigt op 16 september 2024" in reader.text, path  # the last day is still worked
    house.on(date(2024, 9, 17))
    holder, board = await signed_in(house, "nadia"), await signed_in(house, "bestuur")
    await holder.open("/mijn/gegevens")
    assert "Geëindigd op 16 september 2024. Begonnen op" in holder.text
    await board.open("/bestuur/wijzigingen?sinds=1-9-2024")
    assert "Werkt niet meer bij u. De laatste werkdag was 16 september 2024" in board.text


async def test_a_day_that_is_still_to_come_is_refused_with_the_last_day_that_may_be_chosen(house: House) -> None:
    await a_leader_with_a_portfolio(house)
    await a_board_administrator(house)
    house.on(TODAY)
    board = await signed_in(house, "bestuur")
    await board.open("/bestuur/wijzigingen?sinds=1-1-2040")

    assert "Kies een dag tot en met 16 september 2024." in board.text, board.text


async def test_pages_of_what_changed_follow_each_other_and_together_are_the_whole(house: House):
    """Also where many come on one day, at the moment at which lines were recorded: nobody twice, nobody left out."""
    await a_board_administrator(house)
    for number, day in enumerate((1, 1, 1, 9, 9, 12)):
        house.on(date(2024, 9, day), time(0))  # midnight: the moment at which a post of that day counts as told
        await a_leader(house.world, f"nieuw{number}", family=f"Nieuw{number}", appointed_on=date(2024, 9, day))
    house.on(TODAY)
    board = await house.client("bestuur")
    path = "/board/changes?since=2024-08-31&pageSize="
    whole = (await board.get(f"{path}100")).json()

    assert [one["recorded_on"] for one in whole] == sorted((one["recorded_on"] for one in whole), reverse=True)
    assert sum(one["what"] == "came" for one in whole) == 6
    assert sum(one["what"] == "standing" for one in whole) == 6
    for size in (1, 2, 5):
        seen, following = [], f"{path}{size}"
        while following:
            answer = await board.get(following)
            seen += answer.json()
            link = answer.headers.get("link", "")
            following = link.removeprefix("</v1").partition(">")[0]
        assert seen == whole, size
    assert (await board.get("/board/changes?cursor=x")).json()["code"] == "cursor"


async def test_a_board_reads_on_a_page_what_changed_before(house: House, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    await a_board_administrator(house)
    for number in range(3):
        house.on(date(2024, 9, 9 + number))
        await a_leader(house.world, f"nieuw{number}", family=f"Nieuw{number}", appointed_on=date(2024, 9, 9 + number))
    house.on(TODAY)
    board = await signed_in(house, "bestuur")

    await board.open("/bestuur/wijzigingen?sinds=1-9-2024")
    assert "Nieuw2" in board.text
    assert "Nieuw0" not in board.text
    while further := re.search(r'href="([^"]+)" rel="next"', board.page.text):
        await board.open(unescape(further[1]))
    assert "Nieuw0" in board.text
    assert "Nieuw2" not in board.text


async def test_postponement_and_renewal_are_among_what_changed(house: House):
    await a_board_administrator(house)
    await registered_leader(house, "ziek", date(2024, 2, 1))
    house.on(date(2024, 9, 20))
    asked = {"register_code": "schoolleiders-po", "kind": "postponement", "ground": "illness", "requested_months": 6}
    file = await apply(await house.client("ziek"), asked, None)
    await decide(house, file, "for", {"reasons": "Ziek."})
    board = await signed_in(house, "bestuur")

    await board.open("/bestuur/wijzigingen?sinds=16-9-2024")

    assert "kreeg uitstel" in board.text, board.text
    for day, points in (((2024, 10, 1), 90),):
        house.on(date(*day))
        course = {"register_code": "schoolleiders-po", "kind": "course", "title": "Cursus", "points": points}
        await learn(house, "ziek", course | {"done_on": date(*day).isoformat()}, points)
    renewal = {"register_code": "schoolleiders-po", "kind": "reregistration", "route": "portfolio"}
    file = await apply(await house.client("ziek"), renewal, None)
    await decide(house, file, "for", {"reasons": "90 punten."})
    board = await signed_in(house, "bestuur")
    await board.open("/bestuur/wijzigingen?sinds=1-10-2024")
    assert "herregistratie" in board.text, board.text


async def test_who_only_enrolled_is_nowhere_called_new_in_the_register(house: House):
    await a_board_administrator(house)
    house.on(date(2024, 9, 12))
    await a_leader(house.world, "nieuw", family="Nieuw")
    house.on(TODAY)
    board = await signed_in(house, "bestuur")

    await board.open("/bestuur/wijzigingen?sinds=1-9-2024")
    assert "nieuw in het register" not in board.text
    assert "schreef zich in" in board.text, board.text
    await board.open("/bestuur/lijst")
    await board.send("/lijst", list=house.number_of("nieuw"))
    assert "Staat niet in het openbare register" in board.text, board.text


async def test_a_board_reads_what_it_passed_on_and_hears_that_it_is_not_so(house: House):
    await a_leader(house.world, "elders", PLACES[4], family="Anders")
    await a_board_administrator(house)
    house.on(TODAY)
    board = await signed_in(house, "bestuur")
    await board.open(f"/bestuur/ontbreekt?location_code={SCHOOL.code}&board_number={SCHOOL.board_number}")
    said = {"register_number": house.number_of("elders"), "family_name": "Anders", "role": "deputy"}
    await board.send("/ontbreekt", **said, appointed_on="16-9-2024")
    assert board.path == "/bestuur/ontbreekt"
    assert "Wat u doorgaf" in board.text, board.text
    assert house.number_of("elders") in board.text
    assert "Wacht op antwoord" in board.text

    holder = await signed_in(house, "elders")
    await holder.open("/mijn")
    assert "Zeg of uw aanstelling klopt" in holder.text
    await holder.press("Naar de aanstelling")
    await holder.send("/weigeren")

    await board.open("/bestuur/ontbreekt")
    assert "Klopt niet" in board.text, board.text
    async with house.means.database.reading() as session:
        wanted = select(OutboxMessage).where(OutboxMessage.topic == "appointment-claim-refused")
        (mail,) = (await session.exec(wanted)).all()
    assert mail.person_id == house.id_of("bestuur")
    assert "/bestuur" in mail.body
