"""A provider applies for a register, the secretary decides, suspends and withdraws, the provider ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from accreditation.providers import intentions, members, queries
from accreditation.providers.deciding import Said, decision_on
from accreditation.providers.models import Provider, ProviderAuthorisation, ProviderIntention
from accreditation.providers.policy import (
    AUTHORISATION,
    GROUNDS,
    MEASURE_GROUNDS,
    OWNERS,
    AuthorisationEvent,
    AuthorisationState,
    MemberRole,
    lacking,
    require_grounds,
    require_role,
)
from accreditation.providers.schemas import NewAdmission, NewIntention, NewMeasure, NewProfile, NewProvider
from auth import service as auth
from auth.actor import person_of
from auth.permissions import Permission, Role
from auth.schemas import NewPerson
from core import agenda, proposals
from core.decisions import Decision, Verdict, case_number, require_undecided, round_of, take
from core.errors import Forbidden, Invalid, Refused
from core.law.heard import answered
from core.law.terms import application_due
from core.names import plain_key as name_key
from core.proposals import Deed, Proposal, Standing
from core.store.work import Work

CASE = "provider-authorisation"
ADMISSION, SUSPENSION, WITHDRAWAL = "provider-admission", "provider-suspension", "provider-withdrawal"
DECIDE = "decide"
EVENTS = {SUSPENSION: AuthorisationEvent.SUSPEND, WITHDRAWAL: AuthorisationEvent.WITHDRAW}


async def enrol(work: Work, new: NewPerson) -> None:
    """An account for somebody who will act for a provider; nothing tells whether the address was known."""
    await auth.add_person(work, new, Role.PROVIDER)


async def apply(work: Work, new: NewProvider) -> Provider:
    """Start a provider, with who asks as its owner, and ask for its registers.

    Invalid: `provider-name-taken` (pe-1), `unknown-register`.
    """
    person_id, key = person_of(work.actor), name_key(new.name)[:160]
    if await queries.same_name(work, key):
        raise Invalid("provider-name-taken", [("name", "provider-name-taken")])
    provider = Provider(
        **new.model_dump(exclude={"registers"}), number=case_number("P", work.today), name_key=key, started_at=work.now
    )
    work.add(provider)
    await work.flush()
    work.log("provider:start", provider, kvk_number=provider.kvk_number)
    await members.join(work, provider.id, person_id, MemberRole.OWNER)
    for register in dict.fromkeys(new.registers):
        await _ask(work, provider, register)
    return provider


async def change_profile(work: Work, provider_id: UUID, new: NewProfile) -> Provider:
    """Say otherwise what the admission looks at, such as what it was refused for; asking again stays a step of its own.

    Forbidden("member-role") but for owners; Stale.
    """
    provider = await queries.provider(work, provider_id)
    require_role((await queries.membership(work, provider.id)).role, OWNERS)
    work.expect(provider)
    changed = [name for name, said in new.model_dump().items() if getattr(provider, name) != said]
    for name in changed:
        setattr(provider, name, getattr(new, name))
    await work.flush()
    work.log("provider:change", provider, fields=changed)
    return provider


async def ask_register(work: Work, provider_id: UUID, register: str) -> ProviderAuthorisation:
    """Ask for a further register, or for one again; Refused("wrong-state") while it is asked or given."""
    provider = await queries.provider(work, provider_id)
    require_role((await queries.membership(work, provider.id)).role, OWNERS)
    return await _ask(work, provider, register)


async def standing(work: Work, provider_id: UUID) -> Sequence[ProviderAuthorisation]:
    """Where a provider stands in each of its registers."""
    return await queries.authorisations(work, [provider_id])


async def _ask(work: Work, provider: Provider, register: str) -> ProviderAuthorisation:
    if register not in work.rules.registers():
        raise Invalid("unknown-register", [("registers", "unknown-register")])
    term = work.rules.chosen(register, work.today).terms["provider-admission"]
    due = application_due(work.today, term.length, (), work.calendar, moves=term.rolled).last_day
    row = await queries.authorisation_in(work, provider.id, register)
    if row is None:
        row = ProviderAuthorisation(
            provider_id=provider.id,
            register_code=register,
            asked_on=work.today,
            asked_by=person_of(work.actor),
            decide_by_on=due,
        )
        work.add(row)
    else:
        row.state = AUTHORISATION.after(row.state, AuthorisationEvent.APPLY_AGAIN)
        row.round += 1
        row.asked_on, row.asked_by, row.decide_by_on = work.today, person_of(work.actor), due
    await work.flush()
    work.log("provider:apply", row, register=register, round=row.round, due_on=due)
    await agenda.expect(work, CASE, row.id, DECIDE, role=Role.SECRETARY.value, due_on=due, register=register)
    return row


async def decide(work: Work, authorisation_id: UUID, new: NewAdmission) -> Decision:
    """Decide on an application, with reasons; it works once it is made known.

    Refused: `wrong-state`, `rules-refuse` (an admission in spite of what lacks); Invalid: `unknown-ground` and as
    core.decisions.take; Forbidden("own-case").
    """
    row = await _others(work, authorisation_id)
    work.expect(row)
    decision = await _draw_up(work, row, new)
    await take(work, decision)
    work.log("provider:decide", row, decision=str(decision.id))
    return decision


async def _draw_up(work: Work, row: ProviderAuthorisation, new: NewAdmission) -> Decision:
    AUTHORISATION.after(row.state, AuthorisationEvent.AUTHORISE if new.granted else AuthorisationEvent.REFUSE)
    missing = lacking((await queries.by_id(work, row.provider_id)).profile())
    if new.granted and missing:
        raise Refused("rules-refuse", grounds=missing)
    grounds = [] if new.granted else (new.grounds or missing)
    require_grounds(grounds, GROUNDS)
    refused = Said(Verdict.REFUSED, new.reasons, grounds, new.repair)
    said = Said(Verdict.GRANTED, new.reasons) if new.granted else refused
    decision = decision_on(work, row, CASE, ADMISSION, said)
    decision.round, decision.facts = await round_of(work, row.id, ADMISSION), {"lacking": missing}
    return decision


async def anew(work: Work, earlier: Decision, new: NewAdmission) -> Decision:
    """What takes the place of a decision on an application (Awb 7:11), on what the provider shows now; not taken yet.

    Refused: `decided-already` while another one waits, and as `decide`.
    """
    row = await work.session.get_one(ProviderAuthorisation, earlier.subject_id)
    await require_undecided(work, row.id)
    return await _draw_up(work, row, new)


async def propose_measure(work: Work, authorisation_id: UUID, new: NewMeasure, kind: str) -> Proposal:
    """Propose to suspend an authorised provider, or to withdraw a suspended one; a second person decides by signing.

    po-formeel: an audit finding, an invoice that is not paid. The provider was told and heard (Awb 4:8), unless a
    suspension cannot wait (4:11). Forbidden("own-case"); Refused: `wrong-state`, `waits-for-signature`, and as
    intentions.require_heard; Invalid: `unknown-ground`, `not-urgent`.
    """
    row = await _others(work, authorisation_id)
    work.expect(row)
    await measure_stands(work, row.id, kind, new.grounds)
    if new.urgent.strip() and kind != SUSPENSION:
        raise Invalid("invalid-input", [("urgent", "not-urgent")])
    if not new.urgent.strip():
        await intentions.require_heard(work, row.id, kind, new.answer)
    elif told := await intentions.running(work, row.id, kind):  # what it said before that is answered all the same
        answered([told.view], new.answer)
    return await proposals.propose(work, DEEDS[kind], person_of(work.actor), row.id, new.model_dump(mode="json"))


async def intend_measure(work: Work, authorisation_id: UUID, new: NewIntention) -> ProviderIntention:
    """Tell a provider that its admission may be suspended or withdrawn, and why (Awb 4:8).

    Forbidden("own-case"); Refused: `wrong-state`, `decided-already`, `intended-already`; Invalid("unknown-ground").
    """
    row = await _others(work, authorisation_id)
    work.expect(row)
    await measure_stands(work, row.id, new.kind, new.grounds)
    meant = intentions.Meant(row.register_code, new.grounds, new.reasons)
    return await intentions.intend(work, row.provider_id, row.id, new.kind, meant)


async def _concerned(work: Work, proposal: Proposal) -> set[UUID]:
    row = await queries.authorisation(work, proposal.subject_id)
    return {member.person_id for member in await queries.members(work, row.provider_id)}


async def _stands(work: Work, proposal: Proposal) -> Standing:
    return await measure_stands(work, proposal.subject_id, proposal.kind, proposal.says["grounds"])


async def measure_stands(work: Work, authorisation_id: UUID, kind: str, grounds: Collection[str]) -> Standing:
    """What a measure ends. Refused: `wrong-state`, `decided-already`; Invalid("unknown-ground")."""
    row = await queries.authorisation(work, authorisation_id)
    AUTHORISATION.after(row.state, EVENTS[kind])
    await require_undecided(work, row.id)
    require_grounds(grounds, MEASURE_GROUNDS)
    provider = await queries.by_id(work, row.provider_id)
    told = {"provider": provider.number, "register": row.register_code}
    return Standing({"authorisation": row.version, "state": row.state.value}, ends=[(kind, told)])


async def _measure(work: Work, proposal: Proposal) -> UUID:
    new = NewMeasure.model_validate(proposal.says)
    return (await decide_measure(work, proposal.subject_id, proposal.kind, new)).id


async def decide_measure(work: Work, authorisation_id: UUID, kind: str, new: NewMeasure) -> Decision:
    """The decision that the second signature takes; it works once it is made known."""
    row = await queries.authorisation(work, authorisation_id)
    told = await intentions.running(work, row.id, kind)
    reasons = new.reasons + answered([told.view] if told else [], new.answer)
    if new.urgent.strip():
        reasons = f"{reasons}\nWij konden niet wachten tot u was gehoord: {new.urgent}"
    said = Said(Verdict.WITHDRAWN, reasons, new.grounds, new.repair)
    decision = decision_on(work, row, CASE, kind, said)
    decision.round = await round_of(work, row.id, kind)
    await take(work, decision)
    work.log("provider:measure", row, decision=str(decision.id), kind=kind)
    await intentions.carried_out(work, row.id, kind)
    if new.urgent.strip():  # heard right afterwards (Awb 4:11)
        meant = intentions.Meant(row.register_code, new.grounds, new.reasons, new.urgent)
        await intentions.intend(work, row.provider_id, row.id, kind, meant)
    return decision


DEEDS = {
    kind: Deed(kind, Permission.PROVIDER_ADMIT, _concerned, _stands, _measure) for kind in (SUSPENSION, WITHDRAWAL)
}


async def acting(work: Work, person_id: UUID) -> bool:
    """Whether somebody acts for any provider now."""
    return await queries.acting(work, person_id)


@dataclass(frozen=True)
class Postal:
    """Where the letters of an organisation go."""

    name: str
    address: str
    postcode: str
    town: str


async def postal_of(work: Work, ids: Collection[UUID]) -> dict[UUID, Postal]:
    """By provider, the name and address to which its letters go."""
    found = await queries.by_ids(work, ids)
    return {id: Postal(row.name, row.address or "", row.postcode, row.town) for id, row in found.items()}


async def restore(work: Work, authorisation_id: UUID) -> ProviderAuthorisation:
    """End a suspension, because what led to it was repaired. Refused("decided-already") while a decision waits."""
    row = await _others(work, authorisation_id)
    work.expect(row)
    await require_undecided(work, row.id)
    await _move(work, row, AuthorisationEvent.RESTORE)
    for kind in EVENTS:
        await intentions.carried_out(work, row.id, kind)
    return row


async def end(work: Work, authorisation_id: UUID) -> ProviderAuthorisation:
    """The provider leaves a register of its own will; what was accredited keeps its days.

    Refused("decided-already") while a decision about it waits to be made known.
    """
    row = await queries.authorisation(work, authorisation_id)
    require_role((await queries.membership(work, row.provider_id)).role, OWNERS)
    work.expect(row)
    await require_undecided(work, row.id)
    await _move(work, row, AuthorisationEvent.END)
    return row


async def take_effect(work: Work, decision: Decision) -> None:
    """What a decision about a provider does once it is made known."""
    row = await work.session.get_one(ProviderAuthorisation, decision.subject_id)
    refused = AuthorisationEvent.REFUSE if decision.outcome is Verdict.REFUSED else AuthorisationEvent.AUTHORISE
    event = EVENTS.get(decision.kind, refused)
    row.decision_id = decision.id
    await _move(work, row, event)


async def take_again(work: Work, decision: Decision) -> None:
    """A measure works again after a suspension of it, where the provider still stands as it found it."""
    row = await work.session.get_one(ProviderAuthorisation, decision.subject_id)
    if AUTHORISATION.may(row.state, EVENTS[decision.kind]):
        await take_effect(work, decision)


async def give_back(work: Work, decision: Decision) -> None:
    """A suspension or withdrawal that was taken back (Awb 7:11(2)): the provider stands as the decision before left it.

    A withdrawal leaves the suspension that came before it, unless that was taken back as well.
    """
    row = await work.session.get_one(ProviderAuthorisation, decision.subject_id)
    if row.decision_id != decision.id or not AUTHORISATION.may(row.state, AuthorisationEvent.UNDO):
        return  # it ended otherwise, or a later measure stands
    before = await queries.standing_decision(work, row, decision)
    row.decision_id = before.id if before else None
    await _move(work, row, AuthorisationEvent.UNDO)
    if row.state is AuthorisationState.SUSPENDED and (before is None or before.kind != SUSPENSION):
        await _move(work, row, AuthorisationEvent.UNDO)


async def _move(work: Work, row: ProviderAuthorisation, event: AuthorisationEvent) -> None:
    row.state = AUTHORISATION.after(row.state, event)
    work.log(f"provider:{event.value}", row, register=row.register_code)


async def _others(work: Work, authorisation_id: UUID) -> ProviderAuthorisation:
    """Where a provider stands that the actor does not act for; Forbidden("own-case")."""
    row = await queries.authorisation(work, authorisation_id)
    if await queries.is_member(work, row.provider_id):
        raise Forbidden("own-case")
    return row
