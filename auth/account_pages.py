"""Forgotten passwords and mailed links on pages."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import addresses, onetime, reset, roles
from auth.permissions import PUBLIC
from auth.policy import Purpose
from auth.schemas import ForgottenPassword, Schema, Secret
from core.errors import Refused
from core.store.work import Work
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, moved, read, render, typed, undone
from core.web.submissions import Forms

AnyRequest = Request[Any, Any, Any]


class Chosen(Schema):
    """A password that was chosen."""

    password: Secret


@get("/wachtwoord-vergeten", requires=PUBLIC)
async def forgotten_page(request: AnyRequest, work: WorkDep) -> Template:
    """The form."""
    return render(request, "forgotten.html", work)


@post("/wachtwoord-vergeten", requires=PUBLIC, idempotent=False)
async def forgotten(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """The same answer for every address."""
    form = read(ForgottenPassword, await typed(request))
    if form.value is None:
        return render(request, "forgotten.html", work, form=form)
    reset.ask(work, form.value.email)
    return moved("/inloggen", "reset-asked")


@get("/wachtwoord/{token:str}", requires=PUBLIC)
async def new_password_page(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template:
    """The form behind a mailed link; looking uses nothing up."""
    return await _link(request, work, Purpose.RESET, token, "new_password.html", Form())


@get("/bevestigen/{token:str}", requires=PUBLIC)
async def confirm_page(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template:
    """A button: programs that follow links in mails confirm nothing."""
    return await _link(request, work, Purpose.CONFIRM, token, "confirm_email.html", Form())


@post("/bevestigen/{token:str}", requires=PUBLIC, idempotent=False)
async def confirm(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template | Redirect:
    """The address is proved."""
    try:
        await addresses.confirm(work, token)
    except MENDABLE as error:
        form: Form[Any] = await undone(work, Form(), error)
        return await _link(request, work, Purpose.CONFIRM, token, "confirm_email.html", form)
    return moved("/mijn/gegevens" if work.actor.session_ref else "/inloggen", "email-confirmed")


@get("/uitnodiging/{token:str}", requires=PUBLIC)
async def invitation_page(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template:
    """The form of somebody who was invited."""
    return await _link(request, work, Purpose.INVITE, token, "invitation.html", Form(), secret="")


@post("/uitnodiging/{token:str}", requires=PUBLIC, idempotent=False)
async def accept(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template:
    """The account is made; the secret for one-time codes is shown this once, so there is no redirect."""
    form = read(Chosen, await typed(request))
    if form.value is None:
        return await _link(request, work, Purpose.INVITE, token, "invitation.html", form, secret="")
    try:
        _, secret = await roles.accept(work, token, form.value.password)
    except MENDABLE as error:
        form = await undone(work, form, error)
        return await _link(request, work, Purpose.INVITE, token, "invitation.html", form, secret="")
    return render(request, "invitation.html", work, secret=secret, here_token="", works=True)


async def _link(
    request: AnyRequest, work: Work, purpose: Purpose, token: str, template: str, form: Form[Any], **more: Any
) -> Template:
    works = True
    try:
        await onetime.standing(work, purpose, token)
    except Refused:
        works = False
    return render(request, template, work, form=form, here_token=token, works=works, **more)


action = Forms(
    "", lambda request, work, token, form: _link(request, work, Purpose.RESET, token, "new_password.html", form)
)
new_password = action(
    "/wachtwoord/{token:str}",
    PUBLIC,
    Chosen,
    lambda work, id, new: reset.set_password(work, id, new.password),
    "password-set",
    "/inloggen",
    idempotent=False,
)

HANDLERS = [
    forgotten_page,
    forgotten,
    new_password_page,
    new_password,
    confirm_page,
    confirm,
    invitation_page,
    accept,
]
