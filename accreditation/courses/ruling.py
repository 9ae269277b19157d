"""The decision on a file, from the votes and the advice; and what it does once it is made known."""

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
    require_award,
    require_from,
    require_grounds,
)
from accreditation.courses.models import Course, CourseAccreditation, CourseApplication, CourseFile
from accreditation.courses.policy import (
    ACCREDITATION,
    FILE,
    AccreditationEvent,
    ApplicationKind,
    CourseKind,
    FileEvent,
)
from accreditation.courses.schemas import NewCourseRuling
from accreditation.courses.service import award_of, told
from accreditation.offer import service as offer
from accreditation.programmes import service as programmes
from accreditation.providers import queries as providers
from core.days import next_day, previous_day
from core.decisions import Decision, Verdict, case_number, take
from core.errors import Refused
from core.voting import Outcome
from core.work import Work

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
    application = await work.session.get_one(CourseApplication, file.application_id)
    course = await queries.course(work, file.course_id)
    rules = work.rules.chosen(file.register_code, work.today)
    require_grounds(votes, Ruling(new.grounds, new.repair))
    granted = votes is Outcome.CARRIED
    award = await _award(work, file, application.kind, course.kind, new) if granted else Award()
    level = None
    if granted:
        require_award(course.kind, rules, award)
        require_from(award.from_on or work.today, file.received_on or work.today, work.today)
        if course.kind is CourseKind.PROGRAMME:
            level = level_of(rules, award.ects)
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
        taken_by=f"panel_session/{session_id}",
        taken_in=session_id,
        decided_on=work.today,
    )


async def _award(work: Work, file: CourseFile, asked: ApplicationKind, kind: CourseKind, new: NewCourseRuling) -> Award:
    """The committee's own award, else the adviser's; a renewal follows on the term before it."""
    advice: dict[str, Any] = file.advice
    own = new.points is not None or bool(new.hours)
    if not own and not advice.get("positive") and kind is CourseKind.COURSE:
        raise Refused("advice-refuses")
    first = new.from_on or await _follows(work, file, asked) or advice.get("from_on") or work.today
    points, hours = (new.points, new.hours) if own else (advice.get("points"), advice.get("hours") or {})
    award = await award_of(work, file, kind, points, hours, first)
    if asked is ApplicationKind.CHANGE:
        award = await _same_days(work, file, award)
    return award


async def _follows(work: Work, file: CourseFile, kind: ApplicationKind) -> date | None:
    stands = await queries.latest(work, file.course_id, file.register_code)
    if kind is ApplicationKind.RENEWAL and stands is not None and stands.until_on >= work.today:
        return next_day(stands.until_on)
    return None


async def _same_days(work: Work, file: CourseFile, award: Award) -> Award:
    """A change alters what a course is worth, not for how long: the new value counts from the decision on."""
    stands = await queries.latest(work, file.course_id, file.register_code)
    if stands is None:
        raise Refused("not-accredited-yet")
    return Award(award.points, award.hours, award.level, award.ects, work.today, stands.until_on)


async def take_effect(work: Work, decision: Decision) -> None:
    """The course is accredited, or not; a decision that replaces another one gives what that one withheld or gave."""
    file = await work.session.get_one(CourseFile, decision.subject_id)
    refused = decision.outcome is Verdict.REFUSED
    file.state = FILE.after(file.state, FileEvent.REFUSE if refused else FileEvent.ACCREDIT)
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


async def end(work: Work, row: CourseAccreditation, decision: Decision) -> None:
    """From this day on nothing more counts, and the offer says so; a term that follows on ends before it begins."""
    row.state, row.withdrawn_on = ACCREDITATION.after(row.state, AccreditationEvent.WITHDRAW), work.today
    work.log("accreditation:withdraw", row, decision=str(decision.id))
    course = await queries.course(work, row.course_id)
    shown = await offer.ending(work, offer_codes(course, row), row.register_code, row.until_on)
    if shown is not None:
        shown.accredited_until = max(previous_day(max(work.today, row.from_on)), shown.accredited_from)
        work.log("offer:shorten", shown, until=shown.accredited_until)


async def _accredit(work: Work, file: CourseFile, decision: Decision) -> None:
    given: dict[str, Any] = decision.result or file.advice
    course = await queries.course(work, file.course_id)
    application = await work.session.get_one(CourseApplication, file.application_id)
    show(course, file.answers)
    work.log("course:show", course, decision=str(decision.id))
    stands = await queries.latest(work, course.id, file.register_code)
    if stands is not None and (stands.decision_id == decision.replaces or application.kind is ApplicationKind.CHANGE):
        _worth(stands, decision, given)
        work.log("accreditation:change", stands, points=stands.points, level=stands.level)
        await _describe(work, course, stands)
        return
    if stands is not None:
        stands.state = ACCREDITATION.after(stands.state, AccreditationEvent.RENEW)
        work.log("accreditation:renew", stands, decision=str(decision.id))
    row = CourseAccreditation(
        course_id=course.id,
        register_code=file.register_code,
        from_on=queries.day_of(given["from_on"]),
        until_on=queries.day_of(given["until_on"]),
        decision_id=decision.id,
    )
    _worth(row, decision, given)
    work.add(row)
    await work.flush()
    work.log("accreditation:give", row, from_on=row.from_on, until_on=row.until_on, points=row.points, level=row.level)
    if course.kind is not CourseKind.VALUATION:  # nobody registers or renews on a method
        await _offer(work, course, row, stands)


def _worth(row: CourseAccreditation, decision: Decision, given: dict[str, Any]) -> None:
    """What it is worth now; what was followed before keeps what its ledger says."""
    row.points, row.hours, row.ects = given.get("points"), given.get("hours") or {}, given.get("ects")
    row.level, row.decision_id = NUMBER_OF.get(decision.level or ""), decision.id


def offer_codes(course: Course, row: CourseAccreditation) -> list[str]:
    """Under which codes a term may stand in the offer: a master by its CROHO code; after a gap with its year."""
    code = course.croho_code if course.kind is CourseKind.MASTER and course.croho_code else course.code
    return [code, f"{course.code}-{row.from_on.year}"]


async def _describe(work: Work, course: Course, row: CourseAccreditation) -> None:
    shown = await offer.ending(work, offer_codes(course, row), row.register_code, row.until_on)
    if shown is not None:
        shown.name, shown.ects = course.title[:200], row.ects
        work.log("offer:describe", shown)


async def _offer(work: Work, course: Course, row: CourseAccreditation, before: CourseAccreditation | None) -> None:
    """Show it in the offer, where registration and portfolios look: a term that follows on lengthens the last one."""
    code, after_gap = offer_codes(course, row)
    if before is not None and next_day(before.until_on) == row.from_on:
        shown = await offer.ending(work, offer_codes(course, before), row.register_code, before.until_on)
        if shown is not None:
            shown.accredited_until, shown.name = row.until_on, course.title[:200]
            work.log("offer:lengthen", shown, until=row.until_on)
            return
    if before is not None:  # diplomas of the days between do not count
        code = after_gap
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
