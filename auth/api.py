"""Sign-in and sessions as JSON."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from auth import queries, service
from auth.actor import Actor, person_of
from auth.permissions import PUBLIC, SIGNED_IN
from auth.schemas import Credentials, LoginSessionView, Me, Token
from core.errors import Unauthenticated
from core.http import WorkDep, versioned

DoorsDep = NamedDependency[service.Doors]


@post("/token", requires=PUBLIC, idempotent=False, status_code=200, tags=["sign-in"])
async def sign_in(work: WorkDep, doors: DoorsDep, data: JSONBody[Credentials]) -> Token:
    """A bearer token of 15 minutes, bound to a session that `DELETE /sessions/{id}` ends.

    401 `wrong-credentials`, `code-needed`; 429 `locked` with `Retry-After`.
    """
    token, expires_in, _ = await service.issue_token(work, doors, data.email, data.password, data.otp)
    return Token(token, "Bearer", expires_in)


@get("/me", requires=SIGNED_IN, tags=["sign-in"])
async def me(work: WorkDep) -> Response[Me]:
    """Who is signed in, with the roles held at this moment."""
    person = await queries.person(work.session, person_of(work.actor))
    roles = await queries.roles_of(work.session, person.id, work.today)
    content = Me(person.id, person.register_number, person.full_name(), person.email, sorted(roles))
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


def _signed_in(actor: object) -> Actor:
    if not isinstance(actor, Actor):
        raise Unauthenticated("sign-in-first")
    return actor


ROUTES = Router("/", route_handlers=[sign_in, me, sessions, sign_out])
