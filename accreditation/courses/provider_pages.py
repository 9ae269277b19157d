"""The provider's own page: where it stands in each register, its courses and applications, its members."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from accreditation.courses import queries as courses
from accreditation.courses import standing as stands
from accreditation.courses.ports import CoursePorts
from accreditation.courses.views import application_views, course_views
from accreditation.providers import intentions, members, queries, service
from accreditation.providers.api import member_views
from accreditation.providers.models import ProviderAuthorisation
from accreditation.providers.policy import (
    AUTHORISATION,
    EDITORS,
    OWNERS,
    AuthorisationEvent,
    AuthorisationState,
    MemberRole,
)
from accreditation.providers.schemas import NewInvitation, NewRequest
from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, form_values, label, options, read, redirect, render
from core.web.submissions import Forms

MOST = 100


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


async def provider_page(request: AnyRequest, work: Work, provider_id: UUID, form: Form[Any]) -> Template:
    """The provider's own page, also with the mistakes of one of its forms."""
    own = await queries.membership(work, provider_id)
    row = await queries.by_id(work, provider_id)
    standing = await queries.authorisations(work, [row.id])
    asked = await courses.of_provider(work, row.id)
    offered = await course_views(work, await courses.courses_of(work, row.id))
    shown = await work.port(CoursePorts).in_agenda(work, [one.code for one in offered])
    here = f"/aanbieders/{row.id}"
    ticked = form.values.get("registers")
    titles = {one.id: one.title for one in offered}
    views = await application_views(work, asked)
    days = await stands.days_of(work, [file for one in views for file in one.files])
    lost_since = await queries.lost_since(work, standing)
    since = {one.register_code: lost_since[one.id] for one in standing if one.id in lost_since}
    open_registers = [one.register_code for one in standing if one.state is AuthorisationState.AUTHORISED]
    return render(
        request,
        "provider/provider.html",
        work,
        form=form,
        provider={"name": row.name, "number": row.number, "kvk_number": row.kvk_number, "town": row.town},
        standing=[_standing(one, since.get(one.register_code)) for one in standing],
        applications=[
            {
                "href": f"{here}/aanvragen/{one.id}",
                "title": one.answers.get("title") or titles.get(one.course_id) or _("Nog zonder titel"),
                "number": one.number,
                "kind": one.kind,
                "files": [stands.standing(file, days[file.id], since) for file in one.files],
            }
            for one in views
        ],
        courses=[
            {
                "title": one.title or one.code,
                "code": one.code,
                "href": f"/agenda/{one.code}" if one.code in shown else "",
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
        intended=[
            (f"{here}/voornemens/{one.id}", label(one.kind, "decision-kind"), one.register_code, one.view_until)
            for one in await intentions.of_provider(work, row.id)
        ],
        members=await member_views(work, await queries.members(work, row.id)),
        roles=options(MemberRole, "member-role"),
        registers=options(open_registers, "register"),
        chosen=open_registers if ticked is None and len(open_registers) == 1 else (ticked or "").split(),
        to_ask=options(_to_ask(work, standing), "register") if own.role in OWNERS else [],
        actions=_actions(here, own.role, bool(open_registers)),
    )


def _to_ask(work: Work, standing: Sequence[ProviderAuthorisation]) -> list[str]:
    """The registers that were never asked for, or may be asked for again."""
    again = AuthorisationEvent.APPLY_AGAIN
    taken = {row.register_code for row in standing if not AUTHORISATION.may(row.state, again)}
    return [register for register in work.rules.registers() if register not in taken]


def _standing(row: ProviderAuthorisation, since: date | None) -> dict[str, Any]:
    waiting = row.state is AuthorisationState.APPLIED
    return {
        "register": row.register_code,
        "state": row.state.value,
        "lost": since and {"since": since, "means": label(row.state, "admission-lost")},
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
    form = read(NewInvitation, await form_values(request))
    if form.value is None:
        return await provider_page(request, work, provider_id, form)
    await members.invite(work, provider_id, form.value)
    return redirect(f"/aanbieders/{provider_id}", "member-invited")


ask_register = Forms("/aanbieders/{provider_id:uuid}", provider_page)(
    "/toelating",
    Permission.PROVIDER_KEEP,
    NewRequest,
    lambda work, id, new: service.ask_register(work, id, new.register_code),
    "applied",
)

HANDLERS = [provider, invite, ask_register]
