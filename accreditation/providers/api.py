"""Providers as JSON: account, registers, members; and the secretary's decisions about them."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from litestar import Response, Router, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from accreditation.providers import members, queries, service
from accreditation.providers.models import Provider, ProviderAuthorisation, ProviderMember
from accreditation.providers.policy import AUTHORISATION
from accreditation.providers.schemas import (
    AuthorisationView,
    InvitationView,
    MemberView,
    NewAdmission,
    NewInvitation,
    NewMeasure,
    NewMemberRole,
    NewMembership,
    NewProfile,
    NewProvider,
    NewRequest,
    ProviderView,
)
from auth import queries as people
from auth.permissions import PUBLIC, SIGNED_IN, Permission
from auth.proposal_views import ProposalView, proposed
from auth.schemas import NewPerson
from core.decisions import Decision
from core.records import filled
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned

ONE = "/providers/{provider_id:uuid}"
STANDING = "/provider-authorisations/{authorisation_id:uuid}"


class Accepted(msgspec.Struct, frozen=True):
    """The same whether the address was known or not; sign in to go on."""

    accepted: bool = True


class Taken(msgspec.Struct, frozen=True):
    """A decision that waits to be made known."""

    decision_id: UUID
    number: str
    outcome: str


@post("/provider-accounts", requires=PUBLIC, idempotent=False, status_code=202)
async def enrol(work: WorkDep, data: JSONBody[NewPerson]) -> Accepted:
    """Open an account for somebody who acts for a provider; free of charge."""
    await service.enrol(work, data)
    return Accepted()


@post("/providers", requires=SIGNED_IN)
async def apply(work: WorkDep, data: JSONBody[NewProvider]) -> Response[ProviderView]:
    """Start a provider and ask for its registers; a name that is taken is refused, a postcode only warned of."""
    row = await service.apply(work, data)
    view = await provider_view(work, row)
    if await queries.same_postcode(work, row.postcode, row.id):
        view = msgspec.structs.replace(view, warnings=["same-postcode"])
    return versioned(view, row.version, 201, Location=f"/v1/providers/{row.id}")


@get("/providers", requires=SIGNED_IN)
async def providers(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The providers for which one acts; for the secretary all."""
    size = page_size(pageSize)
    rows = await queries.providers(work, place_id(cursor), size + 1)
    standing = await queries.authorisations(work, [row.id for row in rows])
    shown = [_shown(row, [each for each in standing if each.provider_id == row.id]) for row in rows]
    return listed(request, shown, size, lambda row: [str(row.id)])


@get(ONE, requires=SIGNED_IN)
async def provider(work: WorkDep, provider_id: FromPath[UUID]) -> Response[ProviderView]:
    """One provider, with where it stands in each register."""
    row = await queries.provider(work, provider_id)
    return versioned(await provider_view(work, row), row.version)


@post(ONE + "/profile", requires=Permission.PROVIDER_KEEP, if_match=True)
async def change_profile(
    work: WorkDep, provider_id: FromPath[UUID], data: JSONBody[NewProfile]
) -> Response[ProviderView]:
    """Change what a provider says of itself, such as what it was refused for."""
    row = await service.change_profile(work, provider_id, data)
    return versioned(await provider_view(work, row), row.version, 201)


async def provider_view(work: Work, row: Provider) -> ProviderView:
    """A provider with where it stands."""
    return _shown(row, await queries.authorisations(work, [row.id]))


def _shown(row: Provider, standing: Sequence[ProviderAuthorisation]) -> ProviderView:
    return filled(ProviderView, row, authorisations=[authorisation_view(one) for one in standing])


def authorisation_view(row: ProviderAuthorisation) -> AuthorisationView:
    """Where a provider stands in a register."""
    return filled(AuthorisationView, row, open_moves=AUTHORISATION.open(row.state))


@post(ONE + "/authorisations", requires=Permission.PROVIDER_KEEP)
async def ask(work: WorkDep, provider_id: FromPath[UUID], data: JSONBody[NewRequest]) -> Response[AuthorisationView]:
    """Ask for a further register, or again for one that was refused."""
    row = await service.ask_register(work, provider_id, data.register_code)
    return versioned(authorisation_view(row), row.version, 201, Location=f"/v1/provider-authorisations/{row.id}")


@get(STANDING, requires=SIGNED_IN)
async def authorisation(work: WorkDep, authorisation_id: FromPath[UUID]) -> Response[AuthorisationView]:
    """Where a provider stands in one register."""
    row = await queries.authorisation(work, authorisation_id)
    return versioned(authorisation_view(row), row.version)


@post(STANDING + "/decision", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def decide(work: WorkDep, authorisation_id: FromPath[UUID], data: JSONBody[NewAdmission]) -> Taken:
    """Decide on what a provider asks, with reasons."""
    return taken(await service.decide(work, authorisation_id, data))


@post(STANDING + "/suspension", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def suspend(
    work: WorkDep, authorisation_id: FromPath[UUID], data: JSONBody[NewMeasure]
) -> Response[ProposalView]:
    """Propose to suspend a provider; a second person decides by `/v1/proposals/{id}/signature`."""
    return await proposed(work, await service.propose_measure(work, authorisation_id, data, service.SUSPENSION))


@post(STANDING + "/withdrawal", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def withdraw(
    work: WorkDep, authorisation_id: FromPath[UUID], data: JSONBody[NewMeasure]
) -> Response[ProposalView]:
    """Propose to withdraw the authorisation of a suspended provider; a second person decides by signing."""
    return await proposed(work, await service.propose_measure(work, authorisation_id, data, service.WITHDRAWAL))


def taken(decision: Decision) -> Taken:
    """A decision that was taken, in short."""
    return Taken(decision.id, decision.number, decision.outcome.value)


@post(STANDING + "/restoration", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def restore(work: WorkDep, authorisation_id: FromPath[UUID]) -> Response[AuthorisationView]:
    """End a suspension."""
    return await _moved(work, await service.restore(work, authorisation_id))


@post(STANDING + "/end", requires=Permission.PROVIDER_KEEP, if_match=True)
async def end(work: WorkDep, authorisation_id: FromPath[UUID]) -> Response[AuthorisationView]:
    """Leave a register."""
    return await _moved(work, await service.end(work, authorisation_id))


async def _moved(work: Work, row: ProviderAuthorisation) -> Response[AuthorisationView]:
    await work.flush()
    return versioned(authorisation_view(row), row.version, 201)


@get(ONE + "/members", requires=Permission.PROVIDER_KEEP)
async def member_list(work: WorkDep, provider_id: FromPath[UUID]) -> Sequence[MemberView]:
    """Who acts for a provider."""
    await queries.membership(work, provider_id)
    return await member_views(work, await queries.members(work, provider_id))


async def member_views(work: Work, rows: Sequence[ProviderMember]) -> list[MemberView]:
    """Members by name, for the other members."""
    names = await people.names_of(work.session, [row.person_id for row in rows])
    return [
        MemberView(row.id, names.get(row.person_id, ""), row.role.value, row.joined_at, row.version) for row in rows
    ]


@post(ONE + "/invitations", requires=Permission.PROVIDER_KEEP)
async def invite(work: WorkDep, provider_id: FromPath[UUID], data: JSONBody[NewInvitation]) -> InvitationView:
    """Invite somebody by e-mail."""
    row = await members.invite(work, provider_id, data)
    return InvitationView(row.id, row.role.value, row.expires_on)


@post("/provider-memberships", requires=SIGNED_IN)
async def accept(work: WorkDep, data: JSONBody[NewMembership]) -> MemberView:
    """Become a member with the code of an invitation."""
    return (await member_views(work, [await members.accept(work, data.code)]))[0]


@post(ONE + "/members/{member_id:uuid}/role", requires=Permission.PROVIDER_KEEP)
async def change_role(
    work: WorkDep, provider_id: FromPath[UUID], member_id: FromPath[UUID], data: JSONBody[NewMemberRole]
) -> MemberView:
    """Give a member another role."""
    row = await members.change_role(work, provider_id, member_id, data.role)
    await work.flush()
    return (await member_views(work, [row]))[0]


@delete(ONE + "/members/{member_id:uuid}", requires=Permission.PROVIDER_KEEP)
async def remove(work: WorkDep, provider_id: FromPath[UUID], member_id: FromPath[UUID]) -> None:
    """End a membership."""
    await members.remove(work, provider_id, member_id)


ROUTES = Router(
    "/",
    route_handlers=[
        enrol,
        apply,
        providers,
        provider,
        change_profile,
        ask,
        authorisation,
        decide,
        suspend,
        withdraw,
        restore,
        end,
        member_list,
        invite,
        accept,
        change_role,
        remove,
    ],
    tags=["providers"],
)
