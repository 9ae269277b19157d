"""Who is asking, and may they: one guard for every route, closed unless the route says what it requires.

Under /v1 a bearer token counts and nothing else; pages take the cookie and, for a change, the form's own token and a
same-origin request.
"""

import hashlib
import hmac
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict
from litestar.handlers import BaseRouteHandler

from auth import policy, queries
from auth.actor import Actor
from auth.models import LoginSession
from auth.permissions import PUBLIC, SIGNED_IN, Access, Permission
from auth.service import SignInServices
from auth.token_hash import hash_of
from core.clock import machine_now
from core.errors import Forbidden, NotFound, Unauthenticated
from core.store.work import Work
from core.web.asgi import SAFE, is_api
from core.web.unit_of_work import require_known_queries

COOKIE = "__Host-bekwaam"
LOOPBACK_COOKIE = "bekwaam"
TOUCH_EVERY = 60


def cookie_name(secure: bool) -> str:
    """`__Host-` needs HTTPS; on plain-HTTP loopback the same cookie goes without."""
    return COOKIE if secure else LOOPBACK_COOKIE


def csrf_token(cookie: str) -> str:
    """The form token of a session: derived from its secret cookie, so bound to it (F4)."""
    return hashlib.sha256(b"form\0" + cookie.encode()).hexdigest()


async def authorize(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Find the actor and hold the route's `requires` against them: 401, 403, or 404 where the route hides itself."""
    requires = handler.opt.get("requires")
    if requires is None:
        raise NotFound("not-found")
    if connection.scope.get("method") == "OPTIONS":
        return
    await _require_access(connection, requires)
    require_known_queries(dict(connection.scope), handler.opt)


async def _require_access(connection: ASGIConnection[Any, Any, Any, Any], requires: object) -> None:
    work: Work = connection.scope["state"]["work"]
    known = await _actor(connection, work)
    if known is not None:
        work.actor = known
    if requires is PUBLIC:
        return
    if known is None:
        await _save_typed(connection)
        raise Unauthenticated("sign-in-first")
    if requires is not SIGNED_IN and not known.can(requires):
        raise Forbidden("second-factor-needed" if requires in known.withheld else "not-for-this-role")
    assert isinstance(requires, Permission | Access)


async def _actor(connection: ASGIConnection[Any, Any, Any, Any], work: Work) -> Actor | None:
    if is_api(connection.scope["path"]):
        found = await _by_bearer(connection, work)
    else:
        found = await _by_cookie(connection, work)
    if found is None:
        return None
    session, account_id, person_id = found
    roles, organisations = await queries.held(work.session, person_id, work.today)
    given = session.second_factor_at is not None
    return Actor.of(person_id, account_id, session.id, roles, organisations, second_factor=given)


async def _by_bearer(
    connection: ASGIConnection[Any, Any, Any, Any], work: Work
) -> tuple[LoginSession, Any, Any] | None:
    given = connection.headers.get("authorization")
    if given is None:
        return None
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("invalid-token")
    claims = work.port(SignInServices).tokens.read(token.strip(), machine_now())
    found = await queries.session_by_id(work.session, claims.sid)
    if found is None or not await _alive(work, found[0]) or str(found[1].id) != str(claims.sub):
        raise Unauthenticated("invalid-token")
    return found[0], found[1].id, found[1].person_id


async def _by_cookie(
    connection: ASGIConnection[Any, Any, Any, Any], work: Work
) -> tuple[LoginSession, Any, Any] | None:
    cookie = connection.cookies.get(cookie_name(connection.app.state.secure))
    unsafe = connection.scope.get("method") not in SAFE
    if unsafe:
        _require_same_origin(connection)
    if not cookie or len(cookie) > 200:
        return None
    found = await queries.session_by_hash(work.session, hash_of(cookie))
    if found is None or not await _alive(work, found[0]):
        return None
    if unsafe:
        await _require_form_token(connection, cookie)
    connection.scope["state"]["csrf"] = csrf_token(cookie)
    return found[0], found[1].id, found[1].person_id


async def _alive(work: Work, session: LoginSession) -> bool:
    now = machine_now()
    if not policy.session_alive(session.created_at, session.last_seen_at, now):
        return False
    if (now - session.last_seen_at).total_seconds() > TOUCH_EVERY:
        if work.write:
            session.last_seen_at = now
        else:
            await touch(work, session)
    return True


async def touch(work: Work, session: LoginSession) -> None:
    """Note on a read that a session is in use: once a minute at the most, in a transaction of its own."""
    async with work.means.database.writing() as aside, aside.begin():
        row = await aside.get(LoginSession, session.id)
        if row is not None:
            row.last_seen_at = machine_now()


def _require_same_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Forbidden("other-origin") when a browser says that a form came from elsewhere."""
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    host = connection.headers.get("host", "")
    if site not in {None, "same-origin", "none"}:
        raise Forbidden("other-origin")
    if origin is not None and urlsplit(origin).netloc != host:
        raise Forbidden("other-origin")


async def _require_form_token(connection: ASGIConnection[Any, Any, Any, Any], cookie: str) -> None:
    """Forbidden("form-expired") when the form does not carry the token of this session."""
    given = (await _form(connection)).get("_token")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), csrf_token(cookie).encode()):
        if await _save_typed(connection):
            connection.scope["state"]["csrf"] = csrf_token(cookie)
        raise Forbidden("form-expired")


async def _save_typed(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Keep what a form of our own brought, for the page that gives it back (core.problems); False for any other.

    Only where the browser itself says that it came from here: what a stranger's page sends is never offered again.
    """
    own = connection.headers.get("sec-fetch-site") == "same-origin" or connection.headers.get("origin") is not None
    if connection.scope.get("method") in SAFE or is_api(connection.scope["path"]) or not own:
        return False
    _require_same_origin(connection)
    connection.scope["state"]["typed"] = list((await _form(connection)).multi_items())
    return True


async def _form(connection: ASGIConnection[Any, Any, Any, Any]) -> FormMultiDict:
    return await Request[Any, Any, Any](connection.scope, connection.receive).form()
