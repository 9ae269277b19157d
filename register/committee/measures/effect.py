"""What a measure does when it is made known, or when its day comes: the entry lapses, or is struck off."""

from collections.abc import Sequence
from datetime import date

from auth import queries as people
from core.decisions import Decision, Effects, works_from
from core.store.work import Work
from core.texts import day
from register.committee.measures import queries
from register.committee.measures.models import Measure
from register.committee.measures.policy import (
    EVENTS,
    MEASURE,
    MeasureEvent,
    MeasureKind,
    MeasureState,
    require_nothing_waits,
)
from register.entries import queries as registrations
from register.entries.entry import move_all, stand_meanwhile, without
from register.entries.models import Registration
from register.entries.policy import REGISTRATION


async def take_effect(work: Work, decision: Decision) -> None:
    """What a measure does once it is made known: a lapse at once, a strike-off on its day (Awb 3:40).

    Refused as policy.require_nothing_waits: a renewal that was asked meanwhile is decided first.
    """
    row = await work.session.get_one(Measure, decision.subject_id)
    asked_on = await queries.renewal_asked_on(work, row.registration_id)
    require_nothing_waits(row.kind, asked_on, decision.notified_on or work.today)
    row.state = MEASURE.after(row.state, MeasureEvent.NOTIFY)
    if row.effect_on is not None:
        row.effect_on = works_from(row.effect_on, decision.notified_on or work.today)
        if decision.result.get("effect_on") != row.effect_on.isoformat():
            decision.result = {**decision.result, "effect_on": row.effect_on.isoformat()}
    work.log("measure:notify", row, decision=str(decision.id), effect_on=row.effect_on)
    if row.effect_on is None or row.effect_on <= work.today:
        await carry_out(work, row, await registrations.registration(work, row.registration_id))


async def carry_out(work: Work, row: Measure, entry: Registration) -> None:
    """Move the entry as was decided, from the day that the decision names; Refused("wrong-state")."""
    await _carry_out_all(work, row.kind, [(row, entry)])


async def carry_out_due(work: Work, on: date, most: int) -> int:
    """Strike-offs whose day has come, so many at a time; how many. For the daily sweep."""
    found = await queries.due(work, on, most)
    if found:
        await _carry_out_all(work, MeasureKind.STRIKE_OFF, found)
        await _tell(work, [row for row, _ in found])
    return len(found)


async def _tell(work: Work, rows: Sequence[Measure]) -> None:
    """That the day of a strike-off has come (Awb 3:40)."""
    addresses = await people.addresses_of(work.session, {row.person_id for row in rows})
    for row in rows:
        work.send(
            "strike-off-carried-out",
            address=addresses[row.person_id],
            subject="Uw registratie is doorgehaald",
            body=(
                f"Uw registratie is doorgehaald vanaf {day(row.effect_on, 'nl')}, zoals in het besluit staat.\n"
                f"Lees het besluit op {work.means.settings.address}/mijn/besluiten/{row.decision_id}.\n"
            ),
            person_id=row.person_id,
            about=row,
        )


async def due_days(work: Work, on: date) -> Sequence[date]:
    """The days, until now, on which a strike-off takes effect that was not carried out."""
    return await queries.due_days(work, on)


async def _carry_out_all(
    work: Work, kind: MeasureKind, found: Sequence[tuple[Measure, Registration]], since: date | None = None
) -> None:
    for row, _ in found:
        row.state = MEASURE.after(row.state, MeasureEvent.CARRY_OUT)
        work.log("measure:carry-out", row, effect_on=row.effect_on)
    rest_on = {entry.id: row.decision_id for row, entry in found}
    days = [(entry, since or row.effect_on or work.today) for row, entry in found]
    await move_all(work, days, EVENTS[kind], decisions=rest_on)


async def halt(work: Work, decision: Decision) -> None:
    """Suspended while it is contested (compare Awb 6:16): its day does not come, or the entry stands meanwhile."""
    row = await work.session.get_one(Measure, decision.subject_id)
    carried_out = row.state is MeasureState.CARRIED_OUT
    row.state = MEASURE.after(row.state, MeasureEvent.HALT)
    work.log("measure:halt", row, decision=str(decision.id))
    if carried_out:
        await stand_meanwhile(work, await registrations.registration(work, row.registration_id), decision)


async def resume(work: Work, decision: Decision) -> None:
    """The suspension ended: from today it works as was decided, or on its day when that is still to come.

    An entry that ended or was renewed meanwhile has no place for it any more, and stays as it is.
    """
    row = await work.session.get_one(Measure, decision.subject_id)
    row.state = MEASURE.after(row.state, MeasureEvent.RESUME)
    work.log("measure:resume", row, decision=str(decision.id))
    entry = await registrations.registration(work, row.registration_id)
    due = row.effect_on is None or row.effect_on <= work.today
    if due and REGISTRATION.may(entry.status, EVENTS[row.kind]):
        await _carry_out_all(work, row.kind, [(row, entry)], work.today)


async def undo(work: Work, decision: Decision) -> None:
    """A measure that was taken back (Awb 7:11(2)): the entry stands again from the day on which it ended."""
    row = await work.session.get_one(Measure, decision.subject_id)
    ended = row.state in {MeasureState.CARRIED_OUT, MeasureState.HALTED}
    row.state = MEASURE.after(row.state, MeasureEvent.UNDO)
    work.log("measure:undo", row, decision=str(decision.id))
    if ended:
        await without(work, await registrations.registration(work, row.registration_id), decision)


EFFECTS = Effects({kind.value: take_effect for kind in MeasureKind})
