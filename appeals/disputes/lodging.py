"""Lodging: a filing comes in, is judged on its day, confirmed at once, and put on the agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes import queries, written
from appeals.disputes.body import BODIES
from appeals.disputes.filing import FiledBy, FilingChannel, FormItem, joined, judge, require_filing
from appeals.disputes.involved import bar
from appeals.disputes.models import Contested, Dispute, Representative
from appeals.disputes.policy import START, Kind, after
from appeals.disputes.schemas import NewFiling
from appeals.disputes.telling import confirm, tell_due
from appeals.disputes.terms import recount
from appeals.ports import DisputePorts, Undecided
from auth import queries as people
from auth.actor import Actor, person_of
from core.decisions import Decision, DecisionState, case_number
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.law.terms import Filing
from core.store.work import Work

LETTER = {Kind.OBJECTION: "Z", Kind.APPEAL: "K"}


@dataclass(frozen=True)
class Filer:
    """For whom it is filed, by whom, and who speaks for them."""

    person_id: UUID
    by: FiledBy
    representative_id: UUID | None = None


async def lodge(
    work: Work,
    kind: Kind,
    new: NewFiling,
    decisions: Sequence[Decision],
    *,
    silence: Undecided | None = None,
    sent_on: Dispute | None = None,
) -> Dispute:
    """Take a filing in against these decisions, or against `silence`, and confirm it (Awb 6:14).

    Whatever is missing or late, it is taken in. Invalid as policy.require_filing and `one-addressee`;
    Forbidden("not-the-office"); NotFound("no-such-decision"); Refused("posted-on-required").
    """
    _one_party(decisions)
    about: Decision | Undecided = silence or decisions[0]
    if sent_on is None:
        filer = await _filer(work, kind, new, about)
        filing = filing_of(work, kind, new)
    else:  # Awb 6:15: the first receipt counts
        filer = Filer(sent_on.person_id, sent_on.filed_by, sent_on.representative_id)
        first = sent_on.received_elsewhere_on or sent_on.received_on
        filing = Filing(work.today, sent_on.channel is FilingChannel.POST, sent_on.posted_on, first)
    row = Dispute(
        kind=kind,
        number=case_number(LETTER[kind], work.today),
        person_id=filer.person_id,
        representative_id=filer.representative_id,
        organisation_id=about.organisation_id,
        register_code=about.register_code,
        state=START[kind],
        filed_by=filer.by,
        channel=new.channel,
        received_at=work.now,
        received_on=filing.received_on,
        posted_on=filing.posted_on,
        received_elsewhere_on=filing.received_elsewhere_on,
        forwarded_from=new.forwarded_from,
        grounds=new.grounds,
        costs_asked_on=filing.received_on if new.asks_costs else None,
        missing=joined(_missing(new, filer)),
        decision_due_on=filing.received_on,
        against_silence=silence is not None,
        about_id=silence.id if silence else None,
        about_number=silence.number if silence else None,
        body=BODIES[work.port(DisputePorts).chamber_of(decisions[0])].value if kind is Kind.OBJECTION else None,
        chamber=new.chamber or "",
        kept_from_on=work.today,
    )
    work.add(row)
    await work.flush()
    days: dict[str, Any] = {
        "received_on": row.received_on,
        "elsewhere_on": row.received_elsewhere_on,
        "posted_on": row.posted_on,
    }
    work.log(f"{kind.value}:lodge", row, **days, channel=row.channel.value, missing=row.missing.split())
    for decision in decisions:
        await _contest(work, row, decision, None if silence else filing)
    if filer.by is FiledBy.REPRESENTATIVE:
        await _speak_for(work, row, filer, new)
    await work.flush()
    await bar(work, row, decisions, silence)
    await written.filing(work, row, decisions, new)
    return row


async def acknowledge(work: Work, row: Dispute) -> None:
    """Confirm receipt at once, in writing, and start the clock (Awb 6:14)."""
    row.state = after(row.kind, row.state, "acknowledge")
    work.log(f"{row.kind.value}:acknowledge", row)
    contested = await queries.contested_of(work, row)
    await recount(work, row, contested)
    await confirm(work, row, [lodged for lodged, _ in contested if lodged is not None])


def filing_of(work: Work, kind: Kind, new: NewFiling) -> Filing:
    """The days of a filing. By web it is received when it reaches our system (Awb 2:17); only the office says else.

    Forbidden("not-the-office") when somebody else dates a filing.
    """
    office = work.actor.can(queries.HANDLE[kind])
    if new.channel is FilingChannel.WEB:
        said = (new.received_on, new.posted_on, new.received_elsewhere_on)
        if any(said) and not office:
            raise Forbidden("not-the-office")
        received = work.today
    else:
        if not office:
            raise Forbidden("not-the-office")
        received = new.received_on or work.today
    filing = Filing(received, new.channel is FilingChannel.POST, new.posted_on, new.received_elsewhere_on)
    require_filing(filing, work.today)
    return filing


async def decisions_of(work: Work, kind: Kind, new: NewFiling) -> list[Decision]:
    """The decisions by number, each of which the actor may contest, before anything is said of them.

    NotFound("no-such-decision") for any that is not there, or not theirs; Forbidden as `lodge`.
    """
    found = [await queries.decision_by_number(work, number) for number in dict.fromkeys(new.decisions)]
    decisions = [each for each in found if each is not None]
    if len(decisions) < len(found):
        raise NotFound("no-such-decision")
    for each in decisions:
        await _filer(work, kind, new, each)
    return decisions


async def undecided_of(work: Work, kind: Kind, new: NewFiling) -> Undecided | None:
    """The request that is named in the place of a decision, where it is one; its party is looked at first.

    NotFound("no-such-decision") where it is not theirs; Refused("one-decision") where more is named; Forbidden as
    `lodge`.
    """
    for number in new.decisions:
        found = await work.port(DisputePorts).undecided(work, number)
        if found is not None:
            await _filer(work, kind, new, found)
            if len(set(new.decisions)) > 1:
                raise Refused("one-decision")
            return found
    return None


def _one_party(decisions: Sequence[Decision]) -> None:
    if len({(each.person_id, each.organisation_id, each.register_code) for each in decisions}) > 1:
        raise Invalid("one-addressee", [("decisions", "one-addressee")])


async def _filer(work: Work, kind: Kind, new: NewFiling, decision: Decision | Undecided) -> Filer:
    actor = work.actor
    if new.channel is not FilingChannel.WEB and actor.can(queries.HANDLE[kind]):
        if isinstance(actor, Actor) and actor.person_id == decision.person_id:
            raise Forbidden("own-case")
        spoken = bool(new.representative_name)
        return Filer(decision.person_id, FiledBy.REPRESENTATIVE if spoken else FiledBy.PERSON)
    me = person_of(actor)
    if new.on_behalf_of is not None:
        return await _on_behalf(work, me, new.on_behalf_of, decision)
    if not await _may_contest(work, decision, me):
        raise NotFound("no-such-decision")
    return Filer(decision.person_id, FiledBy.PERSON if decision.organisation_id is None else FiledBy.PROVIDER)


async def _may_contest(work: Work, about: Decision | Undecided, me: UUID) -> bool:
    if isinstance(about, Undecided):
        return about.person_id == me
    # One that was taken and is not made known yet may be contested too: too early is not fatal (Awb 6:10).
    return about.state is not DecisionState.WITHDRAWN and await work.port(DisputePorts).may_contest(work, about, me)


async def _on_behalf(work: Work, me: UUID, number: str, decision: Decision | Undecided) -> Filer:
    """Who knows both the number of the person and that of the letter may speak; the mandate follows (Awb 2:1)."""
    addressee = await people.person(work.session, decision.person_id)
    unknown = isinstance(decision, Decision) and decision.state is DecisionState.TAKEN
    if addressee.register_number != number or unknown or me == addressee.id:
        raise NotFound("no-such-decision")
    return Filer(decision.person_id, FiledBy.REPRESENTATIVE, me)


def _missing(new: NewFiling, filer: Filer) -> list[FormItem]:
    """What the form lacks as far as a machine can tell: words of grounds, and a mandate."""
    found = list(new.missing)
    if not new.grounds.strip():
        found.append(FormItem.GROUNDS)
    if filer.by is FiledBy.REPRESENTATIVE:
        found.append(FormItem.MANDATE)
    return found


async def _contest(work: Work, row: Dispute, decision: Decision, filing: Filing | None) -> None:
    """Against one decision, with whether it was in time; silence knows no term (Awb 6:12)."""
    judged = filing and judge(decision.notified_on, _told(decision), filing, work.calendar)
    lodged = Contested(
        dispute_id=row.id,
        person_id=row.person_id,
        decision_id=decision.id,
        last_day=judged.last_day if judged else None,
        days_late=judged.days_late if judged else 0,
    )
    work.add(lodged)
    await work.flush()
    facts: dict[str, Any] = {"decision": str(decision.id), "last_day": lodged.last_day, "told": _told(decision)}
    work.log(f"{row.kind.value}:contest", lodged, **facts, days_late=lodged.days_late)


def _told(decision: Decision) -> date | None:
    return decision.last_day_to_object


async def judge_again(work: Work, decision: Decision) -> None:
    """A decision was made known, or again by post: whoever contests it already is judged and waits by that day."""
    wanted = select(Contested, Dispute).join(Dispute, col(Dispute.id) == Contested.dispute_id)
    running = wanted.where(
        Contested.decision_id == decision.id, col(Dispute.ended_on).is_(None), col(Dispute.against_silence).is_(False)
    )
    for lodged, row in (await work.session.exec(running.order_by(col(Contested.id)))).all():
        judged = judge(decision.notified_on, _told(decision), filing_as_kept(row), work.calendar)
        assert judged is not None
        lodged.last_day, lodged.days_late = judged.last_day, judged.days_late
        work.log(f"{row.kind.value}:judge-again", lodged, last_day=judged.last_day, days_late=judged.days_late)
        await recount(work, row, await queries.contested_of(work, row))
        await tell_due(work, row, "known-again")


def filing_as_kept(row: Dispute) -> Filing:
    """The days of a filing, as they were taken in."""
    return Filing(row.received_on, row.channel is FilingChannel.POST, row.posted_on, row.received_elsewhere_on)


async def _speak_for(work: Work, row: Dispute, filer: Filer, new: NewFiling) -> None:
    if filer.representative_id is not None:
        person = await people.person(work.session, filer.representative_id)
        name, email, postal = person.full_name(), person.email, None
    elif new.representative_email is None:
        raise Invalid("invalid-input", [("representative_email", "field-missing")])
    else:
        name, email = new.representative_name, new.representative_email
        postal = new.representative_address.strip() or None
    spoken = Representative(dispute_id=row.id, person_id=row.person_id, name=name[:160], email=email, postal=postal)
    work.add(spoken)
    await work.flush()
    work.log(f"{row.kind.value}:represent", spoken)
