"""The provider's room: account, registers, members, courses; and its front door."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from accreditation.courses import queries as courses
from accreditation.courses import standing as stands
from accreditation.courses.views import application_views, course_views
from accreditation.providers import members, queries, service
from accreditation.providers.api import member_views
from accreditation.providers.models import ProviderAuthorisation
from accreditation.providers.policy import (
    AUTHORISATION,
    EDITORS,
    OWNERS,
    AuthorisationEvent,
    AuthorisationState,
    MemberRole,
    StaffLevel,
)
from accreditation.providers.schemas import NewInvitation, NewMembership, NewProvider, NewRequest, Register
from auth.permissions import PUBLIC, SIGNED_IN, Permission
from auth.schemas import NewPerson
from core import countries
from core.boards import BoardNames
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, _, moved, options, read, render, ticked, typed, undone
from core.submissions import Forms
from core.texts import spoken
from core.work import Work

AnyRequest = Request[Any, Any, Any]
HOME = "/aanbieder"
MOST = 100


def words(value: object) -> object:
    """What was ticked, joined to one text, taken apart again."""
    return value.split() if isinstance(value, str) else value


def squeezed(value: object) -> object:
    """A number as people type it, without blanks and points."""
    return value.replace(" ", "").replace(".", "") if isinstance(value, str) else value


class ProviderForm(NewProvider):
    """The application of a provider as it is typed."""

    kvk_number: Annotated[str, BeforeValidator(squeezed), Field(pattern=r"^[0-9]{8}$")]
    registers: Annotated[list[Register], BeforeValidator(words), Field(min_length=1, max_length=10)]


@get(HOME + "/account", requires=PUBLIC)
async def account_page(request: AnyRequest) -> Template:
    """The form for an account."""
    return _account(request, Form())


def _account(request: AnyRequest, form: Form[Any]) -> Template:
    return render(request, "provider/account.html", form=form, countries=countries.options(spoken()))


@get(HOME, requires=SIGNED_IN)
async def home(request: AnyRequest, work: WorkDep) -> Template:
    """The providers for which one acts."""
    return await _home(request, work, Form())


async def _home(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    rows = await queries.own_providers(work)
    return render(
        request,
        "provider/home.html",
        work,
        form=form,
        providers=[{"href": f"/aanbieders/{row.id}", "name": row.name, "town": row.town} for row in rows],
    )


@post(HOME + "/uitnodiging", requires=SIGNED_IN)
async def accept(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Become a member with the code of an invitation."""
    form = read(NewMembership, await typed(request))
    if form.value is None:
        return await _home(request, work, form)
    row = await members.accept(work, form.value.code)
    return moved(f"/aanbieders/{row.provider_id}", "joined")


@get(HOME + "/nieuw", requires=SIGNED_IN)
async def apply_page(request: AnyRequest, work: WorkDep) -> Template:
    """The application of a provider; a board that was chosen comes along in the address."""
    chosen = request.query_params.get("board_number", "")
    return await _apply(request, work, Form(values={"board_number": chosen}), [])


async def _apply(request: AnyRequest, work: Work, form: Form[Any], chosen: list[str]) -> Template:
    return render(
        request,
        "provider/apply.html",
        work,
        form=form,
        board=await work.port(BoardNames).name_of(work, form.values.get("board_number", "")),
        chosen=chosen,
        registers=options(work.rules.registers(), "register"),
        staff_levels=options(StaffLevel, "staff-level"),
    )


@post(HOME + "/nieuw", requires=SIGNED_IN)
async def apply(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Apply; a postcode that another provider has is only warned of."""
    chosen = await ticked(request, "registers")
    form = read(ProviderForm, {**await typed(request), "registers": " ".join(chosen)})
    if form.value is None:
        return await _apply(request, work, form, chosen)
    try:
        row = await service.apply(work, NewProvider.model_validate(form.value.model_dump()))
    except MENDABLE as error:
        return await _apply(request, work, await undone(work, form, error), chosen)
    twice = await queries.same_postcode(work, row.postcode, row.id)
    return moved(f"/aanbieders/{row.id}", "same-postcode" if twice else "applied")


@get("/aanbieders/{provider_id:uuid}", requires=Permission.PROVIDER_KEEP)
async def provider(
    request: AnyRequest,
    work: WorkDep,
    provider_id: FromPath[UUID],
    kind: Annotated[str, QueryParameter(name="soort")] = "",
    course: Annotated[str, QueryParameter(name="cursus")] = "",
) -> Template:
    """One provider, for who acts for it; with a new application begun for one of its courses."""
    return await provider_page(request, work, provider_id, Form(values={"kind": kind, "course_id": course}))


async def provider_page(
    request: AnyRequest, work: Work, provider_id: UUID, form: Form[Any], chosen: list[str] | None = None
) -> Template:
    """The provider's own page, also with the mistakes of one of its forms."""
    own = await queries.membership(work, provider_id)
    row = await queries.by_id(work, provider_id)
    standing = await queries.authorisations(work, [row.id])
    asked = await courses.of_provider(work, row.id)
    offered = await course_views(work, await courses.courses_of(work, row.id))
    here = f"/aanbieders/{row.id}"
    titles = {one.id: one.title for one in offered}
    views = await application_views(work, asked)
    days = await stands.days_of(work, [file for one in views for file in one.files])
    open_registers = [one.register_code for one in standing if one.state is AuthorisationState.AUTHORISED]
    return render(
        request,
        "provider/provider.html",
        work,
        form=form,
        provider={"name": row.name, "number": row.number, "kvk_number": row.kvk_number, "town": row.town},
        standing=[_standing(one) for one in standing],
        applications=[
            {
                "href": f"{here}/aanvragen/{one.id}",
                "title": one.answers.get("title") or titles.get(one.course_id) or _("Nog zonder titel"),
                "number": one.number,
                "kind": one.kind,
                "files": [stands.standing(file, days[file.id]) for file in one.files],
            }
            for one in views
        ],
        courses=[
            {
                "title": one.title or one.code,
                "code": one.code,
                "href": f"/agenda/{one.code}",
                "plan": f"/presentie/nieuw?cursus={one.id}",
                "renew": f"{here}?soort=renewal&cursus={one.id}#nieuwe-aanvraag",
                "change": f"{here}?soort=change&cursus={one.id}#nieuwe-aanvraag",
                "accreditations": [
                    (each.register_code, each.state, each.points, each.from_on, each.until_on)
                    for each in one.accreditations
                ],
            }
            for one in offered
            if one.accreditations
        ],
        choices=[(str(one.id), f"{one.title} ({one.code})") for one in offered if one.accreditations],
        copies=[(str(one.id), str(one.answers.get("title") or one.number)) for one in asked if one.answers],
        members=await member_views(work, await queries.members(work, row.id)),
        roles=options(MemberRole, "member-role"),
        registers=options(open_registers, "register"),
        chosen=open_registers if chosen is None and len(open_registers) == 1 else chosen or [],
        to_ask=options(_to_ask(work, standing), "register") if own.role in OWNERS else [],
        actions=_actions(here, own.role, bool(open_registers)),
    )


def _to_ask(work: Work, standing: Sequence[ProviderAuthorisation]) -> list[str]:
    """The registers that were never asked for, or may be asked for again."""
    again = AuthorisationEvent.APPLY_AGAIN
    taken = {row.register_code for row in standing if not AUTHORISATION.may(row.state, again)}
    return [register for register in work.rules.registers() if register not in taken]


def _standing(row: ProviderAuthorisation) -> dict[str, Any]:
    waiting = row.state is AuthorisationState.APPLIED
    return {
        "register": row.register_code,
        "state": row.state.value,
        "decide_by": row.decide_by_on if waiting else None,
        "decision": f"/mijn/besluiten/{row.decision_id}" if row.decision_id else "",
    }


def _actions(here: str, role: MemberRole, authorised: bool) -> dict[str, str]:
    actions = (
        {"invite": f"{here}/uitnodigen", "ask": f"{here}/toelating", "profile": f"{here}/gegevens"}
        if role in OWNERS
        else {}
    )
    return actions | ({"start": f"{here}/aanvragen"} if role in EDITORS and authorised else {})


@post("/aanbieders/{provider_id:uuid}/uitnodigen", requires=Permission.PROVIDER_KEEP)
async def invite(request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID]) -> Template | Redirect:
    """Invite somebody by e-mail."""
    form = read(NewInvitation, await typed(request))
    if form.value is None:
        return await provider_page(request, work, provider_id, form)
    await members.invite(work, provider_id, form.value)
    return moved(f"/aanbieders/{provider_id}", "member-invited")


account = Forms(HOME, lambda request, work, form: _account(request, form))(
    "/account",
    PUBLIC,
    NewPerson,
    service.enrol,
    to=lambda _: moved("/inloggen", "account-opened", next=HOME),
    idempotent=False,
)
ask_register = Forms("", provider_page)(
    "/aanbieders/{provider_id:uuid}/toelating",
    Permission.PROVIDER_KEEP,
    NewRequest,
    lambda work, id, new: service.ask_register(work, id, new.register_code),
    "applied",
    HOME + "s/{provider_id}",
)

HANDLERS = [
    account_page,
    account,
    home,
    accept,
    apply_page,
    apply,
    provider,
    invite,
    ask_register,
]
