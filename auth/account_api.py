"""Forgotten passwords, e-mail addresses and roles by four eyes, as JSON."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth import addresses, queries, reset, roles
from auth.actor import person_of
from auth.models import RoleProposal
from auth.permissions import PUBLIC, SIGNED_IN, Permission
from auth.schemas import (
    Accepted,
    ForgottenPassword,
    Invited,
    MailedLink,
    NewEmail,
    NewPassword,
    NewProposal,
    ProposalView,
)
from core.records import filled
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned


@post("/password-reset-requests", requires=PUBLIC, idempotent=False, status_code=202, tags=["account"])
async def forgotten(work: WorkDep, data: JSONBody[ForgottenPassword]) -> Accepted:
    """Ask for a new password; the answer, and the time it takes, tell nothing of whether the address is known."""
    reset.ask(work, data.email)
    return Accepted()


@post("/password-resets", requires=PUBLIC, idempotent=False, tags=["account"])
async def set_password(work: WorkDep, data: JSONBody[NewPassword]) -> Accepted:
    """Set a new password with a mailed link; every session and token ends. 409 `link-expired`."""
    await reset.set_password(work, data.token, data.password)
    return Accepted()


@post("/email-confirmations", requires=PUBLIC, idempotent=False, tags=["account"])
async def confirm(work: WorkDep, data: JSONBody[MailedLink]) -> Accepted:
    """Prove an address with a mailed link. 409 `link-expired`."""
    await addresses.confirm(work, data.token)
    return Accepted()


@post("/email-changes", requires=SIGNED_IN, idempotent=False, status_code=202, tags=["account"])
async def change_email(work: WorkDep, data: JSONBody[NewEmail]) -> Accepted:
    """Ask for another address; it counts once the link that is mailed there is followed. 400 `wrong-password`."""
    account = await queries.account_of(work.session, person_of(work.actor))
    await addresses.change(work, account, data.password, data.email)
    return Accepted()


@post("/invitation-acceptances", requires=PUBLIC, idempotent=False, tags=["account"])
async def accept(work: WorkDep, data: JSONBody[NewPassword]) -> Invited:
    """Accept an invitation; the secret for one-time codes is shown this once. 409 `link-expired`."""
    account, secret = await roles.accept(work, data.token, data.password)
    return Invited(account.email, secret)


@get("/role-proposals", requires=Permission.ROLE_READ, tags=["roles"])
async def proposals(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """Every role that was proposed, the oldest first."""
    size = page_size(pageSize)
    rows = await roles.proposals(work, place_id(cursor), size + 1)
    names = await names_of(work, *rows)
    return listed(request, rows, size, lambda row: [str(row.id)], lambda row: view(row, names))


@get("/role-proposals/{proposal_id:uuid}", requires=Permission.ROLE_READ, tags=["roles"])
async def proposal(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[ProposalView]:
    """One proposal."""
    return await _shown(work, await roles.proposal(work, proposal_id))


@post("/role-proposals", requires=Permission.ROLE_PROPOSE, tags=["roles"])
async def propose(work: WorkDep, data: JSONBody[NewProposal]) -> Response[ProposalView]:
    """Propose a role; another administrator signs."""
    return await _shown(work, await roles.propose(work, data), 201)


@post("/role-proposals/{proposal_id:uuid}/signature", requires=Permission.ROLE_SIGN, if_match=True, tags=["roles"])
async def sign(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[ProposalView]:
    """Put the second signature: the role is granted, or the invitation goes out. 403 `own-role-proposal`."""
    return await _shown(work, await roles.sign(work, proposal_id), 201)


@post("/role-proposals/{proposal_id:uuid}/rejection", requires=Permission.ROLE_SIGN, if_match=True, tags=["roles"])
async def reject(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[ProposalView]:
    """Take a proposal or invitation off the table."""
    return await _shown(work, await roles.reject(work, proposal_id), 201)


async def _shown(work: Work, row: RoleProposal, status: int = 200) -> Response[ProposalView]:
    await work.flush()
    return versioned(view(row, await names_of(work, row)), row.version, status)


async def names_of(work: Work, *rows: RoleProposal) -> dict[UUID, str]:
    """Who proposed, and for whom."""
    return await queries.names_of(
        work.session, {id for row in rows for id in (row.person_id, row.proposed_by) if id is not None}
    )


def view(row: RoleProposal, names: dict[UUID, str]) -> ProposalView:
    """A proposal in words."""
    named = " ".join(part for part in (row.given_name, row.prefix, row.family_name) if part)
    return filled(
        ProposalView,
        row,
        person=names.get(row.person_id, named) if row.person_id else named,
        proposed_by=names.get(row.proposed_by, ""),
    )


ROUTES = Router(
    "/",
    route_handlers=[
        forgotten,
        set_password,
        confirm,
        change_email,
        accept,
        proposals,
        proposal,
        propose,
        sign,
        reject,
    ],
)
