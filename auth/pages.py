"""Signing in and out on pages."""

from contextlib import suppress
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth import devices, pending_sign_in, service
from auth.actor import Actor
from auth.guards import cookie_name
from auth.models import Account
from auth.permissions import PUBLIC, SIGNED_IN, Permission, granted, needs_second_factor, usable
from auth.queries import roles_of
from auth.schemas import Schema, Secret
from core.errors import NotFound, TooMany, Unauthenticated
from core.store.work import Work
from core.web.forms import Form
from core.web.frame import LANGUAGE_COOKIE, local
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, form_values, read, redirect, render

A_YEAR = 365 * 24 * 3600
SECOND_FACTOR = "/tweede-stap"


class SignIn(Schema):
    """Address and password; judged by the service, never by shape."""

    email: Secret
    password: Secret


class Code(Schema):
    """The one-time code."""

    otp: Secret


def halfway_name(secure: bool) -> str:
    """The cookie between password and code."""
    return f"{cookie_name(secure)}-halverwege"


def device_name(secure: bool) -> str:
    """The cookie of a known device."""
    return f"{cookie_name(secure)}-toestel"


def cookie(request: AnyRequest, name: str, value: str, max_age: int | None = None) -> Cookie:
    """HttpOnly, for this host only, and Lax: a link in an e-mail must find its reader signed in."""
    secure = bool(request.app.state.secure)
    return Cookie(key=name, value=value, max_age=max_age, httponly=True, samesite="lax", secure=secure, path="/")


def drop(request: AnyRequest, answer: Response[Any], name: str) -> None:
    """Have a cookie thrown away, with the same attributes as it was given."""
    answer.set_cookie(cookie(request, name, "", 0))


@get("/inloggen", requires=PUBLIC)
async def sign_in_page(request: AnyRequest, next: FromQuery[str | None] = None) -> Template:
    """The form; `next` is where to go after."""
    return render(request, "sign_in.html", next=local(next))


@post("/inloggen", requires=PUBLIC, idempotent=False)
async def sign_in(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Check the password; on to the code where one is needed, else signed in."""
    data = await form_values(request)
    form, next = read(SignIn, data), local(data.get("_next"))
    if form.value is None:
        return render(request, "sign_in.html", form=form, next=next)
    try:
        account = await service.check_password(work, form.value.email, form.value.password, device_of(request))
    except (Unauthenticated, TooMany) as error:
        return _refused(request, "sign_in.html", form, error, next)
    if account.totp_secret is None:
        return await signed_in(request, work, account, next)
    token = await service.halfway(work, account)
    answer = redirect("/inloggen/code", **({"next": next} if next else {}))
    answer.set_cookie(
        cookie(request, halfway_name(request.app.state.secure), token, int(service.HALFWAY.total_seconds()))
    )
    return answer


@get("/inloggen/code", requires=PUBLIC)
async def code_page(request: AnyRequest, next: FromQuery[str | None] = None) -> Template | Redirect:
    """The second step; back to the first without its cookie."""
    if not request.cookies.get(halfway_name(request.app.state.secure)):
        return redirect("/inloggen")
    return render(request, "one_time_code.html", next=local(next))


@post("/inloggen/code", requires=PUBLIC, idempotent=False)
async def sign_in_with_code(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Check the code; the halfway session ends with it."""
    data = await form_values(request)
    form, next = read(Code, data), local(data.get("_next"))
    begun, account = await pending_sign_in.account_at(
        work, request.cookies.get(halfway_name(request.app.state.secure), "")
    )
    if form.value is None:
        return render(request, "one_time_code.html", form=form, next=next)
    try:
        mark = await service.require_unlocked(work, account.email, account, device_of(request))
        given = await service.check_code(work, account, form.value.otp, mark)
    except (Unauthenticated, TooMany) as error:
        return _refused(request, "one_time_code.html", form, error, next)
    await work.session.delete(begun)
    answer = await signed_in(request, work, account, next, second_factor=given)
    drop(request, answer, halfway_name(request.app.state.secure))
    return answer


@post("/uitloggen", requires=SIGNED_IN, idempotent=False)
async def sign_out(request: AnyRequest, work: WorkDep) -> Redirect:
    """End the session; its cookie opens nothing any more."""
    assert isinstance(work.actor, Actor)
    await service.close_session(work, work.actor.session_id)
    answer = redirect("/", "signed-out")
    drop(request, answer, cookie_name(request.app.state.secure))
    return answer


@get("/taal/{language:str}", requires=PUBLIC)
async def speak(request: AnyRequest, language: FromPath[str], next: FromQuery[str | None] = None) -> Redirect:
    """Read on in the other language; the choice is kept for a year."""
    answer = redirect(local(next) or "/")
    answer.set_cookie(cookie(request, LANGUAGE_COOKIE, "en" if language == "en" else "nl", A_YEAR))
    return answer


async def signed_in(
    request: AnyRequest, work: Work, account: Account, next: str, *, second_factor: bool = False, notice: str = ""
) -> Redirect:
    """A session of its own, whatever cookie came along; the one that was open before ends.

    Whose role needs a second factor, and who has none yet, sets one up first.
    """
    if isinstance(work.actor, Actor):
        with suppress(NotFound):
            await service.close_session(work, work.actor.session_id)
    _session, token = await service.open_session(work, account, second_factor=second_factor)
    roles = await roles_of(work.session, account.person_id, work.today)
    if needs_second_factor(roles) and not second_factor:
        answer = redirect(SECOND_FACTOR)
    else:
        may = granted(usable(roles, second_factor=second_factor))
        answer = redirect(next or _home(may), notice)
    answer.set_cookie(cookie(request, cookie_name(request.app.state.secure), token))
    if not await devices.mark_of(work.session, account, device_of(request)):
        name = device_name(request.app.state.secure)
        answer.set_cookie(cookie(request, name, devices.remember(work, account), devices.A_YEAR))
    return answer


def device_of(request: AnyRequest) -> str:
    """The cookie of a browser that may be known."""
    return request.cookies.get(device_name(request.app.state.secure), "")


def _home(may: frozenset[Permission]) -> str:
    """Where a role begins."""
    homes = (
        (Permission.WORKLIST_READ, "/secretariaat"),
        (Permission.WORK_READ, "/werk"),
        (Permission.ENTRY_VALUE, "/waarderen"),
        (Permission.APPLICATION_READ_OWN, "/mijn"),
        (Permission.PROVIDER_KEEP, "/aanbieder"),
    )
    return next((href for permission, href in homes if permission in may), "/begin")


def _refused(
    request: AnyRequest, template: str, form: Form[Any], error: Unauthenticated | TooMany, next: str
) -> Template:
    """The same page with the reason; when locked, after how long one may try again."""
    form.wrong("", SAID.sentence(error.code, None, **error.facts))
    form.status = error.status
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
    return render(request, template, form=form, next=next, headers=headers)


HANDLERS = [sign_in_page, sign_in, code_page, sign_in_with_code, sign_out, speak]
