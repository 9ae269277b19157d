"""Who may: closed by default, one way in for programs and one for browsers, and an end that works at once."""

from datetime import timedelta
from re import search
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from litestar import get
from sqlmodel import select

from auth.guards import LOOPBACK_COOKIE
from auth.models import Account, AccountState, RoleGrant
from auth.permissions import Access, Permission, Role
from auth.service import give_second_factor, grant
from core.store.work import Work
from core.web.response_headers import Stamp
from core.web.retry import Again
from register.service.app import create_litestar
from register.service.serving import bare, table_of_routes
from tests.auth.browser import browser_of, cookie_of, form_token
from tests.builders import Client, House, a_leader
from tests.journeys.steps import an_application, apply

ROUTES = list(table_of_routes(bare()))
# What anybody may ask without signing in. A new line here is a decision, not a formality (F2).
PUBLIC = {
    "GET /",
    "GET /agenda",
    "GET /agenda/controles",
    "GET /agenda/csv",
    "GET /agenda/feed",
    "GET /agenda/{code}",
    "GET /brief-controleren",
    "GET /bureaus",
    "GET /cijfers",
    "GET /cijfers/csv",
    "GET /health/live",
    "GET /health/ready",
    "GET /inloggen",
    "GET /inloggen/code",
    "GET /inschrijven",
    "GET /inschrijven/scholen",
    "GET /register/{register_number}",
    "GET /register/{register_number}/uittreksel",
    "GET /register/{register_number}/uittreksel/pdf",
    "GET /uittreksel-controleren",
    "POST /uittreksel-controleren",
    "GET /.well-known/jwks.json",
    "GET /v1/register-entries/{register_number}/extract/document",
    "POST /v1/extract-checks",
    "GET /static/{file_path}",
    "GET /taal/{language}",
    "GET /schorsing",
    "GET /termijnen",
    "GET /uren-en-budget",
    "GET /v1/accredited-programmes",
    "GET /v1/accredited-programmes/{register}/{code}",
    "GET /v1/audit-reports",
    "GET /v1/audit-reports/{audit_id}",
    "GET /v1/boards",
    "GET /v1/catalogue-courses/{code}",
    "GET /v1/catalogue-runs",
    "GET /v1/boards/{number}",
    "GET /v1/letter-checks",
    "GET /v1/grounds",
    "GET /v1/openapi.json",
    "GET /v1/tariffs",
    "GET /v1/trail-checkpoint",
    "GET /v1/register-entries",
    "GET /v1/register-entries/{register_number}",
    "GET /v1/register-entries/{register_number}/extract",
    "GET /v1/register-entries/{register_number}/standing",
    "GET /v1/rule-sets",
    "GET /v1/schools",
    "GET /v1/statistics",
    "GET /v1/schools/{code}",
    "HEAD /static/{file_path}",
    "POST /inloggen",
    "POST /inloggen/code",
    "POST /inschrijven",
    "POST /pe-services/pe-attendanceelearning/WriteAttendance.asmx/ProcessXML",
    "POST /v1/sandbox/attendances/bulk",
    "POST /pe-services/proef/pe-attendanceelearning/WriteAttendance.asmx/ProcessXML",
    "POST /v1/provider-accounts",
    "GET /aanbieder/account",
    "POST /aanbieder/account",
    "POST /v1/assessments",
    "POST /v1/enrolments",
    "POST /v1/entitlements",
    "GET /bevestigen/{token}",
    "GET /uitnodiging/{token}",
    "GET /wachtwoord-vergeten",
    "GET /wachtwoord/{token}",
    "POST /bevestigen/{token}",
    "POST /uitnodiging/{token}",
    "POST /v1/email-confirmations",
    "POST /v1/invitation-acceptances",
    "POST /v1/password-reset-requests",
    "POST /v1/password-resets",
    "POST /wachtwoord-vergeten",
    "POST /wachtwoord/{token}",
    "GET /zorgen",
    "GET /opleidingen",
    "POST /v1/term-calculations",
    "POST /v1/token",
}


def test_what_is_open_to_everybody_is_exactly_what_we_decided():
    assert {f"{method} {path}" for method, path, requires in ROUTES if requires == Access.PUBLIC} == PUBLIC


def test_every_route_says_what_it_requires():
    known = {str(one) for one in (*Access, *Permission)}
    assert [(method, path) for method, path, requires in ROUTES if requires not in known] == []


def test_nothing_that_changes_is_a_get():
    """Reads that leave a trace aside, a GET opens no transaction: see Edge."""
    assert {method for method, _, _ in ROUTES} <= {"GET", "HEAD", "POST", "PATCH", "DELETE"}


async def test_a_route_that_does_not_say_what_it_requires_is_not_there(house):
    @get("/v1/open-by-mistake")
    async def open_by_mistake() -> dict[str, str]:
        return {"secret": "yes"}

    app = create_litestar(house.means)
    app.register(open_by_mistake)
    secretary = await house.client("secretaris")
    transport = httpx.ASGITransport(app=Stamp(Again(app), https=False))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        same = {**secretary.headers, "X-Request-Id": "the-same-request"}
        answers = [await http.get(path, headers=same) for path in ("/v1/open-by-mistake", "/v1/no-such-route")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


async def test_every_closed_route_asks_who_is_there(house):
    for method, path, requires in ROUTES:
        if requires == Access.PUBLIC:
            continue
        filled = "/".join(str(UUID(int=1)) if part.startswith("{") else part for part in path.split("/"))
        answer = await house.http.request(method, filled, headers={"Content-Type": "application/json"}, content=b"{}")
        if path.startswith("/v1"):
            # 415: an upload is refused by its media type before anybody looks who sends it
            assert answer.status_code in {401, 415}, (method, path, answer.status_code)
        else:
            assert answer.status_code in {302, 303, 401}, (method, path, answer.status_code)
            if answer.is_redirect:
                assert urlsplit(answer.headers["location"]).path == "/inloggen", (method, path)


async def test_a_cookie_opens_pages_and_a_token_opens_the_api_and_not_the_other_way_round(house):
    await a_leader(house.world, "nadia")
    browser = await browser_of(house, "nadia")
    token = (await house.client("nadia")).headers
    cookie = {"Cookie": f"{LOOPBACK_COOKIE}={cookie_of(browser)}"}

    async def status(path: str, headers: dict[str, str]) -> int:
        return (await house.http.get(path, headers=headers)).status_code

    assert await status("/mijn", cookie) == 200
    assert await status("/v1/me", token) == 200
    assert await status("/v1/me", cookie) == 401
    assert await status("/mijn", token) in {302, 303, 401}


async def test_a_cookie_that_somebody_planted_is_not_the_one_that_signs_in_f1(house):
    await a_leader(house.world, "nadia")
    planted = "a" * 43

    browser = await browser_of(house, "nadia", planted)

    values = {c.value for c in browser.cookies.jar if c.name == LOOPBACK_COOKIE}
    assert values - {planted}
    theirs = await house.http.get("/mijn", headers={"Cookie": f"{LOOPBACK_COOKIE}={planted}"})
    assert theirs.status_code in {302, 303, 401}


async def test_a_page_for_everybody_opens_no_session(house):
    answer = await house.http.get("/")

    assert "set-cookie" not in answer.headers


async def test_the_session_cookie_is_for_this_host_and_no_script(house):
    await a_leader(house.world, "nadia")
    typed = house.sign_in_of("nadia")
    answer = await house.http.post("/inloggen", data={"email": typed["email"], "password": typed["password"]})

    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite" in said
    assert "path=/" in said
    assert "domain" not in said


async def test_a_session_that_was_ended_opens_nothing_at_the_next_request(house):
    await a_leader(house.world, "nadia")
    one, other = await house.client("nadia"), await house.client("nadia")
    ended = next(s["id"] for s in (await one.get("/sessions")).json() if s["current"])

    gone = await other.http.delete(f"/v1/sessions/{ended}", headers=other.headers)

    assert gone.status_code == 204
    assert (await one.get("/me")).status_code == 401
    assert (await other.get("/me")).status_code == 200


async def test_a_role_that_was_taken_away_gives_nothing_at_the_next_request(house):
    secretary = await house.client("secretaris")
    assert (await secretary.get("/committee-members")).status_code == 200

    async def take_away(work: Work) -> None:
        held = select(RoleGrant).where(RoleGrant.person_id == house.id_of("secretaris"))
        for row in (await work.session.exec(held.where(RoleGrant.role == Role.SECRETARY))).all():
            row.until_on = work.today - timedelta(days=1)
            work.log("role:end", row)

    await house.system(take_away)

    assert (await secretary.get("/committee-members")).status_code == 403


async def test_a_closed_account_is_signed_out_everywhere(house):
    await a_leader(house.world, "nadia")
    client, browser = await house.client("nadia"), await browser_of(house, "nadia")

    async def close(work: Work) -> None:
        row = (await work.session.exec(select(Account).where(Account.person_id == house.id_of("nadia")))).one()
        row.state = AccountState.CLOSED
        work.log("account:close", row)

    await house.system(close)

    assert (await client.get("/me")).status_code == 401
    assert (await browser.get("/mijn")).status_code in {302, 303, 401}


async def test_a_token_ends_with_its_session_when_it_was_idle(house):
    await a_leader(house.world, "nadia")
    client = await house.client("nadia")
    async with house.means.database.writes.begin() as connection:
        await connection.exec_driver_sql("UPDATE login_session SET last_seen_at = '2020-01-01 00:00:00+00:00'")

    assert (await client.get("/me")).status_code == 401


@pytest.mark.parametrize(
    ("headers", "token", "code"),
    [
        ({}, None, "form-expired"),
        ({}, "of-another-session", "form-expired"),
        ({}, "é", "form-expired"),
        ({"Origin": "https://evil.example"}, "right", "other-origin"),
        ({"Origin": "null"}, "right", "other-origin"),
        ({"Sec-Fetch-Site": "cross-site"}, "right", "other-origin"),
        ({"Sec-Fetch-Site": "same-site"}, "right", "other-origin"),
    ],
)
async def test_a_form_that_did_not_come_from_our_page_changes_nothing(house, headers, token, code):
    await a_leader(house.world, "nadia")
    browser = await browser_of(house, "nadia")
    right = form_token(browser)
    data = {} if token is None else {"_token": right if token == "right" else token}

    refused = await browser.post("/uitloggen", data=data, headers=headers)

    assert refused.status_code == 403
    assert code in refused.text or search("formulier|website", refused.text)
    assert (await browser.get("/mijn")).status_code == 200
    done = await browser.post("/uitloggen", data={"_token": right}, headers={"Origin": "http://testserver"})
    assert done.status_code == 303
    assert (await browser.get("/mijn")).status_code in {302, 303, 401}


async def also(house: House, who: str, *roles: Role) -> Client:
    """Somebody with more roles and the second factor for them."""

    async def give(work: Work) -> str:
        for role in roles:
            await grant(work, house.id_of(who), role, work.today)
        return await give_second_factor(work, house.id_of(who))

    known = next(person for person in house.world.people if person.email.startswith(f"{who}@"))
    known.totp_secret = await house.system(give)
    return await house.client(who)


async def test_a_role_is_void_on_ones_own_case(house):
    await a_leader(house.world, "nadia")
    nadia = await also(house, "nadia", Role.SECRETARY, Role.COMMITTEE_MEMBER, Role.ASSESSOR)
    letter = an_application(route="free-form", statement="Ik leid al twintig jaar een school.")
    file = await apply(nadia, letter, None)
    secretary = await house.client("secretaris")
    members = [str(house.id_of(f"lid{n}.commissie")) for n in range(1, 5)] + [str(house.id_of("nadia"))]
    session = {"held_on": "2024-09-12", "chair_id": members[0], "members": members}
    path = f"/committee-sessions/{(await secretary.post('/committee-sessions', session)).json()['id']}"

    admitted = await nadia.move(f"/applications/{file}", "admission")
    assert (admitted.status_code, admitted.json()["code"]) == (403, "own-case")
    assert (await secretary.move(f"/applications/{file}", "admission")).status_code == 201
    listed = await nadia.post(f"{path}/agenda-items", {"application_id": file})
    assert (listed.status_code, listed.json()["code"]) == (403, "own-case")
    item = (await secretary.post(f"{path}/agenda-items", {"application_id": file})).json()["id"]
    assert (await secretary.move(path, "opening")).status_code == 201
    read = await nadia.get(f"/agenda-items/{item}")
    assert (read.status_code, read.json()["code"]) == (403, "own-case")
    voted = await nadia.post(f"/agenda-items/{item}/votes", {"vote": "for"})
    assert (voted.status_code, voted.json()["code"]) == (403, "recused")
    for n in range(1, 5):
        member = await house.client(f"lid{n}.commissie")
        assert (await member.post(f"/agenda-items/{item}/votes", {"vote": "for"})).status_code == 201
    ruling = {"reasons": "Zo vind ik het zelf.", "level": "niveau-1"}
    decided = await nadia.post(f"/agenda-items/{item}/decision", ruling)
    assert (decided.status_code, decided.json()["code"]) == (403, "own-case")
    taken = await secretary.post(f"/agenda-items/{item}/decision", ruling)
    decision = taken.json()["decision"]["id"]
    unseen = await nadia.get(f"/decisions/{decision}")
    assert unseen.status_code == 404  # a decision is the addressee's once it is made known
