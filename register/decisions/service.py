"""Making a decision known, with the remedy clause that belongs to its register."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from babel.dates import format_date
from sqlmodel import and_, col, not_, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from auth import queries as people
from auth.actor import Actor
from auth.permissions import Permission
from core import agenda
from core.decisions import Channel, Decision, DecisionState, Effects, make_known
from core.errors import Forbidden, NotFound
from core.work import Work

DISPUTES = ("objection", "appeal")
BODY = {
    "schoolleiders-po": "de Commissie Registratie van het Schoolleidersregister PO",
    "schoolleiders-vo": "de Commissie Registratie van het Schoolleidersregister VO",
    "leraren": "de Commissie Registratie van het Lerarenregister",
}


def remedy_clause(register: str, last_day: date) -> str:
    """Where, how and until when to object (Awb 3:45, 6:4, 6:5, 6:7)."""
    until = format_date(last_day, "d MMMM y", locale="nl")
    return (
        f"Bent u het niet eens met dit besluit? Dan kunt u bezwaar maken bij {BODY[register]}. "
        f"Doe dat uiterlijk op {until}. Zet in uw bezwaarschrift uw naam en adres, de datum, het nummer van dit "
        f"besluit en waarom u het er niet mee eens bent, en onderteken het. Bezwaar maken kost niets. "
        f"Zolang over uw bezwaar niet is beslist, blijft dit besluit gelden."
    )


async def decision(work: Work, id: UUID) -> Decision:
    """A decision that the actor may see; NotFound("no-such-decision"). An addressee sees it once it is made known."""
    found = (await work.session.exec(_visible(work).where(Decision.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-decision")
    return found


async def read(work: Work, id: UUID) -> Decision:
    """A decision that the actor may see, with a trace when it is addressed to somebody else."""
    found = await decision(work, id)
    if not is_addressed_to(work.actor, found):
        work.log("decision:read", None, stream=found.stream(), decision=str(found.id))
    return found


def is_addressed_to(actor: object, decision: Decision) -> bool:
    """Whether a decision is one's own: taken on one's own request, or addressed to an organisation one acts for."""
    if not isinstance(actor, Actor):
        return False
    if decision.organisation_id is not None:
        return decision.organisation_id in actor.organisations
    return decision.person_id == actor.person_id


async def decisions(work: Work, state: DecisionState | None, after: UUID | None, most: int) -> Sequence[Decision]:
    """The decisions that the actor may see, oldest first."""
    wanted = _visible(work)
    if state is not None:
        wanted = wanted.where(Decision.state == state)
    if after is not None:
        wanted = wanted.where(col(Decision.id) > after)
    return (await work.session.exec(wanted.order_by(col(Decision.id)).limit(most))).all()


def _visible(work: Work) -> SelectOfScalar[Decision]:
    actor = work.actor
    wanted = select(Decision)
    if not isinstance(actor, Actor):
        return wanted
    mine = and_(col(Decision.organisation_id).is_(None), col(Decision.person_id) == actor.person_id)
    if actor.organisations:
        # Said twice, because IN over nothing known is neither true nor false.
        theirs = and_(
            col(Decision.organisation_id).is_not(None), col(Decision.organisation_id).in_(actor.organisations)
        )
        mine = or_(mine, theirs)
    own = and_(mine, col(Decision.notified_on).is_not(None))
    if actor.can(Permission.DECISION_READ):
        # One on an objection or appeal is read in the dispute, where who took part is shut out (Awb 7:5, 10:3).
        return wanted.where(or_(own, and_(not_(mine), col(Decision.subject_kind).not_in(DISPUTES))))
    return wanted.where(own)


async def notify(work: Work, id: UUID, channel: Channel | None, effects: Effects) -> Decision:
    """Make a decision known, which starts the term to object and lets it take effect; a message goes with it.

    The message box needs the addressee's consent, else post (Choices). Forbidden: `own-case`, `no-consent`.
    """
    found = await decision(work, id)
    work.expect(found)
    if is_addressed_to(work.actor, found):
        raise Forbidden("own-case")
    return await announce(work, found, channel, effects)


async def announce(work: Work, found: Decision, channel: Channel | None, effects: Effects) -> Decision:
    """Make a decision known by the addressee's channel, tick off its task and send the message; as `notify`."""
    person = await people.person(work.session, found.person_id)
    if channel is Channel.MESSAGE_BOX and not person.message_box:
        raise Forbidden("no-consent")
    by = channel or (Channel.MESSAGE_BOX if person.message_box else Channel.POST)
    await make_known(work, found, by, lambda last_day: remedy_clause(found.register_code, last_day), effects)
    await agenda.done(work, found.subject_id)
    if by is Channel.MESSAGE_BOX:
        work.send(
            "decision",
            address=person.email,
            subject=f"Er staat een besluit voor u klaar: {found.number}",
            body=f"In uw berichtenbox bij Bekwaam staat besluit {found.number}. Log in om het te lezen.\n",
            person_id=person.id,
        )
    return found
