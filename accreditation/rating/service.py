"""Participants rate what they attended, once for each run, and may think otherwise for a while."""

from uuid import UUID

from accreditation.rating import queries
from accreditation.rating.models import CourseRating
from accreditation.rating.policy import last_day_to_change, require_changeable, require_may_rate
from accreditation.rating.schemas import NewRating, RatingView
from accreditation.runs import queries as runs
from accreditation.runs.models import Run
from auth.actor import person_of
from core.errors import NotFound
from core.store.work import Work


async def rate(work: Work, run_id: UUID, new: NewRating) -> CourseRating:
    """Rate a run in which the actor has credit.

    NotFound("no-such-run"); Forbidden("own-case"); Refused: `no-credit-in-run`, `already-there` when rated before.
    """
    run = await work.session.get(Run, run_id)
    if run is None:
        raise NotFound("no-such-run")
    register = await queries.register_of_credit(work, run.id)
    require_may_rate(booked=register is not None, own=runs.may_act_for(work, run.provider_id))
    row = CourseRating(
        run_id=run.id,
        course_id=run.course_id,
        person_id=person_of(work.actor),
        register_code=register or "",
        rated_on=work.today,
        **new.model_dump(),
    )
    work.add(row)
    await work.flush()
    work.log("rating:give", row, run=str(run.id), stars=row.stars, complaint=row.complaint)
    return row


async def change(work: Work, id: UUID, new: NewRating) -> CourseRating:
    """Think otherwise, within the term; Refused("rating-stands") after it."""
    row, _ = await queries.own(work, id)
    work.expect(row)
    require_changeable(row.rated_on, work.rules.chosen(row.register_code, work.today), work.today)
    row.stars, row.remark, row.complaint = new.stars, new.remark, new.complaint
    work.log("rating:change", row, stars=row.stars, complaint=row.complaint)
    await work.flush()
    return row


def view(work: Work, row: CourseRating, course: str) -> RatingView:
    """A rating as who gave it sees it."""
    until = last_day_to_change(row.rated_on, work.rules.chosen(row.register_code, work.today))
    return RatingView(row.id, row.run_id, course, row.stars, row.remark, row.complaint, row.rated_on, until)
