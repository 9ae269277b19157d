"""Roles on pages: proposed by one administrator and signed by another, who holds which, and the end of one."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth import account_api, holders, roles
from auth.actor import person_of
from auth.models import Person, RoleGrant, RoleProposal
from auth.permissions import Permission, Role
from auth.policy import PROPOSAL, ProposalEvent, RoleEnd
from auth.role_api import STAFF
from auth.schemas import EndOfRole, NewProposal
from core.boards import BoardNames
from core.store.work import Work
from core.web.forms import Form
from core.web.http import PAGE as HOLDERS
from core.web.http import AnyRequest, WorkDep, cursor, place_id
from core.web.pages import _, label, options, render
from core.web.submissions import Forms

ROLES = "/beheer/rollen"
PAGE = 100


@get(ROLES, requires=Permission.ROLE_READ)
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
        held=[_held(row, person, may_sign, me) for row, person in held[:HOLDERS]],
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
                "sign": f"{ROLES}/{row.id}/tekenen" if may_sign and _signable(row, me) else "",
                "why_not": _why_not(row, me) if may_sign and PROPOSAL.may(row.state, ProposalEvent.GRANT) else "",
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


def _why_not(row: RoleProposal, me: UUID) -> str:
    """Why this person may not sign what another may."""
    if me == row.proposed_by:
        return _("U stelde dit zelf voor. Een ander moet tekenen.")
    return _("Dit gaat over uzelf. Een ander moet tekenen.") if me == row.person_id else ""


def _held(row: RoleGrant, person: Person, may_end: bool, me: UUID) -> dict[str, Any]:
    own = person.id == me
    return {
        "own": own and may_end,
        "person": person.full_name(),
        "number": person.register_number,
        "role": label(row.role.value, "user-role"),
        "scope": row.scope,
        "from_on": row.from_on,
        "end": f"{ROLES}/toegekend/{row.id}" if may_end and not own else "",
    }


@get(ROLES + "/toegekend/{grant_id:uuid}", requires=Permission.ROLE_SIGN)
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
        held=_held(row, person, True, person_of(work.actor)),
        reasons=options(RoleEnd, "role-end"),
        version=row.version,
        back=ROLES,
    )


propose = Forms(ROLES, _roles)("", Permission.ROLE_PROPOSE, NewProposal, roles.propose, "role-proposed")
on_page = Forms(
    ROLES + "/{proposal_id:uuid}", lambda request, work, proposal_id, form: _roles(request, work, form), if_match=True
)
sign = on_page("/tekenen", Permission.ROLE_SIGN, None, roles.sign, "role-signed", ROLES)
reject = on_page("/afwijzen", Permission.ROLE_SIGN, None, roles.reject, "role-rejected", ROLES)
end = Forms(ROLES, _to_end, if_match=True)(
    "/toegekend/{grant_id:uuid}",
    Permission.ROLE_SIGN,
    EndOfRole,
    lambda work, id, new: holders.end(work, id, new.reason),
    "role-ended",
)

HANDLERS = [proposals, propose, sign, reject, to_end, end]
