"""How a no is said: problem+json under /v1, a page elsewhere; a stable code, and what would repair it."""

import json
import logging
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect, Template
from litestar.types import ExceptionHandlersMap
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError

from core.errors import Busy, Code, Invalid, Moved, Problem, Refused, TooMany, Unauthenticated
from core.store.faults import fault_of, state_of
from core.store.work import lost_race
from core.web.asgi import is_api
from core.web.frame import base
from core.web.http import language
from core.web.idempotency import Replay
from core.web.retry import asks_again

PROBLEM = "application/problem+json"
LOG = logging.getLogger("bekwaam")
# What pydantic calls a mistake, in our words; a code of our own (core.fields) travels as the type of the error.
SCHEMA_CODES = {
    "missing": "field-missing",
    "extra_forbidden": "unknown-field",
    "string_too_long": "text-too-long",
    "string_unicode": "unprintable-text",
    "enum": "unknown-choice",
    "literal_error": "unknown-choice",
    "bool_parsing": "bool-parsing",
    "uuid_parsing": "uuid-parsing",
    "int_parsing": "int-parsing",
    "int_from_float": "int-from-float",
    "float_parsing": "float-parsing",
    "decimal_parsing": "decimal-parsing",
    "decimal_max_places": "decimal-max-places",
    "greater_than": "number-out-of-range",
    "less_than": "number-out-of-range",
    "greater_than_equal": "number-out-of-range",
    "less_than_equal": "number-out-of-range",
    "too_long": "too-many-items",
    "too_short": "field-missing",
}
_DIGITS = re.compile(r"\^\(?\[0-9\]\{([0-9]+)\}\)?\??\$")
NOT_GIVEN_BACK = {"_token", "password", "otp"}
OWN_CODES = {"day", "email", "postcode", "telephone", "time", "site"}


class FieldProblem(msgspec.Struct, frozen=True):
    """One thing that is wrong: the field (dotted, or empty for the whole), a stable code, and what would repair it."""

    field: str
    code: str
    detail: str


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457; `code` is stable, `detail` says what would repair it, `open_moves` what the state allows."""

    status: int
    title: str
    detail: str
    code: str
    type: str = "about:blank"
    instance: str = ""
    errors: Sequence[FieldProblem] = ()
    open_moves: Sequence[str] | msgspec.UnsetType = msgspec.UNSET


def _problem(request: Request[Any, Any, Any], error: Problem) -> Response[Any]:
    texts = request.app.state.texts
    tongue = language(request)
    extra: dict[str, str] = {}
    if isinstance(error, TooMany | Busy):
        extra["Retry-After"] = str(error.retry_after)
    if error.status == 401:
        extra["WWW-Authenticate"] = "Bearer"
    errors = [
        FieldProblem(name, str(code), texts.sentence(code, tongue, **error.facts))
        for name, code in getattr(error, "errors", ())
    ]
    details = ProblemDetails(
        status=error.status,
        title=texts.title(error.code, tongue, error.status),
        detail=texts.sentence(error.code, tongue, **error.facts),
        code=error.code,
        instance=f"urn:request:{request.scope['state'].get('request_id', '')}",
        errors=errors,
        open_moves=list(error.open_moves) if isinstance(error, Refused) else msgspec.UNSET,
    )
    return answer_problem(request, details, extra)


def answer_problem(request: Request[Any, Any, Any], details: ProblemDetails, extra: dict[str, str]) -> Response[Any]:
    """A problem as JSON under /v1, as a page elsewhere."""
    if is_api(request.scope["path"]):
        body = msgspec.json.encode(details)
        return Response(body, status_code=details.status, media_type=PROBLEM, headers=extra)
    context = base(request) | {
        "status": details.status,
        "title": details.title,
        "sentence": details.detail,
        "code": details.code,
    }
    context["errors"] = [{"field": e.field, "sentence": e.detail} for e in details.errors]
    context["moves"] = [request.app.state.texts.label(move, "move") for move in details.open_moves or ()]
    return Template("error.html", context=context, status_code=details.status, headers=extra, media_type=MediaType.HTML)


def _asked(request: Request[Any, Any, Any]) -> str:
    query = request.scope.get("query_string", b"").decode("latin-1")
    return request.scope["path"] + (f"?{query}" if query else "")


def on_problem(request: Request[Any, Any, Any], error: Problem) -> Response[Any]:
    """One of ours; who has yet to sign in on a page is shown where, and comes back after it with what was typed."""
    if "typed" in request.scope["state"]:
        return given_back(request, error)
    if isinstance(error, Unauthenticated) and not is_api(request.scope["path"]):
        asked = f"?{urlencode({'next': _asked(request)})}" if request.method in {"GET", "HEAD"} else ""
        return Redirect(f"/inloggen{asked}", status_code=303)
    if error.code == "second-factor-needed" and not is_api(request.scope["path"]):
        return Redirect("/tweede-stap", status_code=303)
    return _problem(request, error)


def given_back(request: Request[Any, Any, Any], error: Problem) -> Response[Any]:
    """The form that came too late, with what was typed in it, to send once more; no password, no file."""
    typed = [(name, value) for name, value in request.scope["state"]["typed"] if name not in NOT_GIVEN_BACK]
    texts = request.app.state.texts
    said = [(texts.label(name.replace("_", "-"), "field"), value) for name, value in typed if not name.startswith("_")]
    context = base(request) | {
        "action": _asked(request),
        "kept": [(name, value) for name, value in typed if isinstance(value, str)],
        "shown": [(name, value) for name, value in said if isinstance(value, str) and value],
        "files": any(not isinstance(value, str) for _name, value in typed),
        "signed_out": error.status == 401,
    }
    return Template("given_back.html", context=context, status_code=error.status, media_type=MediaType.HTML)


def on_replay(_request: Request[Any, Any, Any], error: Replay) -> Response[Any]:
    """The stored answer, as it was."""
    record = error.record
    headers = {key: value for key, value in json.loads(record.headers) if key.lower() != "content-length"}
    media_type = headers.pop("content-type", "application/json").split(";")[0]
    return Response(record.body, status_code=record.status, headers=headers, media_type=media_type)


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """One of the framework's, in our words: a stable code for each status."""
    if isinstance(error, ValidationException) and error.status_code == 400:
        return _problem(request, Invalid("invalid-input", _framework_errors(error)))
    if error.status_code >= 500:
        return on_anything(request, error)
    codes = {
        400: "invalid-input",
        404: "not-found",
        405: "method-not-allowed",
        413: "too-large",
        415: "unsupported-media-type",
    }
    problem = Problem(codes.get(error.status_code, "invalid-input"))
    problem.status = error.status_code
    answer = _problem(request, problem)
    for name, value in (error.headers or {}).items():
        answer.headers[name.title()] = _with_head(value) if name.lower() == "allow" else value
    return answer


def _with_head(allowed: str) -> str:
    """The methods of a 405: what answers GET answers HEAD (core.asgi.Heads)."""
    methods = set(allowed.split(", "))
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def _framework_errors(error: ValidationException) -> list[tuple[str, str]]:
    """Field and code of every mistake: of a schema with our own codes, else of a parameter by its name."""
    errors = getattr(error.__cause__, "errors", None)
    if isinstance(errors, list):
        return [_schema_error(one) for one in errors]
    found = error.extra if isinstance(error.extra, list) else []
    return [(str(one.get("key", "")), "invalid-value") for one in found if isinstance(one, dict)]


def _schema_error(one: Any) -> tuple[str, str]:
    kind = str(one["type"])
    code = SCHEMA_CODES.get(kind, kind if "-" in kind or kind in OWN_CODES else "invalid-value")
    where, facts = ".".join(str(part) for part in one["loc"]), one.get("ctx") or {}
    if digits := _DIGITS.fullmatch(str(facts.get("pattern", ""))):
        return where, Code("digits", {"n": digits[1]})
    return where, Code(code, facts) if facts and kind == code else code


def on_validation(request: Request[Any, Any, Any], error: ValidationError) -> Response[Any]:
    """A schema that refuses what came in."""
    return _problem(request, Invalid("invalid-input", pydantic_errors(error)))


def pydantic_errors(error: ValidationError) -> list[tuple[str, str]]:
    """Field and code of every error of a schema; a code of our own travels as the type of the error."""
    return [_schema_error(one) for one in error.errors()]


def on_database(request: Request[Any, Any, Any], error: DBAPIError) -> Response[Any]:
    """A lost race (409), a database that asks again, or one that is gone, busy or full (503, 507)."""
    if asks_again(error, request.scope):
        return _problem(request, Busy())
    if isinstance(error, IntegrityError):
        try:
            return _problem(request, lost_race(error))
        except IntegrityError:
            return on_anything(request, error)
    return on_anything(request, error)


def on_stale(request: Request[Any, Any, Any], _error: StaleDataError) -> Response[Any]:
    """Compare-and-swap lost."""
    return _problem(request, Refused("changed-meanwhile"))


def on_pool(request: Request[Any, Any, Any], _error: TimeoutError) -> Response[Any]:
    """No connection was free in time."""
    return _problem(request, Busy("busy", retry_after=2))


def on_anything(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A fault around us, or a mistake of ours: logged with its request id and SQLSTATE, told without detail."""
    told = {"request_id": request.scope["state"].get("request_id", ""), "sqlstate": state_of(error)}
    if fault := fault_of(error):
        LOG.warning("%s: %s", fault.code, type(error).__name__, extra=told)
        return _problem(request, fault)
    LOG.error("unexpected %s", type(error).__name__, exc_info=error, extra=told)
    return _problem(request, Problem("internal"))


def on_moved(request: Request[Any, Any, Any], error: Moved) -> Response[Any]:
    """301 to the same thing under its number of today."""
    address = _asked(request).replace(error.before, error.now)
    return Response(None, status_code=301, headers={"Location": address}, media_type="text/plain")


HANDLERS: ExceptionHandlersMap = {
    Moved: on_moved,
    Problem: on_problem,
    Replay: on_replay,
    HTTPException: on_http,
    ValidationError: on_validation,
    DBAPIError: on_database,
    StaleDataError: on_stale,
    TimeoutError: on_pool,
    Exception: on_anything,
}
