"""The second factor on a page: set up, confirmed by a code, and given in a session that began without one."""

from typing import Any

from litestar import get, post
from litestar.response import Redirect, Template

from auth import queries, second_factor
from auth.actor import Actor, person_of
from auth.pages import SECOND_FACTOR, Code, device_of, signed_in
from auth.permissions import SIGNED_IN
from auth.schemas import NewSecondFactor
from core.errors import Problem, TooMany, Unauthenticated
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import MENDABLE, SAID, form_values, form_with_error, read, render

REFUSED = (*MENDABLE, Unauthenticated, TooMany)


@get(SECOND_FACTOR, requires=SIGNED_IN)
async def page(request: AnyRequest, work: WorkDep) -> Template:
    """How the second factor stands, and what can be done with it."""
    return await _page(request, work, Form())


@post(SECOND_FACTOR, requires=SIGNED_IN, idempotent=False)
async def begin(request: AnyRequest, work: WorkDep) -> Template:
    """A new secret, shown this once, so there is no redirect."""
    form = read(NewSecondFactor, await form_values(request))
    if form.value is None:
        return await _page(request, work, form)
    try:
        secret, uri = await second_factor.begin(work, form.value.password, form.value.otp)
    except REFUSED as error:
        return await _page(request, work, await _wrong(work, form, error, "password"))
    return await _page(request, work, Form(), secret=secret, uri=uri, begun=True)


@post(SECOND_FACTOR + "/bevestigen", requires=SIGNED_IN, idempotent=False)
async def confirm(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """The secret works; a new session goes on with it."""
    form = read(Code, await form_values(request))
    if form.value is None:
        return await _page(request, work, form, begun=True)
    try:
        account = await second_factor.confirm(work, form.value.otp)
    except REFUSED as error:
        return await _page(request, work, await _wrong(work, form, error, "otp"), begun=True)
    return await signed_in(request, work, account, "", second_factor=True, notice="second-factor-set")


@post(SECOND_FACTOR + "/code", requires=SIGNED_IN, idempotent=False)
async def give(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """A code; a new session goes on with every role."""
    form = read(Code, await form_values(request))
    if form.value is None:
        return await _page(request, work, form)
    try:
        account = await second_factor.give(work, form.value.otp, device_of(request))
    except REFUSED as error:
        return await _page(request, work, await _wrong(work, form, error, "otp"))
    return await signed_in(request, work, account, "", second_factor=True)


async def _wrong(work: Work, form: Form[Any], error: Problem, field: str) -> Form[Any]:
    if isinstance(error, MENDABLE):
        return await form_with_error(work, form, error)
    await work.session.rollback()
    form.status = 400 if isinstance(error, Unauthenticated) else error.status
    return form.wrong(field, SAID.sentence(error.code, None, **error.facts))


async def _page(
    request: AnyRequest, work: Work, form: Form[Any], secret: str = "", uri: str = "", begun: bool = False
) -> Template:
    account = await queries.account_of(work.session, person_of(work.actor))
    assert isinstance(work.actor, Actor)
    return render(
        request,
        "second_factor.html",
        work,
        form=form,
        secret=secret,
        uri=uri,
        begun=begun,
        stands=account.totp_secret is not None,
        given=work.actor.second_factor,
        asked=bool(work.actor.withheld),
    )


HANDLERS = [page, begin, confirm, give]
