"""Roles on pages: proposed by one administrator and signed by another, who holds which, and the end of one."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth import account_api, holders, roles
from auth.actor import person_of
from auth.models import Person, RoleGrant, RoleProposal
from auth.permissions import Permission, Role
from auth.policy import PROPOSAL, ProposalEvent
from auth.role_api import STAFF
from auth.schemas import NewProposal
from core.boards import BoardNames
from core.forms import Form
from core.http import PAGE as HOLDERS
from core.http import WorkDep, cursor, place_id
from core.pages import MENDABLE, label, moved, options, read, render, typed, undone
from core.work import Work

AnyRequest = Request[Any, Any, Any]
ROLES = "/beheer/rollen"
PAGE = 100


@get(ROLES, requires=Permission.ROLE_READ, include_in_schema=False)
async def proposals(
    request: AnyRequest,
    work: WorkDep,
    rol: FromQuery[str] = "",
    na: FromQuery[str | None] = None,
) -> Template:
    """What waits for a signature, and who holds which role; `rol` shows one role alone.

    A board that was chosen for the form comes along in the address.
    """
    chosen = request.query_params.get("board_number", "")
    form: Form[Any] = Form(values={"scope": chosen, "role": Role.BOARD.value} if chosen else {})
    return await _roles(request, work, form, next((role for role in STAFF if role == rol), None), na)


async def _roles(
    request: AnyRequest,
    work: Work,
    form: Form[Any],
    role: Role | None = None,
    na: str | None = None,
) -> Template:
    rows = await roles.proposals(work, None, PAGE)
    names = await account_api.names_of(work, *rows)
    may_sign, me = work.actor.can(Permission.ROLE_SIGN), person_of(work.actor)
    held = await holders.held(work, [role] if role else STAFF, place_id(na), HOLDERS + 1)
    last = held[HOLDERS - 1] if len(held) > HOLDERS else None
    following = last and cursor(str(last[0].id))
    return render(
        request,
        "roles.html",
        work,
        form=form,
        board=await work.port(BoardNames).name_of(work, str(form.values.get("scope", ""))),
        roles=options(STAFF, "user-role"),
        role=role.value if role else "",
        held=[_held(row, person, may_sign) for row, person in held[:HOLDERS]],
        more=f"{ROLES}?rol={role.value if role else ''}&na={following}" if following else "",
        may_propose=work.actor.can(Permission.ROLE_PROPOSE),
        proposals=[
            {
                "person": one.person,
                "role": one.role,
                "scope": one.scope,
                "state": one.state,
                "proposed_by": one.proposed_by,
                "version": row.version,
                "sign": f"{ROLES}/{row.id}/tekenen"
                if may_sign
                and me not in {row.proposed_by, row.person_id}
                and PROPOSAL.may(row.state, ProposalEvent.GRANT)
                else "",
                "reject": f"{ROLES}/{row.id}/afwijzen"
                if may_sign and PROPOSAL.may(row.state, ProposalEvent.REJECT)
                else "",
            }
            for row in reversed(rows)
            for one in [account_api.view(row, names)]
        ],
    )


def _signable(row: RoleProposal, by: UUID) -> bool:
    """Whether this person may sign it: neither proposed it nor would get it."""
    return by not in {row.proposed_by, row.person_id} and PROPOSAL.may(row.state, ProposalEvent.GRANT)


def _held(row: RoleGrant, person: Person, may_end: bool) -> dict[str, Any]:
    return {
        "person": person.full_name(),
        "number": person.register_number,
        "role": label(row.role.value, "user-role"),
        "scope": row.scope,
        "from_on": row.from_on,
        "end": f"{ROLES}/toegekend/{row.id}" if may_end else "",
    }


@post(ROLES, requires=Permission.ROLE_PROPOSE, include_in_schema=False)
async def propose(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Propose a role."""
    form = read(NewProposal, await typed(request))
    if form.value is None:
        return await _roles(request, work, form)
    try:
        await roles.propose(work, form.value)
    except MENDABLE as error:
        return await _roles(request, work, await undone(work, form, error))
    return moved(ROLES, "role-proposed")


@post(ROLES + "/{proposal_id:uuid}/tekenen", requires=Permission.ROLE_SIGN, if_match=True, include_in_schema=False)
async def sign(request: AnyRequest, work: WorkDep, proposal_id: FromPath[UUID]) -> Template | Redirect:
    """Put the second signature."""
    try:
        await roles.sign(work, proposal_id)
    except MENDABLE as error:
        return await _roles(request, work, await undone(work, Form(), error))
    return moved(ROLES, "role-signed")


@post(ROLES + "/{proposal_id:uuid}/afwijzen", requires=Permission.ROLE_SIGN, if_match=True, include_in_schema=False)
async def reject(request: AnyRequest, work: WorkDep, proposal_id: FromPath[UUID]) -> Template | Redirect:
    """Take a proposal off the table."""
    try:
        await roles.reject(work, proposal_id)
    except MENDABLE as error:
        return await _roles(request, work, await undone(work, Form(), error))
    return moved(ROLES, "role-rejected")


@get(ROLES + "/toegekend/{grant_id:uuid}", requires=Permission.ROLE_SIGN, include_in_schema=False)
async def to_end(request: AnyRequest, work: WorkDep, grant_id: FromPath[UUID]) -> Template:
    """What ending a role does, before it is done."""
    return await _to_end(request, work, grant_id, Form())


async def _to_end(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row, person = await holders.grant(work, id)
    return render(
        request,
        "role_end.html",
        work,
        form=form,
        held=_held(row, person, True),
        version=row.version,
        back=ROLES,
    )


@post(ROLES + "/toegekend/{grant_id:uuid}", requires=Permission.ROLE_SIGN, if_match=True, include_in_schema=False)
async def end(request: AnyRequest, work: WorkDep, grant_id: FromPath[UUID]) -> Template | Redirect:
    """End a role from now on."""
    try:
        await holders.end(work, grant_id)
    except MENDABLE as error:
        return await _to_end(request, work, grant_id, await undone(work, Form(), error))
    return moved(ROLES, "role-ended")


HANDLERS = [proposals, propose, sign, reject, to_end, end]
