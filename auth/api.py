"""Sign-in and sessions as JSON."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.params import FromPath, JSONBody

from auth import queries, second_factor, service
from auth.actor import Actor, person_of
from auth.models import Account
from auth.permissions import PUBLIC, SIGNED_IN
from auth.schemas import (
    Credentials,
    LoginSessionView,
    Me,
    NewSecondFactor,
    OneTimeCode,
    SecondFactor,
    Token,
)
from auth.service import SignInServices
from core.clock import machine_now
from core.errors import Unauthenticated
from core.store.work import Work
from core.web.http import WorkDep, versioned


@post("/token", requires=PUBLIC, idempotent=False, status_code=200, tags=["sign-in"])
async def sign_in(work: WorkDep, data: JSONBody[Credentials]) -> Token:
    """A bearer token of 15 minutes, bound to a session that `DELETE /sessions/{id}` ends.

    401 `wrong-credentials`, `code-needed`; 429 `locked` with `Retry-After`.
    """
    token, expires_in, _ = await service.issue_token(work, data.email, data.password, data.otp)
    return Token(token, "Bearer", expires_in)


@get("/me", requires=SIGNED_IN, tags=["sign-in"])
async def me(work: WorkDep) -> Response[Me]:
    """Who is signed in, with the roles held at this moment."""
    person = await queries.person(work.session, person_of(work.actor))
    actor = _signed_in(work.actor)
    own = (person.id, person.register_number, person.full_name(), person.email)
    content = Me(*own, sorted(actor.roles), actor.second_factor)
    return versioned(content, person.version)


@get("/sessions", requires=SIGNED_IN, tags=["sign-in"])
async def sessions(work: WorkDep) -> Sequence[LoginSessionView]:
    """The open sessions of the own account."""
    actor = _signed_in(work.actor)
    rows = await queries.sessions_of(work.session, actor.account_id)
    return [LoginSessionView(row.id, row.created_at, row.last_seen_at, row.id == actor.session_id) for row in rows]


@delete("/sessions/{session_id:uuid}", requires=SIGNED_IN, tags=["sign-in"])
async def sign_out(work: WorkDep, session_id: FromPath[UUID]) -> None:
    """End a session of one's own; its cookie and tokens stop at the next request."""
    await service.close_session(work, session_id)


@post("/second-factor", requires=SIGNED_IN, idempotent=False, tags=["sign-in"])
async def begin_second_factor(work: WorkDep, data: JSONBody[NewSecondFactor]) -> SecondFactor:
    """A secret for one-time codes, shown this once; it works once a code of it is given to `…/confirmation`.

    401 `wrong-credentials`, and `code-needed` where a second factor stands already.
    """
    return SecondFactor(*await second_factor.begin(work, data.password, data.otp))


@post("/second-factor/confirmation", requires=SIGNED_IN, idempotent=False, tags=["sign-in"])
async def confirm_second_factor(work: WorkDep, data: JSONBody[OneTimeCode]) -> Token:
    """Confirm the secret by a code: every session ends, this token opens a new one. 409 `no-second-factor-begun`."""
    return await _new_token(work, await second_factor.confirm(work, data.otp))


@post("/second-factor/check", requires=SIGNED_IN, idempotent=False, tags=["sign-in"])
async def give_second_factor(work: WorkDep, data: JSONBody[OneTimeCode]) -> Token:
    """A code in a session that began without one: that session ends, and this token opens one with every role."""
    return await _new_token(work, await second_factor.give(work, data.otp))


async def _new_token(work: Work, account: Account) -> Token:
    session, _ = await service.open_session(work, account, second_factor=True)
    token, expires_in = work.port(SignInServices).tokens.issue(account.id, session.id, machine_now())
    return Token(token, "Bearer", expires_in)


def _signed_in(actor: object) -> Actor:
    if not isinstance(actor, Actor):
        raise Unauthenticated("sign-in-first")
    return actor


ROUTES = Router(
    "/",
    route_handlers=[
        sign_in,
        me,
        sessions,
        sign_out,
        begin_second_factor,
        confirm_second_factor,
        give_second_factor,
    ],
)
