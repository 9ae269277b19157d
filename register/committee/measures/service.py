"""Measures against an entry: intended, heard, proposed and signed by two persons, carried out; or dropped."""

from datetime import date
from uuid import UUID

from accreditation.offer.members import members_of
from auth import queries as people
from auth.actor import Actor, person_of
from core import agenda
from core.decisions import Decision, Verdict, case_number, take
from core.errors import Forbidden, Refused
from core.law.articles import ARTICLES
from core.law.days import previous_day
from core.law.heard import answered, require_heard
from core.law.term_run import Term, run
from core.panel import service as panel
from core.panel.sessions import digest_of_text
from core.proposals import Proposal
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID
from register.committee import filed_views
from register.committee.conflicts import conflicts_in, grounds_of
from register.committee.filed_views import FiledView
from register.committee.grounds import library
from register.committee.measures import queries
from register.committee.measures.cases import case_of
from register.committee.measures.models import Measure
from register.committee.measures.policy import (
    EVENTS,
    MEASURE,
    MeasureEvent,
    MeasureKind,
    require_future,
    require_grounds,
    require_open,
)
from register.committee.measures.schemas import NewMeasure, NewProposal
from register.entries import queries as registrations
from register.entries.entry import registration_of
from register.entries.models import Registration
from register.entries.policy import REGISTRATION
from register.notification import announcing

CASE = "measure"
HEAR, NOTIFY = "hear", "notify"


async def intend(work: Work, new: NewMeasure) -> Measure:
    """Tell somebody that a measure is intended and until when they may say what they think of it (Awb 4:8).

    Refused: `measure-runs-already`, `no-such-registration`, and as policy.require_open; Invalid: as
    policy.require_grounds; NotFound("no-such-person"); Forbidden("own-case").
    """
    person = await people.person_by_number(work.session, new.register_number)
    _not_own(work, person.id)
    entry = await registration_of(work, person.id, new.register_code)
    if entry is None:
        raise Refused("no-such-registration")
    require_grounds(new.kind, new.grounds)
    rules = work.rules.chosen(entry.register_code.value, work.today)
    await _require_open(work, entry, new.kind)
    if await queries.runs(work, entry.id):
        raise Refused("measure-runs-already")
    said = library.refused(entry.register_code.value, new.grounds)
    length = rules.terms["hearing"]
    until = run(
        work.today, Term(length.length, length.unit, ARTICLES[CASE, HEAR], length.rolled), work.calendar
    ).last_day
    row = Measure(
        number=case_number("M", work.today),
        person_id=person.id,
        registration_id=entry.id,
        register_code=entry.register_code,
        kind=new.kind,
        grounds=" ".join(dict.fromkeys(new.grounds)),
        reasons=new.reasons.strip() or said.reasons,
        repair=new.repair.strip() or said.repair,
        hearing_until=until,
    )
    row.intended = {"reasons": row.reasons, "repair": row.repair}
    work.add(row)
    await work.flush()
    work.log("measure:intend", row, kind=row.kind.value, grounds=row.ground_codes(), hearing_until=until)
    await agenda.expect(work, CASE, row.id, HEAR, role="secretary", due_on=until, register=row.register_code.value)
    await _tell(
        work,
        row,
        "measure-intended",
        f"Voornemen {row.number}: wij horen graag wat u ervan vindt",
        f"{INTENT[row.kind]} Waarom: {_grounds(row)}.\n"
        f"Lees het hele voornemen op {_page(work, row)}.\n"
        f"U kunt tot en met {day(until, 'nl')} zeggen wat u ervan vindt, schriftelijk of mondeling. Daarna beslissen\n"
        "wij.\n",
    )
    return row


INTENT = {
    MeasureKind.LAPSE: "Wij zijn van plan uw registratie te laten vervallen.",
    MeasureKind.STRIKE_OFF: "Wij zijn van plan uw registratie door te halen.",
}
"""What is intended, in the words of the notice (Awb 4:8)."""


def _grounds(row: Measure) -> str:
    said = [SAID.label(code, "ground", "nl") for code in row.ground_codes()]
    return "; ".join(one[:1].lower() + one[1:] for one in said)


async def _require_open(work: Work, entry: Registration, kind: MeasureKind) -> None:
    months = work.rules.chosen(entry.register_code.value, work.today).conditional_months
    waits = await queries.renewal_waits(work, entry.id)
    require_open(kind, entry.status, entry.due_on, months, work.today, waits)


async def read(work: Work, id: UUID) -> Measure:
    """A measure that the actor may see, with a trace when it is about somebody else."""
    row = await queries.measure(work, id)
    if not isinstance(work.actor, Actor) or work.actor.person_id != row.person_id:
        work.looked("measure:read", stream=row.stream(), measure=str(row.id))
    return row


async def say(work: Work, id: UUID, view: str) -> Measure:
    """What the person themselves says; added to what was said before. Forbidden("party-acts-only");
    Refused("wrong-state") once it is too late to be heard."""
    row = await queries.measure(work, id)
    work.expect(row)
    filed_views.require_own(work, row.person_id)
    return await record_view(work, id, view)


async def file_view(work: Work, id: UUID, new: FiledView) -> Proposal:
    """Write down what the person said on paper or by telephone, for a colleague to read and sign. As filed_views."""
    row = await queries.measure(work, id)
    work.expect(row)
    return await filed_views.propose(work, FILED, row.id, row.person_id, new)


async def record_view(work: Work, id: UUID, view: str) -> Measure:
    """Add to what was said: by the person, or by two who read it."""
    row = await queries.measure(work, id)
    row.state = MEASURE.after(row.state, MeasureEvent.HEAR)
    row.view, row.heard_on = f"{row.view}\n\n{view}".strip(), work.today
    work.log("measure:hear", row, sha256=digest_of_text(row.view))
    await agenda.done(work, row.id, HEAR)
    return row


async def _heard_now(work: Work, id: UUID) -> tuple[UUID, str]:
    row = await queries.measure(work, id)
    MEASURE.after(row.state, MeasureEvent.HEAR)
    return row.person_id, row.number


FILED = filed_views.deed("measure-view", _heard_now, record_view)


async def close_hearing(work: Work, id: UUID) -> Measure:
    """Go on without a view once the term passed unused; Refused: `hearing-term-runs`, `wrong-state`."""
    row = await queries.measure(work, id)
    work.expect(row)
    _not_own(work, row.person_id)
    following = MEASURE.after(row.state, MeasureEvent.HEAR)
    require_heard(row.view, row.hearing_until, work.today)
    row.state = following
    work.log("measure:pass-hearing", row)
    await agenda.done(work, row.id, HEAR)
    return row


async def propose(work: Work, id: UUID, new: NewProposal) -> Measure:
    """Fix the exact text of a strike-off and its day, for somebody else to sign; another text voids the digest.

    A view that was given is answered in it (Awb 3:46). Refused: `wrong-state`, `not-by-signature` (a lapse is the
    committee's); Invalid: `effect-not-in-future`, `view-unanswered`.
    """
    row = await queries.measure(work, id)
    work.expect(row)
    _not_own(work, row.person_id)
    if row.kind is not MeasureKind.STRIKE_OFF:
        raise Refused("not-by-signature")
    row.state = MEASURE.after(row.state, MeasureEvent.PROPOSE)
    require_future(new.effect_on, work.today)
    said = answered([row.view], new.answer)
    row.reasons, row.repair, row.effect_on = new.reasons + said, new.repair, new.effect_on
    row.proposed_by, row.proposed_on = person_of(work.actor), work.today
    row.digest = digest_of(row)
    work.log("measure:propose", row, sha256=row.digest, effect_on=row.effect_on)
    return row


def digest_of(row: Measure) -> str:
    """Of everything that a second person signs for."""
    parts = (row.number, row.kind.value, str(row.registration_id), row.grounds, row.reasons, row.repair, row.view)
    return digest_of_text("\0".join((*parts, str(row.effect_on))))


async def sign(work: Work, id: UUID, digest: str) -> Decision:
    """A second person signs exactly what was proposed, and so takes the decision (four eyes).

    Forbidden: `own-case`, `own-proposal`, `conflict-of-interest`; Refused: `wrong-state`, `another-text`,
    `proposal-expired`; Invalid("effect-not-in-future") when its day has come meanwhile.
    """
    row = await queries.measure(work, id)
    _not_own(work, row.person_id)
    signer = person_of(work.actor)
    following = MEASURE.after(row.state, MeasureEvent.SIGN)
    if signer == row.proposed_by:
        raise Forbidden("own-proposal")
    if found := await conflicts_in(work, [case_of(row)], [signer], members_of):
        raise Forbidden("conflict-of-interest", grounds=grounds_of(found))
    if digest != row.digest or row.digest != digest_of(row):
        raise Refused("another-text")
    _require_fresh(work, row)
    row.state, row.signed_by = following, signer
    return await decide(work, row, taken_by=work.actor.ref, taken_in=None, reasons=row.reasons, repair=row.repair)


def _require_fresh(work: Work, row: Measure) -> None:
    assert row.proposed_on is not None
    assert row.effect_on is not None
    length = work.rules.chosen(row.register_code.value, work.today).terms["four-eyes"]
    term = Term(length.length, length.unit, "security 2(4)", length.rolled)
    last = run(row.proposed_on, term, work.calendar).last_day
    if work.today > last:
        raise Refused("proposal-expired", until=last)
    require_future(row.effect_on, work.today)


async def decide(
    work: Work, row: Measure, *, taken_by: str, taken_in: UUID | None, reasons: str, repair: str
) -> Decision:
    """The decision on a measure that was signed or voted for; Refused as policy.require_open."""
    decision = await draw_up(work, row, taken_by=taken_by, taken_in=taken_in, reasons=reasons, repair=repair)
    await take(work, decision)
    row.decision_id = decision.id
    work.log("measure:decide", row, decision=str(decision.id))
    by = max(work.today, previous_day(row.effect_on)) if row.effect_on else work.today
    register = row.register_code.value
    await agenda.expect(work, CASE, row.id, NOTIFY, role="secretary", due_on=by, register=register)
    return decision


async def draw_up(
    work: Work, row: Measure, *, taken_by: str, taken_in: UUID | None, reasons: str, repair: str
) -> Decision:
    """The decision as it would be taken today; Refused as policy.require_open."""
    entry = await registrations.registration(work, row.registration_id)
    await _require_open(work, entry, row.kind)
    rules = work.rules.chosen(row.register_code.value, work.today)
    return Decision(
        number=case_number("B", work.today),
        kind=row.kind.value,
        subject_kind=CASE,
        subject_id=row.id,
        person_id=row.person_id,
        register_code=row.register_code.value,
        outcome=Verdict.WITHDRAWN,
        grounds=row.grounds,
        reasons=reasons,
        repair=repair,
        rule_set=rules.name,
        facts={"due_on": _text(entry.due_on), "status": entry.status.value, "hearing_until": _text(row.hearing_until)},
        result={"effect_on": _text(row.effect_on)},
        taken_by=taken_by,
        taken_in=taken_in,
        decided_on=work.today,
    )


def _text(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


async def drop(work: Work, id: UUID) -> Measure:
    """Give a measure up; the person is told. Refused("wrong-state") once it was decided or is before the committee."""
    row = await queries.measure(work, id)
    work.expect(row)
    _not_own(work, row.person_id)
    await give_up(work, row)
    return row


async def overtaken(work: Work, entry: Registration) -> None:
    """End the measures that an entry has no place for any more, with a decision that was not made known yet.

    Whoever was renewed, or left, before a lapse was made known is not touched by it (Awb 3:40).
    """
    for row in await queries.running(work, entry.id):
        if REGISTRATION.may(entry.status, EVENTS[row.kind]):
            continue
        await panel.remove_case(work, row.id)
        if row.decision_id is not None:
            await announcing.take_back(work, row.decision_id)
        await give_up(work, row)


async def give_up(work: Work, row: Measure) -> None:
    """The measure ends, and what was decided of it never works."""
    row.state = MEASURE.after(row.state, MeasureEvent.DROP)
    work.log("measure:drop", row)
    await agenda.done(work, row.id)
    text = f"Wij gaan niet verder met voornemen {row.number}. Uw registratie blijft zoals zij is.\n"
    await _tell(work, row, "measure-dropped", f"Voornemen {row.number} gaat niet door", text)


def _not_own(work: Work, person_id: UUID) -> None:
    if isinstance(work.actor, Actor) and work.actor.person_id == person_id:
        raise Forbidden("own-case")


def _page(work: Work, row: Measure) -> str:
    return f"{work.means.settings.address}/maatregelen/{row.id}"


async def _tell(work: Work, row: Measure, topic: str, subject: str, body: str) -> None:
    person = await people.person(work.session, row.person_id)
    work.send(topic, address=person.email, subject=subject, body=body, person_id=person.id, about=row)
