"""The decision on a file, from the votes and the advice; and what it does once it is made known."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from accreditation.courses import queries
from accreditation.courses.applications import CASE, settle_change, show
from accreditation.courses.award import (
    NUMBER_OF,
    Award,
    Ruling,
    level_of,
    require_grounds,
)
from accreditation.courses.models import Course, CourseAccreditation, CourseApplication, CourseFile
from accreditation.courses.policy import ACCREDITATION, FILE, AccreditationEvent, ApplicationKind, FileEvent
from accreditation.courses.schemas import NewCourseRuling
from accreditation.courses.service import award_of, require_may_award, require_worth, told
from accreditation.courses.succession import first_free, last_counting, place_of, stands
from accreditation.kinds import CourseKind
from accreditation.offer import service as offer
from accreditation.offer.models import AccreditedOffer
from accreditation.programmes import service as programmes
from accreditation.providers import queries as providers
from core.decisions import Decision, Verdict, case_number, take
from core.errors import Refused
from core.law.days import next_day, previous_day
from core.panel.votes import Outcome
from core.store.work import Work

ACCREDIT = "course-accreditation"


async def decide(work: Work, file: CourseFile, votes: Outcome, new: NewCourseRuling, session_id: UUID) -> Decision:
    """Take the decision that follows from the votes; it works once it is made known.

    Refused: `wrong-state`, `advice-refuses` (to grant against the advice needs an award of its own); Invalid:
    `unknown-ground`, those of award.require_award and require_from, and as core.decisions.take.
    """
    state = FILE.after(file.state, FileEvent.DECIDE)
    decision = await draw_up(work, file, votes, new, session_id)
    file.state = state
    await take(work, decision)
    work.log("course-file:decide", file, decision=str(decision.id))
    return decision


async def draw_up(work: Work, file: CourseFile, votes: Outcome, new: NewCourseRuling, session_id: UUID) -> Decision:
    """The decision as it would be taken today, for the letter before it is; refused as `decide`."""
    course = await queries.course(work, file.course_id)
    require_grounds(votes, Ruling(new.grounds, new.repair))
    award = None
    if votes is Outcome.CARRIED:
        stood = await queries.latest(work, file.course_id, file.register_code)
        advised = None if stood is not None and last_counting(stood) >= work.today else file.advice.get("from_on")
        award = await _award(work, file, course.kind, new, new.from_on or advised)
        await require_may_award(work, file, course.kind, award)
    decision = await _drawn(work, file, course, new, award)
    decision.taken_by, decision.taken_in = f"panel_session/{session_id}", session_id
    return decision


async def anew(work: Work, earlier: Decision, new: NewCourseRuling) -> Decision:
    """What takes the place of a decision on a file (Awb 7:11); not taken yet. It begins where the earlier one
    began, or would have, as far as no other term of the course stands there.

    Refused: `wrong-state`, `advice-refuses`; Invalid: `unknown-ground`, and as require_worth.
    """
    file = await work.session.get_one(CourseFile, earlier.subject_id)
    FILE.after(file.state, FileEvent.REFUSE if new.grounds else FileEvent.ACCREDIT)
    course = await queries.course(work, file.course_id)
    require_grounds(Outcome.LOST if new.grounds else Outcome.CARRIED, Ruling(new.grounds, new.repair))
    if new.grounds:
        return await _drawn(work, file, course, new, None)
    began = queries.day_of(earlier.result.get("from_on") or file.advice.get("from_on") or str(earlier.decided_on))
    terms = await queries.terms_of(work, course.id, file.register_code)
    first = first_free([each for each in terms if each.decision_id != earlier.id], work.today, began)
    award = await _award(work, file, course.kind, new, first)
    require_worth(work, file, course.kind, award)
    return await _drawn(work, file, course, new, award)


async def _drawn(work: Work, file: CourseFile, course: Course, new: NewCourseRuling, given: Award | None) -> Decision:
    """Granted with an award, or refused."""
    application = await work.session.get_one(CourseApplication, file.application_id)
    rules, granted, award = work.rules.chosen(file.register_code, work.today), given is not None, given or Award()
    level = level_of(rules, award.ects) if granted and course.kind is CourseKind.PROGRAMME else None
    return Decision(
        number=case_number("B", work.today),
        kind=ACCREDIT,
        subject_kind=CASE,
        subject_id=file.id,
        round=file.round,
        person_id=file.submitted_by or application.started_by,
        organisation_id=file.provider_id,
        register_code=file.register_code,
        outcome=Verdict.GRANTED if granted else Verdict.REFUSED,
        level=level,
        due_on=award.until_on,
        grounds="" if granted else " ".join(new.grounds),
        reasons=new.reasons,
        repair="" if granted else new.repair,
        rule_set=rules.name,
        facts={"course": str(course.id), "kind": course.kind.value, "advice": file.advice},
        result=told(award),
        taken_by=work.actor.ref,
        decided_on=work.today,
    )


async def _award(work: Work, file: CourseFile, kind: CourseKind, new: NewCourseRuling, from_on: object) -> Award:
    """The committee's own award, else the adviser's; it follows on a term that stands."""
    advice: dict[str, Any] = file.advice
    own = new.points is not None or bool(new.hours)
    if not own and not advice.get("positive") and kind is CourseKind.COURSE:
        raise Refused("advice-refuses")
    points, hours = (new.points, new.hours) if own else (advice.get("points"), advice.get("hours") or {})
    return await award_of(work, file, kind, points, hours, from_on)


async def take_effect(work: Work, decision: Decision) -> None:
    """The course is accredited, or not; a decision that replaces another one gives what that one withheld or gave."""
    file = await work.session.get_one(CourseFile, decision.subject_id)
    refused = decision.outcome is Verdict.REFUSED
    event = FileEvent.REFUSE if refused else FileEvent.ACCREDIT
    file.state = FILE.after(file.state, event)
    file.decision_id = decision.id
    work.log("course-file:refuse" if refused else "course-file:accredit", file, decision=str(decision.id))
    await settle_change(work, file)
    if decision.replaces is not None:
        await _undo(work, decision)
    if not refused:
        await _accredit(work, file, decision)


async def _undo(work: Work, decision: Decision) -> None:
    """What the replaced decision gave ends before it began; the new decision gives anew (Awb 7:11)."""
    wanted = select(CourseAccreditation).where(CourseAccreditation.decision_id == decision.replaces)
    for row in (await work.session.exec(wanted)).all():
        if decision.outcome is Verdict.REFUSED:
            await end(work, row, decision)
            await work.flush()


async def end(work: Work, row: CourseAccreditation, decision: Decision) -> None:
    """From this day on nothing more counts, and the offer says so; a term that follows on ends before it begins.

    What time ended between the decision and its being made known stays as it ended.
    """
    if ACCREDITATION.may(row.state, AccreditationEvent.WITHDRAW):
        row.state, row.withdrawn_on = ACCREDITATION.after(row.state, AccreditationEvent.WITHDRAW), work.today
    work.log("accreditation:withdraw", row, decision=str(decision.id))
    course = await queries.course(work, row.course_id)
    shown = await _shown(work, course, row.register_code, row.until_on) if row.until_on >= work.today else None
    if shown is not None:
        shown.accredited_until = max(previous_day(max(work.today, row.from_on)), shown.accredited_from)
        work.log("offer:shorten", shown, until=shown.accredited_until)


async def give_back(work: Work, decision: Decision) -> None:
    """A withdrawal that was taken back (Awb 7:11(2)): the course counts on all its days again, and is in the offer."""
    row = await queries.accreditation(work, decision.subject_id)
    course = await queries.course(work, row.course_id)
    if row.withdrawn_on is not None:
        shown = await _shown(work, course, row.register_code, max(previous_day(row.withdrawn_on), row.from_on))
        _restore(row, await queries.terms_of(work, course.id, row.register_code))
        if shown is not None:
            shown.accredited_until = row.until_on
            work.log("offer:lengthen", shown, until=shown.accredited_until)
    work.log("accreditation:restore", row, decision=str(decision.id), until_on=row.until_on)


def _restore(row: CourseAccreditation, terms: Sequence[CourseAccreditation]) -> None:
    """A ruling gives back what was withdrawn (Awb 7:11, 7:25), until another one of the course begins."""
    row.state, row.withdrawn_on = ACCREDITATION.after(row.state, AccreditationEvent.RESTORE), None
    row.until_on = place_of(row.from_on, row.until_on, [one for one in terms if one is not row]).until_on


async def _accredit(work: Work, file: CourseFile, decision: Decision) -> None:
    given: dict[str, Any] = decision.result or file.advice
    course = await queries.course(work, file.course_id)
    application = await work.session.get_one(CourseApplication, file.application_id)
    show(course, file.answers)
    work.log("course:show", course, decision=str(decision.id))
    first, last = queries.day_of(given["from_on"]), queries.day_of(given["until_on"])
    terms = await queries.terms_of(work, course.id, file.register_code)
    own = _own(terms, decision, first, change=application.kind is ApplicationKind.CHANGE)
    if own is not None:
        if own.withdrawn_on is not None:
            _restore(own, terms)
        _worth(own, decision, given)
        work.log("accreditation:change", own, points=own.points, level=own.level)
        await _describe(work, course, own)
        return
    place = place_of(first, last, terms)
    for at in place.shortened:
        await _shorten(work, course, terms[at], previous_day(first))
    before = next((row for row in reversed(terms) if stands(row) and row.from_on < first), None)
    if before is not None and ACCREDITATION.may(before.state, AccreditationEvent.RENEW):
        before.state = ACCREDITATION.after(before.state, AccreditationEvent.RENEW)
        work.log("accreditation:renew", before, decision=str(decision.id))
    await work.flush()  # no day is given twice, not even in between
    row = CourseAccreditation(
        course_id=course.id,
        register_code=file.register_code,
        from_on=first,
        until_on=place.until_on,
        decision_id=decision.id,
    )
    _worth(row, decision, given)
    work.add(row)
    await work.flush()
    work.log("accreditation:give", row, from_on=row.from_on, until_on=row.until_on, points=row.points, level=row.level)
    if course.kind is not CourseKind.VALUATION:  # nobody registers or renews on a method
        await _offer(work, course, row, before)


def _own(
    terms: Sequence[CourseAccreditation], decision: Decision, first: date, *, change: bool
) -> CourseAccreditation | None:
    """The accreditation that a decision gives anew or changes, where it gives no other one beside it."""
    if change:
        return next((row for row in reversed(terms) if stands(row)), None)
    if decision.replaces is None:
        return None
    return next((row for row in terms if row.decision_id == decision.replaces or row.from_on == first), None)


async def _shorten(work: Work, course: Course, row: CourseAccreditation, until_on: date) -> None:
    """A succession ends the earlier one on the day before; the offer says so too."""
    shown = await _shown(work, course, row.register_code, row.until_on)
    row.until_on = until_on
    work.log("accreditation:shorten", row, until_on=until_on)
    if shown is not None:
        shown.accredited_until = max(until_on, shown.accredited_from)
        work.log("offer:shorten", shown, until=shown.accredited_until)


def _worth(row: CourseAccreditation, decision: Decision, given: dict[str, Any]) -> None:
    """What it is worth now; what was followed before keeps what its ledger says."""
    row.points, row.hours, row.ects = given.get("points"), given.get("hours") or {}, given.get("ects")
    row.level, row.decision_id = NUMBER_OF.get(decision.level or ""), decision.id


def _offer_code(course: Course) -> str:
    """Under which code a course stands in the offer: a master by its CROHO code."""
    return course.croho_code if course.kind is CourseKind.MASTER and course.croho_code else course.code


async def _shown(work: Work, course: Course, register: str, until_on: date) -> AccreditedOffer | None:
    """The line of the offer in which a term of a course ends."""
    return await offer.ending(work, [_offer_code(course), course.code], register, until_on)


async def _describe(work: Work, course: Course, row: CourseAccreditation) -> None:
    shown = await _shown(work, course, row.register_code, row.until_on)
    if shown is not None:
        shown.name, shown.ects = course.title[:200], row.ects
        work.log("offer:describe", shown)


async def _offer(work: Work, course: Course, row: CourseAccreditation, before: CourseAccreditation | None) -> None:
    """Show it in the offer, where registration and portfolios look: a term that follows on lengthens the last one."""
    if before is not None and next_day(before.until_on) == row.from_on:
        shown = await _shown(work, course, row.register_code, before.until_on)
        if shown is not None:
            shown.accredited_until, shown.name = row.until_on, course.title[:200]
            work.log("offer:lengthen", shown, until=row.until_on)
            return
    # After a gap it stands beside what was: diplomas of the days between do not count.
    after_gap = f"{course.code}-{row.from_on.year}"
    code = await offer.free_code(work, row.register_code, [_offer_code(course), course.code, after_gap])
    provider = (await providers.by_id(work, course.provider_id)).name
    if course.kind is CourseKind.MASTER:
        master = await programmes.nvao_master(work, str(course.croho_code))
        provider = (master.provider_name or master.board_name)[:160]
    await offer.accredit(
        work,
        code,
        row.register_code,
        kind=course.kind.value,
        name=course.title[:200],
        provider=provider,
        ects=row.ects,
        from_on=row.from_on,
        until_on=row.until_on,
    )
