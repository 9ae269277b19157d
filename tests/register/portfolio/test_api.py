"""The routes of the portfolio: allowed, refused by the rules, and not for this actor."""

import asyncio
from datetime import date
from itertools import count
from uuid import uuid4

import httpx
import pytest
from httpx import ASGITransport
from sqlmodel import select

from auth.actor import SYSTEM
from auth.models import Account, LoginSession, RoleGrant
from auth.passwords import Passwords
from auth.permissions import Role
from core.clock import machine_now
from core.store.audit import TrailEvent
from register.entries.policy import Register
from register.service.context import open_sign_in
from tests.builders import CHEAP, the_service
from tests.register.portfolio.world import PDF, world_on

BEGAN, DUE = date(2020, 10, 1), date(2025, 10, 1)
NEW = {"register_code": "schoolleiders-po", "kind": "course", "title": "Leiding geven", "done_on": "2024-05-01"}
UNKNOWN = uuid4()
ADDRESSES = count(1)


@pytest.fixture
async def world(database_url, tmp_path):
    async with world_on(database_url, tmp_path, date(2025, 6, 20)) as made:
        yield made


@pytest.fixture
async def app(world):
    return the_service(world.means.bound(open_sign_in(world.means.settings, Passwords(**CHEAP), makes=True)))


class Client:
    """Somebody's hands on the API."""

    def __init__(self, app, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.AsyncClient(transport=ASGITransport(app), base_url="http://test/v1", headers=headers)

    async def get(self, path: str, **query) -> httpx.Response:
        return await self.http.get(path, params=query)

    async def post(self, path: str, body=None, version: str | None = None, **more) -> httpx.Response:
        return await self.http.post(path, json=body, headers={"If-Match": version} if version else {}, **more)

    async def upload(self, id, name="bewijs.pdf", content=PDF) -> httpx.Response:
        return await self.http.post(f"/portfolio-entries/{id}/evidence", files={"file": (name, content)})

    async def added(self, **facts) -> dict:
        answer = await self.post("/portfolio-entries", {**NEW, **facts})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def handed_in(self, **facts) -> dict:
        entry = await self.added(**facts)
        attached = await self.upload(entry["id"])
        answer = await self.post(f"/portfolio-entries/{entry['id']}/submission", version=attached.headers["etag"])
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture
async def signed_in(world, app):
    """`await signed_in(*roles)`: a client and who it is for."""
    doors = open_sign_in(world.means.settings, Passwords(**CHEAP), makes=True)

    async def sign_in(*roles: Role):
        who = await world.person(*(roles or (Role.PROFESSIONAL,)))
        async with world.means.work(SYSTEM) as work:
            account = Account(
                person_id=who.person_id, email=f"a{next(ADDRESSES)}@voorbeeld.nl", password_hash="-", totp_secret="-"
            )
            work.add(account)
            await work.flush()
            work.log("account:open", account)
            session = LoginSession(
                account_id=account.id,
                token_hash=str(account.id),
                created_at=machine_now(),
                last_seen_at=machine_now(),
                second_factor_at=machine_now(),
            )
            work.add(session)
            for role in who.roles:
                grant = RoleGrant(person_id=who.person_id, role=role, from_on=date(2020, 1, 1))
                work.add(grant)
                work.log("role:grant", grant)
        token, _ = doors.tokens.issue(account.id, session.id, machine_now())
        return Client(app, token), who

    return sign_in


@pytest.fixture
async def leader(world, signed_in):
    client, who = await signed_in()
    await world.registered(who, BEGAN, DUE)
    client.who = who
    return client


@pytest.fixture
async def assessor(signed_in):
    return (await signed_in(Role.ASSESSOR))[0]


@pytest.fixture
async def stranger(signed_in):
    return (await signed_in())[0]


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def fields(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json()["errors"]]


async def test_an_entry_is_added_changed_and_read(leader):
    added = await leader.post("/portfolio-entries", {**NEW, "points": 40, "themes": ["team", "Team "]})

    assert added.status_code == 201
    entry, path = added.json(), added.headers["location"].removeprefix("/v1")
    assert (entry["state"], entry["claimed_points"], entry["valuation"], entry["themes"]) == (
        "draft",
        40,
        "afterwards",
        ["team"],
    )
    changed = await leader.http.patch(path, json={"title": "Rekenen"}, headers={"If-Match": added.headers["etag"]})
    assert (changed.status_code, changed.json()["title"], changed.json()["claimed_points"]) == (200, "Rekenen", 40)
    read = await leader.get(path)
    assert (read.json(), read.headers["etag"]) == (changed.json(), changed.headers["etag"])


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"hours": 3}, "hours"),
        ({"valuation": "validated"}, "valuation"),
        ({"points": 101}, "points"),
        ({"points": True}, "points"),
        ({"points": 1.5}, "points"),
        ({"hours": "NaN"}, "hours"),
        ({"hours": 0.001}, "hours"),
        ({"themes": ["123456782"]}, "themes.0"),
        ({"done_on": "2024-02-30"}, "done_on"),
        ({"title": " "}, "title"),
        ({"state": "accepted"}, "state"),
    ],
)
async def test_an_entry_that_cannot_be_taken_is_refused_by_field(leader, facts, field):
    answer = await leader.post("/portfolio-entries", {**NEW, **facts})

    assert (answer.status_code, [name for name, _ in fields(answer)]) == (400, [field])


async def test_who_is_not_in_the_register_has_no_portfolio(stranger, assessor):
    assert code(await stranger.post("/portfolio-entries", NEW)) == (404, "no-such-registration")
    assert code(await stranger.get("/portfolio", register="schoolleiders-po")) == (404, "no-such-registration")
    assert code(await assessor.post("/portfolio-entries", NEW)) == (403, "not-for-this-role")
    assert code(await assessor.get("/portfolio", register="schoolleiders-po")) == (403, "not-for-this-role")
    assert code(await assessor.get("/portfolio-entries")) == (403, "not-for-this-role")


async def test_a_change_takes_the_version_that_stands(leader, stranger):
    entry = await leader.added()
    path = f"/portfolio-entries/{entry['id']}"

    assert code(await leader.http.patch(path, json={"title": "Taal"})) == (428, "if-match-required")
    stale = await leader.http.patch(path, json={"title": "Taal"}, headers={"If-Match": '"9"'})
    assert code(stale) == (412, "changed-meanwhile")
    assert code(await leader.post(f"{path}/submission")) == (428, "if-match-required")
    foreign = await stranger.http.patch(path, json={"title": "Taal"}, headers={"If-Match": '"1"'})
    assert code(foreign) == (404, "no-such-entry")


async def test_what_belongs_to_another_looks_like_what_does_not_exist(leader, stranger):
    entry = await leader.added()

    for id in (entry["id"], UNKNOWN):
        path = f"/portfolio-entries/{id}"
        answers = [
            await stranger.get(path),
            await stranger.get(f"{path}/evidence/file"),
            await stranger.upload(id),
            await stranger.post(f"{path}/submission", version='"1"'),
            await stranger.post(f"{path}/withdrawal", version='"1"'),
        ]
        assert {code(answer) for answer in answers} == {(404, "no-such-entry")}


async def test_evidence_is_kept_as_it_was_sent_and_given_back_as_an_attachment(leader):
    entry = await leader.added()

    attached = await leader.upload(entry["id"], "../../etc/wacht<woord>.pdf")
    got = await leader.get(f"/portfolio-entries/{entry['id']}/evidence/file")

    assert attached.status_code == 201
    assert attached.json()["file"] == {"name": "wacht_woord_.pdf", "media_type": "application/pdf", "size": len(PDF)}
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"


async def test_a_file_of_another_kind_is_refused(leader):
    entry = await leader.added()

    assert code(await leader.upload(entry["id"], "bewijs.pdf", b"<html>")) == (400, "file-kind")
    assert code(await leader.upload(entry["id"], "bewijs.png", PDF)) == (400, "file-name-differs")
    assert code(await leader.get(f"/portfolio-entries/{entry['id']}/evidence/file")) == (404, "no-such-file")


async def test_an_entry_without_evidence_is_not_taken_in(leader):
    entry = await leader.added()

    answer = await leader.post(f"/portfolio-entries/{entry['id']}/submission", version='"1"')

    assert (answer.status_code, fields(answer)) == (400, [("evidence", "evidence-missing")])


async def test_a_day_before_the_first_period_is_refused(leader):
    entry = await leader.added(done_on="2020-09-30")
    await leader.upload(entry["id"])

    answer = await leader.post(f"/portfolio-entries/{entry['id']}/submission", version='"2"')

    assert code(answer) == (409, "outside-period")


async def test_a_second_submission_says_which_moves_are_open(leader):
    entry = await leader.handed_in()

    answer = await leader.post(f"/portfolio-entries/{entry['id']}/submission", version='"3"')

    assert code(answer) == (409, "wrong-state")
    assert "withdraw" in answer.json()["open_moves"]


async def test_an_assessor_finds_what_waits_looks_with_a_trace_and_decides_once(world, leader, assessor, stranger):
    entry = await leader.handed_in(points=60)
    path = f"/portfolio-entries/{entry['id']}"

    (waiting,) = (await assessor.get("/valuation-queue")).json()["items"]
    assert waiting["id"] == entry["id"]
    assert "title" not in waiting
    read = await assessor.get(path)
    assert (read.status_code, read.json()["seen_before"]) == (200, 0)
    assert (await assessor.get(f"{path}/evidence/file")).content == PDF
    body = {"points": 60, "reasons": "Sterk verslag."}
    assert code(await stranger.post(f"{path}/valuation", body)) == (403, "not-for-this-role")
    assert code(await stranger.get("/valuation-queue")) == (403, "not-for-this-role")
    decided = await assessor.post(f"{path}/valuation", body)

    assert (decided.status_code, decided.json()["outcome"], decided.json()["entry_state"]) == (
        201,
        "granted",
        "accepted",
    )
    assert decided.json()["last_day_to_object"] == "2025-08-01"
    assert code(await assessor.post(f"{path}/valuation", body)) == (409, "wrong-state")
    assert code(await assessor.get(path)) == (404, "no-such-entry")
    assert (await assessor.get("/valuation-queue")).json()["items"] == []
    async with world.reading() as work:
        looked = select(TrailEvent.stream).where(TrailEvent.action == "portfolio:read")
        assert list(await work.session.exec(looked)) == [f"person/{leader.who.person_id}"] * 2
    await world.require_sound_trail()


async def test_a_valuation_without_ground_or_outside_its_bounds_is_refused(leader, assessor):
    entry = await leader.handed_in(points=40)
    path = f"/portfolio-entries/{entry['id']}/valuation"

    assert fields(await assessor.post(path, {"points": 50, "reasons": "Goed."})) == [("above_claim", "above-claim")]
    answer = await assessor.post(path, {"points": 0, "reasons": "Nee."})
    assert fields(answer) == [("grounds", "grounds-missing"), ("repair", "repair-missing")]
    meant = {"points": 50, "reasons": "Goed.", "above_claim": True}
    assert (await assessor.post(path, meant)).status_code == 201


async def test_what_a_talk_is_chosen_for_is_never_valued_on_paper(leader, assessor):
    entry = await leader.handed_in(valuation="assessor", themes=["team", "taal", "cultuur"])
    path = f"/portfolio-entries/{entry['id']}/valuation"

    assert code(await assessor.post(path, {"points": 50, "reasons": "Goed."})) == (409, "valued-in-a-talk")
    assert (await assessor.get("/valuation-queue")).json()["items"] == []


async def test_nobody_values_their_own_entry(world, signed_in):
    both, who = await signed_in(Role.PROFESSIONAL, Role.ASSESSOR)
    await world.registered(who, BEGAN, DUE)
    entry = await both.handed_in()

    answer = await both.post(f"/portfolio-entries/{entry['id']}/valuation", {"points": 10, "reasons": "Mooi."})

    assert code(answer) == (403, "own-case")
    assert (await both.get("/valuation-queue")).json()["items"] == []


async def test_the_portfolio_tells_line_by_line_what_counts(leader, assessor):
    first, second = await leader.handed_in(), await leader.handed_in(done_on="2024-06-01")
    await assessor.post(f"/portfolio-entries/{first['id']}/valuation", {"points": 60, "reasons": "Goed."})

    answer = await leader.get("/portfolio", register="schoolleiders-po")
    foreseen = await leader.get("/portfolio/assessment", register="schoolleiders-po")

    assert answer.status_code == foreseen.status_code == 200
    portfolio = answer.json()
    assert [(one["points"], one["running"]) for one in portfolio["periods"]] == [(60, True)]
    assert {one["entry_id"]: (one["counts"], one["why"]) for one in portfolio["activities"]} == {
        first["id"]: (True, None),
        second["id"]: (False, "under-valuation"),
    }
    assert [(one["entry_id"], one["cause"], one["points"]) for one in portfolio["ledger"]] == [
        (first["id"], "booked", 60)
    ]
    assert portfolio["norms"] == [{"name": "points", "have": 60, "need": 60, "short": 0, "sectors": [], "towards": 80}]
    told = foreseen.json()
    assert (told["outcome"], told["due_on"], told["rule_set"]) == (
        "granted-shorter",
        "2028-10-01",
        "schoolleiders-po-2022",
    )
    assert [(one["points"], one["counts"], one["code"]) for one in told["lines"]] == [
        (60, True, None),
        (0, False, "under-valuation"),
    ]


async def test_what_a_renewal_would_give_is_for_the_owner_alone(stranger, assessor):
    assert code(await stranger.get("/portfolio/assessment", register="schoolleiders-po")) == (
        404,
        "no-such-registration",
    )
    assert code(await assessor.get("/portfolio/assessment", register="schoolleiders-po")) == (403, "not-for-this-role")


async def test_withdrawing_takes_the_points_back(leader, assessor):
    entry = await leader.handed_in()
    path = f"/portfolio-entries/{entry['id']}"
    await assessor.post(f"{path}/valuation", {"points": 60, "reasons": "Goed."})
    version = (await leader.get(path)).headers["etag"]

    gone = await leader.post(f"{path}/withdrawal", version=version)

    assert (gone.status_code, gone.json()["state"]) == (201, "withdrawn")
    ledger = (await leader.get("/portfolio", register="schoolleiders-po")).json()["ledger"]
    assert [one["points"] for one in ledger] == [60, -60]
    assert code(await leader.post(f"{path}/withdrawal", version=gone.headers["etag"])) == (409, "wrong-state")


async def test_lists_come_in_pages(leader, assessor):
    ids = [(await leader.handed_in(title=f"Cursus {day}", done_on=f"2024-05-0{day}"))["id"] for day in (1, 2, 3)]

    for path, client in (("/portfolio-entries", leader), ("/valuation-queue", assessor)):
        seen, following = [], None
        while True:
            query = {"pageSize": 2} | ({"cursor": following} if following else {})
            answer = await client.get(path, **query)
            page = answer.json()
            seen += [one["id"] for one in page["items"]]
            following = page["next"]
            assert ("link" in answer.headers) == (following is not None)
            if following is None:
                break
        assert seen == ids

    for cursor in ("WyJ4Il0", "WyJ4IiwieSJd", "x"):
        for path, client in (("/portfolio-entries", leader), ("/valuation-queue", assessor)):
            assert code(await client.get(path, cursor=cursor)) == (400, "cursor")


async def test_the_same_key_gives_the_same_answer(leader):
    answers = [
        await leader.http.post("/portfolio-entries", json=NEW, headers={"Idempotency-Key": "een"}) for _ in range(2)
    ]

    assert answers[0].json() == answers[1].json()
    assert len((await leader.get("/portfolio-entries")).json()["items"]) == 1


async def test_hours_of_a_teacher_count_as_soon_as_they_are_handed_in(world, signed_in):
    teacher, who = await signed_in()
    await world.registered(who, BEGAN, DUE, Register.TEACHERS)

    entry = await teacher.handed_in(register_code="leraren", hours=7.25, contact_hours="4", category="SUBJECT")

    assert (entry["state"], entry["hours"], entry["contact_hours"]) == ("accepted", 7.25, 4)
    norms = (await teacher.get("/portfolio", register="leraren")).json()["norms"]
    assert {one["name"]: one["have"] for one in norms} == {"hours": 7.25, "primary-process": 7.25, "subject": 7.25}


async def test_nothing_is_open_to_the_public(app):
    nobody = Client(app, "")
    for path in ("/portfolio", "/portfolio/assessment", "/portfolio-entries", "/valuation-queue"):
        assert code(await nobody.get(path, register="leraren")) == (401, "sign-in-first")
    path = f"/portfolio-entries/{UNKNOWN}"
    for answer in (await nobody.get(path), await nobody.post(f"{path}/valuation", {"points": 1, "reasons": "x"})):
        assert code(answer) == (401, "sign-in-first")


async def test_of_assessors_who_decide_at_the_same_moment_one_decides(world, leader, signed_in):
    entry = await leader.handed_in()
    assessors = [(await signed_in(Role.ASSESSOR))[0] for _ in range(4)]
    body = {"points": 40, "reasons": "Goed."}

    answers = await asyncio.gather(
        *(one.post(f"/portfolio-entries/{entry['id']}/valuation", body) for one in assessors)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    ledger = (await leader.get("/portfolio", register="schoolleiders-po")).json()["ledger"]
    assert [line["points"] for line in ledger] == [40]
