"""Shares through the API: C-17, how far they reach, when they end, and that every look is told."""

from datetime import date
from uuid import uuid4

from sqlmodel import select

from core.store.audit import TrailEvent, verify_chains, verify_rows
from tests.builders import House, a_leader
from tests.register.sharing.steps import (
    BOARD,
    a_board_administrator,
    a_leader_with_a_portfolio,
    a_share,
    an_activity,
    appointed,
    leaves,
)


async def looks_in_the_trail(house: House, who: str = "nadia") -> list[str]:
    """What the owner's own stream says of the administrator."""
    async with house.means.database.reading() as session:
        wanted = select(TrailEvent).where(
            TrailEvent.stream == f"person/{house.id_of(who)}", TrailEvent.actor == f"person/{house.id_of('bestuur')}"
        )
        return [event.action for event in await session.exec(wanted.order_by(TrailEvent.seq))]


async def require_sound_trail(house: House) -> None:
    async with house.means.database.writing() as session:
        assert [str(found) async for found in verify_chains(session)] == []
        assert [str(found) async for found in verify_rows(session)] == []


async def test_c_17_a_board_sees_a_portfolio_with_consent_only_and_all_three_looks_are_in_the_trail(house):
    registration = await a_leader_with_a_portfolio(house)
    await an_activity(house)
    await a_board_administrator(house)
    board, nadia = await house.client("bestuur"), await house.client("nadia")
    same = {"headers": {"X-Request-Id": "the-same-request"}}

    without = await board.get(f"/shared-portfolios/{registration}", **same)
    missing = await board.get(f"/shared-portfolios/{uuid4()}", **same)
    assert (without.status_code, without.content) == (404, missing.content)
    assert without.headers == missing.headers

    granted = await nadia.post("/portfolio-shares", a_share())
    assert granted.status_code == 201, granted.text
    assert granted.json()["to"].startswith("Stichting")
    with_consent = await board.get(f"/shared-portfolios/{registration}")
    assert with_consent.status_code == 200, with_consent.text
    assert [one["points"] for one in with_consent.json()["entries"]] == [30]

    ended = await nadia.move(f"/portfolio-shares/{granted.json()['id']}", "ending")
    assert (ended.status_code, ended.json()["why"]) == (201, "taken-back")
    withdrawn = await board.get(f"/shared-portfolios/{registration}", **same)
    assert (withdrawn.status_code, withdrawn.content) == (404, missing.content)

    assert await looks_in_the_trail(house) == ["portfolio:refused", "portfolio:read", "portfolio:refused"]
    told = (await nadia.get("/portfolio-looks")).json()["items"]
    assert [(one["outcome"], one["capacity"], one["name"]) for one in told[:3]] == [
        ("refused", "share", "Bas Bestuur"),
        ("shown", "share", "Bas Bestuur"),
        ("refused", "share", "Bas Bestuur"),
    ]
    await require_sound_trail(house)


async def test_a_person_by_number_and_name_sees_named_entries_and_nothing_else(house):
    registration = await a_leader_with_a_portfolio(house)
    one, other = await an_activity(house), await an_activity(house, title="Iets anders", points=20)
    await a_leader(house.world, "peer", family="Collega")
    nadia, peer = await house.client("nadia"), await house.client("peer")
    reader = {"register_number": house.number_of("peer"), "family_name": "collega"}
    share = a_share(board_number=None, reader=reader, scope="entries", entry_ids=[one], with_files=True)

    assert (await nadia.post("/portfolio-shares", share)).status_code == 201
    seen = (await peer.get(f"/shared-portfolios/{registration}")).json()

    assert [entry["id"] for entry in seen["entries"]] == [one]
    assert seen["norms"] == seen["periods"] == []
    assert [item["name"] for item in (await peer.get("/shared-portfolios")).json()["items"]] == ["Leo Haddad"]
    path = f"/shared-portfolios/{registration}/entries"
    assert (await peer.get(f"{path}/{one}/evidence")).status_code == 200
    assert (await peer.get(f"{path}/{other}/evidence")).status_code == 404
    looked = (await nadia.get("/portfolio-looks")).json()["items"]
    assert [one["what"] for one in looked if one["name"]] == ["evidence", "portfolio"]


async def test_a_share_without_evidence_shows_none_and_a_period_shows_its_own(house):
    registration = await a_leader_with_a_portfolio(house)
    entry = await an_activity(house)
    await a_board_administrator(house)
    nadia, board = await house.client("nadia"), await house.client("bestuur")
    period = (await nadia.get("/portfolio", params={"register": "schoolleiders-po"})).json()["periods"][0]["id"]

    granted = await nadia.post("/portfolio-shares", a_share(scope="period", period_id=period))
    assert granted.status_code == 201, granted.text
    seen = (await board.get(f"/shared-portfolios/{registration}")).json()

    assert [one["points"] for one in seen["periods"]] == [30]
    assert seen["entries"][0]["file"] is None
    assert (await board.get(f"/shared-portfolios/{registration}/entries/{entry}/evidence")).status_code == 404


async def test_a_draft_is_shown_to_nobody(house):
    registration = await a_leader_with_a_portfolio(house)
    await a_board_administrator(house)
    nadia, board = await house.client("nadia"), await house.client("bestuur")
    new = {"register_code": "schoolleiders-po", "kind": "informal", "title": "Lezen", "done_on": "2024-05-01"}
    assert (await nadia.post("/portfolio-entries", new)).status_code == 201

    await nadia.post("/portfolio-shares", a_share())

    assert (await board.get(f"/shared-portfolios/{registration}")).json()["entries"] == []


async def test_the_end_date_is_compared_to_the_clock_at_use(house):
    registration = await a_leader_with_a_portfolio(house)
    await a_board_administrator(house)
    nadia = await house.client("nadia")
    await nadia.post("/portfolio-shares", a_share("2024-09-20"))

    answers = []
    for day in (date(2024, 9, 20), date(2024, 9, 21)):
        house.on(day)
        board = await house.client("bestuur")
        answers.append((await board.get(f"/shared-portfolios/{registration}")).status_code)

    assert answers == [200, 404]  # the last day included
    nadia = await house.client("nadia")
    assert (await nadia.get("/portfolio-shares")).json()["items"][0]["why"] == "run-out"


async def test_an_end_of_employment_ends_a_boards_share(house):
    registration = await a_leader_with_a_portfolio(house)
    await a_board_administrator(house)
    nadia, board = await house.client("nadia"), await house.client("bestuur")
    await nadia.post("/portfolio-shares", a_share())

    await leaves(house, "nadia", date(2024, 9, 11))
    gone = await board.get(f"/shared-portfolios/{registration}")
    staff = (await board.get("/board/staff")).json()["items"]

    assert (gone.status_code, staff) == (404, [])
    assert (await nadia.get("/portfolio-shares")).json()["items"][0]["why"] == "employment-ended"


async def test_who_comes_back_later_is_asked_anew(house):
    registration = await a_leader_with_a_portfolio(house)
    await a_board_administrator(house)
    nadia = await house.client("nadia")
    await nadia.post("/portfolio-shares", a_share())
    await leaves(house, "nadia", date(2024, 9, 30))
    await appointed(house, "nadia", date(2024, 11, 1))

    house.on(date(2024, 11, 4))
    board = await house.client("bestuur")

    assert (await board.get(f"/shared-portfolios/{registration}")).status_code == 404
    (staff,) = (await board.get("/board/staff")).json()["items"]
    assert staff["shares"] == []


async def test_the_boards_list_has_its_own_staff_with_public_data_and_what_they_show(house):
    registration = await a_leader_with_a_portfolio(house)
    await a_board_administrator(house)
    nadia, board = await house.client("nadia"), await house.client("bestuur")
    await nadia.post("/portfolio-shares", a_share())

    (staff,) = (await board.get("/board/staff")).json()["items"]

    assert set(staff) == {"register_number", "entry", "shares"}
    assert staff["entry"]["name"].endswith("Haddad")
    shown = {"registration_id": str(registration), "register_code": "schoolleiders-po", "scope": "whole"}
    assert staff["shares"] == [{**shown, "until_on": "2024-12-31"}]


async def test_a_role_that_is_gone_opens_nothing_at_the_next_request(house):
    registration = await a_leader_with_a_portfolio(house)
    await a_board_administrator(house, "40001")  # another board
    nadia, board = await house.client("nadia"), await house.client("bestuur")
    await nadia.post("/portfolio-shares", a_share())

    assert (await board.get(f"/shared-portfolios/{registration}")).status_code == 404
    names = [one["entry"]["name"] for one in (await board.get("/board/staff")).json()["items"]]
    assert len(names) == 1
    assert "Haddad" not in names[0]
    assert (await nadia.get("/board/staff")).status_code == 403


async def test_what_cannot_be_shared_is_refused_by_field(house):
    await a_leader_with_a_portfolio(house)
    nadia = await house.client("nadia")
    me = {"register_number": house.number_of("nadia"), "family_name": "Haddad"}
    wrong_name = {"register_number": house.number_of("bestuur"), "family_name": "Anders"}
    cases = [
        (a_share("2024-09-11"), "until-in-the-past"),
        (a_share(board_number="40001"), "not-your-board"),
        (a_share(board_number=None), "board-or-person"),
        (a_share(reader=me), "board-or-person"),
        (a_share(board_number=None, reader=me), "own-portfolio"),
        (a_share(board_number=None, reader=wrong_name), "no-such-person"),
        (a_share(board_number=None, reader={**me, "register_number": "00000000"}), "no-such-person"),
        (a_share(scope="period"), "period-missing"),
        (a_share(scope="period", period_id=str(uuid4())), "no-such-period"),
        (a_share(scope="entries", entry_ids=[str(uuid4())]), "no-such-entry"),
    ]

    for body, code in cases:
        answer = await nadia.post("/portfolio-shares", body)
        assert answer.status_code == 400, body
        assert code in {error["code"] for error in answer.json()["errors"]}, (code, answer.text)


async def test_a_share_belongs_to_its_owner_and_ends_once(house):
    await a_leader_with_a_portfolio(house)
    await a_leader(house.world, "peer")
    nadia, peer = await house.client("nadia"), await house.client("peer")
    granted = await nadia.post("/portfolio-shares", a_share())
    path = f"/portfolio-shares/{granted.json()['id']}"

    assert (await peer.get(path)).status_code == 404
    theirs = await peer.post(f"{path}/ending", headers={"If-Match": '"1"'})
    assert theirs.status_code == 404
    assert (await nadia.post(f"{path}/ending")).status_code == 428
    assert (await nadia.move(path, "ending")).status_code == 201
    again = await nadia.move(path, "ending")
    assert (again.status_code, again.json()["code"]) == (409, "share-ended")


async def test_only_the_own_board_can_be_given_sight(house):
    await a_leader_with_a_portfolio(house)
    await leaves(house, "nadia", date(2024, 9, 1))
    nadia = await house.client("nadia")

    answer = await nadia.post("/portfolio-shares", a_share(board_number=BOARD))

    assert answer.json()["errors"][0]["code"] == "not-your-board"
