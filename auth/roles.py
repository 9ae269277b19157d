"""Roles by four eyes: one administrator proposes, another signs; somebody new is invited and accepts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth import lookup, onetime, queries
from auth.actor import person_of
from auth.models import Account, Person, RoleGrant, RoleProposal
from auth.passwords import weakness
from auth.permissions import Permission, needs_second_factor
from auth.policy import PROPOSAL, PROPOSAL_LIVES, ProposalEvent, ProposalState, Purpose, require_other_eyes
from auth.schemas import NewProposal
from auth.scopes import require_scope
from auth.service import SignInServices, grant
from core.clock import machine_now
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.fields import address_key
from core.store.work import Work
from core.web.pages import SAID


async def propose(work: Work, new: NewProposal) -> RoleProposal:
    """Propose a role for a person by register number, or for somebody new by name and e-mail.

    Forbidden("own-case") for oneself; NotFound("no-such-person"); Refused: `role-held`, `role-proposed`; Invalid:
    `person-or-invitation`, `person-and-invitation`, and as scopes.require_scope.
    """
    me = person_of(work.actor)
    await require_scope(work, new.role, new.scope)
    row = RoleProposal(
        role=new.role,
        scope=new.scope,
        proposed_by=me,
        proposed_at=work.now,
        expires_at=machine_now() + PROPOSAL_LIVES,
    )
    if new.register_number is not None and (new.email or new.given_name or new.family_name):
        raise Invalid("person-and-invitation", [("email", "person-and-invitation")])
    if new.register_number is not None:
        row.person_id = (await queries.person_by_number(work.session, new.register_number)).id
    elif new.email and (new.given_name or new.family_name):
        known = await queries.account_by_email(work.session, new.email)
        row.person_id = known.person_id if known else None
        row.email, row.given_name, row.prefix, row.family_name = new.email, new.given_name, new.prefix, new.family_name
    else:
        raise Invalid("person-or-invitation", [("register_number", "person-or-invitation")])
    if row.person_id == me:
        raise Forbidden("own-case")
    await _require_new(work, row)
    work.add(row)
    await work.flush()
    work.log("role:propose", row, role=new.role.value)
    return row


async def sign(work: Work, id: UUID) -> RoleProposal:
    """Put the second signature: the role is granted, or the invitation goes out.

    Forbidden: `own-role-proposal`, `own-case`; Refused: `wrong-state`, `role-held`, `nominee-without-second-factor`
    (they set one up first).
    """
    row = await _open(work, id)
    require_other_eyes(person_of(work.actor), row.proposed_by, row.person_id)
    await require_scope(work, row.role, row.scope)
    row.settled_by = person_of(work.actor)
    if row.person_id is None:
        row.state = PROPOSAL.after(row.state, ProposalEvent.INVITE)
        token = onetime.issue(work, Purpose.INVITE, row.email, proposal_id=row.id)
        inviter = (await queries.person(work.session, row.proposed_by)).full_name()
        role = SAID.label(row.role.value, "user-role", "nl")
        work.send(
            "invitation",
            address=row.email,
            subject="Een uitnodiging van Bekwaam",
            body=f"{inviter} nodigt u uit om bij Bekwaam te werken in de functie {role}.\nNeem dit deze week aan: "
            f"{work.means.settings.address}/uitnodiging/{token}\n"
            "Kent u deze persoon niet, of verwachtte u dit niet? Doe dan niets.\n",
        )
    else:
        row.state = PROPOSAL.after(row.state, ProposalEvent.GRANT)
        account = await queries.account_of(work.session, row.person_id)
        await _require_not_held(work, row.person_id, row)
        if needs_second_factor([row.role]) and account.totp_secret is None:
            raise Refused("nominee-without-second-factor")
        await grant(work, row.person_id, row.role, work.today, row.scope)
    work.log("role:sign", row, role=row.role.value, state=row.state.value)
    return row


async def _require_new(work: Work, row: RoleProposal) -> None:
    """Refuse what somebody holds for the same scope already, or what waits: `role-held`, `role-proposed`."""
    if row.person_id is not None:
        await _require_not_held(work, row.person_id, row)
    waits = select(RoleProposal).where(
        RoleProposal.role == row.role,
        RoleProposal.scope == row.scope,
        col(RoleProposal.state).in_([ProposalState.PROPOSED, ProposalState.INVITED]),
        RoleProposal.expires_at > machine_now(),
    )
    for one in (await work.session.exec(waits)).all():
        if one.person_id == row.person_id and (row.person_id or address_key(one.email) == address_key(row.email)):
            raise Refused("role-proposed")


async def _require_not_held(work: Work, person_id: UUID, row: RoleProposal) -> None:
    held = await grants_on(work, person_id, work.today)
    if any(one.role == row.role and one.scope == row.scope for one in held):
        raise Refused("role-held")


async def reject(work: Work, id: UUID) -> RoleProposal:
    """Take a proposal or invitation off the table; also one's own."""
    row = await _open(work, id)
    row.state = PROPOSAL.after(row.state, ProposalEvent.REJECT)
    row.settled_by = person_of(work.actor)
    work.log("role:reject", row, role=row.role.value)
    return row


async def accept(work: Work, token: str, password: str) -> tuple[Account, str]:
    """Accept an invitation with a password of one's own: the account and its secret for one-time codes, shown once.

    Refused: `link-expired`, `wrong-state`; Invalid as for enrolling.
    """
    link = await onetime.standing(work, Purpose.INVITE, token)
    row = await work.session.get_one(RoleProposal, link.proposal_id)
    if weak := weakness(password, row.email, row.given_name, row.family_name):
        raise Invalid("invalid-input", [("password", weak)])
    await onetime.spend(work, Purpose.INVITE, token)
    row.state = PROPOSAL.after(row.state, ProposalEvent.ACCEPT)
    person = Person(
        register_number=await lookup.free_number(work.session),
        given_name=row.given_name,
        prefix=row.prefix,
        family_name=row.family_name,
        address="-",
        postcode="1000AA",
        town="-",
        email=row.email,
        telephone="0000000000",
        enrolled_at=work.now,
        email_confirmed_at=work.now,
    )
    work.add(person)
    await work.flush()
    secret = work.port(SignInServices).codes.new()
    account = Account(
        person_id=person.id,
        email=row.email,
        password_hash=await work.port(SignInServices).passwords.hash(password),
        totp_secret=secret,
    )
    work.add(account)
    await work.flush()
    row.person_id = person.id
    work.log("person:enrol", person)
    work.log("account:open", account)
    work.log("role:accept", row, role=row.role.value)
    await grant(work, person.id, row.role, work.today, row.scope)
    return account, work.port(SignInServices).codes.base32(secret)


async def _open(work: Work, id: UUID) -> RoleProposal:
    row = await proposal(work, id)
    work.expect(row)
    if row.expires_at <= machine_now():
        raise Refused("role-proposal-expired")
    return row


async def proposal(work: Work, id: UUID) -> RoleProposal:
    """A proposal by id; NotFound("no-such-proposal")."""
    row = await work.session.get(RoleProposal, id)
    if row is None:
        raise NotFound("no-such-proposal")
    return row


async def proposals(work: Work, after: UUID | None, most: int) -> Sequence[RoleProposal]:
    """Every proposal, the oldest first."""
    wanted = select(RoleProposal)
    if after is not None:
        wanted = wanted.where(col(RoleProposal.id) > after)
    return (await work.session.exec(wanted.order_by(col(RoleProposal.id)).limit(most))).all()


async def to_sign_count(work: Work) -> int:
    """How many proposals the actor may sign now: not made by them, nor about them."""
    if not work.actor.can(Permission.ROLE_SIGN):
        return 0
    me = person_of(work.actor)
    wanted = (
        select(sa.func.count())
        .select_from(RoleProposal)
        .where(
            RoleProposal.state == PROPOSAL.start,
            RoleProposal.expires_at > machine_now(),
            RoleProposal.proposed_by != me,
            col(RoleProposal.person_id).is_distinct_from(me),
        )
    )
    return (await work.session.exec(wanted)).one()


async def expire(work: Work) -> int:
    """Close the proposals and invitations whose time has passed; how many."""
    live = [state for state in PROPOSAL.moves if state[1] is ProposalEvent.EXPIRE]
    wanted = select(RoleProposal).where(
        col(RoleProposal.state).in_([state for state, _ in live]), RoleProposal.expires_at <= machine_now()
    )
    rows = (await work.session.exec(wanted.limit(100))).all()
    for row in rows:
        row.state = PROPOSAL.after(row.state, ProposalEvent.EXPIRE)
        work.log("role:expire", row)
    return len(rows)


async def grants_on(work: Work, person_id: UUID, on: date) -> Sequence[RoleGrant]:
    """The roles that a person holds on a day, as rows."""
    wanted = select(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.from_on <= on)
    rows = (await work.session.exec(wanted.order_by(col(RoleGrant.id)))).all()
    return [row for row in rows if row.until_on is None or row.until_on >= on]
