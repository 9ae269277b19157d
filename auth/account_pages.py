"""Forgotten passwords and mailed links on pages."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import addresses, onetime, reset, roles
from auth.permissions import PUBLIC
from auth.policy import Purpose
from auth.schemas import ForgottenPassword, Schema, Secret
from core.errors import Refused
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import form_values, read, redirect, render
from core.web.submissions import Forms


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
    form = read(ForgottenPassword, await form_values(request))
    if form.value is None:
        return render(request, "forgotten.html", work, form=form)
    reset.ask(work, form.value.email)
    return redirect("/inloggen", "reset-asked")


@get("/wachtwoord/{token:str}", requires=PUBLIC)
async def new_password_page(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template:
    """The form behind a mailed link; looking uses nothing up."""
    return await _link(request, work, Purpose.RESET, token, "new_password.html", Form())


@get("/bevestigen/{token:str}", requires=PUBLIC)
async def confirm_page(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template:
    """A button: programs that follow links in mails confirm nothing."""
    return await _link(request, work, Purpose.CONFIRM, token, "confirm_email.html", Form())


@get("/uitnodiging/{token:str}", requires=PUBLIC)
async def invitation_page(request: AnyRequest, work: WorkDep, token: FromPath[str]) -> Template:
    """The form of somebody who was invited."""
    return await _link(request, work, Purpose.INVITE, token, "invitation.html", Form(), secret="")


async def _link(
    request: AnyRequest, work: Work, purpose: Purpose, token: str, template: str, form: Form[Any], **more: Any
) -> Template:
    works = True
    try:
        await onetime.standing(work, purpose, token)
    except Refused:
        works = False
    return render(request, template, work, form=form, here_token=token, works=works, **more)


async def _confirm(work: Work, token: str) -> Redirect:
    await addresses.confirm(work, token)
    return redirect("/mijn/gegevens" if work.actor.session_ref else "/inloggen", "email-confirmed")


def _form_of(purpose: Purpose, template: str, **more: str) -> Forms:
    return Forms("", lambda request, work, token, form: _link(request, work, purpose, token, template, form, **more))


new_password = _form_of(Purpose.RESET, "new_password.html")(
    "/wachtwoord/{token:str}",
    PUBLIC,
    Chosen,
    lambda work, token, new: reset.set_password(work, token, new.password),
    "password-set",
    "/inloggen",
    idempotent=False,
)
confirm = _form_of(Purpose.CONFIRM, "confirm_email.html")(
    "/bevestigen/{token:str}", PUBLIC, None, _confirm, idempotent=False
)
accept = _form_of(Purpose.INVITE, "invitation.html", secret="")(
    "/uitnodiging/{token:str}",
    PUBLIC,
    Chosen,
    lambda work, token, new: roles.accept(work, token, new.password),
    # The secret for one-time codes is shown this once, so there is no redirect.
    shows=lambda request, work, made: render(
        request, "invitation.html", work, secret=made[1], here_token="", works=True
    ),
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
