"""Who acts for a provider: invited by an owner, in by a code, with a role that is narrowed to this provider."""

import secrets
from uuid import UUID

from accreditation.providers import queries
from accreditation.providers.models import ProviderInvitation, ProviderMember
from accreditation.providers.policy import OWNERS, MemberRole, require_owner_left, require_role
from accreditation.providers.schemas import NewInvitation
from auth import queries as people
from auth import service as auth
from auth.actor import person_of
from auth.permissions import Role
from auth.token_hash import hash_of
from core.errors import NotFound, Refused
from core.law.days import add_days
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID

INVITED_DAYS = 14


async def join(work: Work, provider_id: UUID, person_id: UUID, role: MemberRole) -> ProviderMember:
    """Make somebody a member, or a member again; Refused("member-already")."""
    row = await queries.member_of(work, provider_id, person_id)
    if row is not None and row.ended_at is None:
        raise Refused("member-already")
    if row is None:
        row = ProviderMember(provider_id=provider_id, person_id=person_id, role=role, joined_at=work.now)
        work.add(row)
    else:
        row.role, row.joined_at, row.ended_at = role, work.now, None
    await work.flush()
    work.log("provider:join", row, role=role.value, member=str(person_id))
    await auth.grant(work, person_id, Role.PROVIDER, work.today, scope=str(provider_id))
    return row


async def invite(work: Work, provider_id: UUID, new: NewInvitation) -> ProviderInvitation:
    """Send somebody a code with which they become a member; the address goes with the message and is not kept."""
    inviter = await people.person(work.session, person_of(work.actor))
    provider = await queries.provider(work, provider_id)
    require_role((await queries.membership(work, provider.id)).role, OWNERS)
    code = secrets.token_urlsafe(24)
    row = ProviderInvitation(
        provider_id=provider.id,
        role=new.role,
        code_hash=hash_of(code),
        invited_at=work.now,
        expires_on=add_days(work.today, INVITED_DAYS),
    )
    work.add(row)
    await work.flush()
    work.log("provider:invite", row, role=new.role.value)
    work.send(
        "provider-invitation",
        address=new.email,
        subject=f"U bent uitgenodigd door {provider.name}",
        body=(
            f"{inviter.full_name()} van {provider.name} nodigt u uit om namens deze aanbieder te werken.\n"
            f"U krijgt de rol {SAID.label(new.role.value, 'member-role', 'nl')}.\n"
            f"Hebt u nog geen account? Maak het op {work.means.settings.address}/aanbieder/account\n"
            f"Log daarna in op {work.means.settings.address}/aanbieder en vul deze code in: {code}\n"
            f"De code werkt tot en met {day(row.expires_on, 'nl')}.\n"
        ),
    )
    return row


async def accept(work: Work, code: str) -> ProviderMember:
    """Become a member with the code of an invitation, once; NotFound("no-such-invitation")."""
    row = await queries.invitation(work, hash_of(code))
    row.used_at = work.now
    work.log("provider:accept", row)
    return await join(work, row.provider_id, person_of(work.actor), row.role)


async def change_role(work: Work, provider_id: UUID, member_id: UUID, role: MemberRole) -> ProviderMember:
    """Give a member another role; Refused("last-owner")."""
    row = await _member(work, provider_id, member_id)
    work.expect(row)
    if row.role is MemberRole.OWNER and role is not MemberRole.OWNER:
        require_owner_left(await _owners(work, provider_id))
    row.role = role
    work.log("provider:member-role", row, role=role.value)
    return row


async def remove(work: Work, provider_id: UUID, member_id: UUID) -> ProviderMember:
    """End a membership; it works at the next request. Refused("last-owner")."""
    row = await _member(work, provider_id, member_id)
    work.expect(row)
    if row.role is MemberRole.OWNER:
        require_owner_left(await _owners(work, provider_id))
    row.ended_at = work.now
    work.log("provider:leave", row)
    await auth.take_back(work, row.person_id, Role.PROVIDER, str(provider_id))
    return row


async def _member(work: Work, provider_id: UUID, member_id: UUID) -> ProviderMember:
    own = await queries.membership(work, provider_id)
    require_role(own.role, OWNERS)
    for row in await queries.members(work, provider_id):
        if row.id == member_id:
            return row
    raise NotFound("no-such-member")


async def _owners(work: Work, provider_id: UUID) -> int:
    return sum(row.role is MemberRole.OWNER for row in await queries.members(work, provider_id))
