"""The secretary's deeds on a file: return or lock it, book the payment, and draft the advice."""

from datetime import date
from uuid import UUID

from accreditation.courses import queries
from accreditation.courses.applications import ANSWER, CASE, PAY
from accreditation.courses.award import Award, last_day, require_award, require_from, require_within
from accreditation.courses.models import CourseAccreditation, CourseApplication, CourseFile
from accreditation.courses.policy import FILE, ApplicationKind, FileEvent, PanelState
from accreditation.courses.schemas import NewAdvice, NewBooking
from accreditation.courses.succession import following_day, last_counting, require_succeeds
from accreditation.kinds import CourseKind
from accreditation.programmes import service as programmes
from accreditation.providers import queries as providers
from auth.actor import person_of
from auth.permissions import Role
from core import agenda
from core.billing import Charge, Debtor, Invoice, book, invoice_of, issue
from core.errors import Forbidden, Refused
from core.law.days import add_period
from core.store.work import Work

CHARGE = "course-application"


async def others_file(work: Work, file_id: UUID) -> CourseFile:
    """A file of a provider for which the actor does not act; Forbidden("own-case")."""
    file = await queries.file(work, file_id)
    if await providers.is_member(work, file.provider_id):
        raise Forbidden("own-case")
    return file


async def read(work: Work, file_id: UUID) -> CourseFile:
    """A file that the actor may see, with a trace when it is somebody else's."""
    file = await queries.file(work, file_id)
    if not await providers.is_member(work, file.provider_id):
        work.looked("course-file:read", stream=file.stream(), file=str(file.id))
    return file


async def invoice_of_file(work: Work, file: CourseFile) -> Invoice | None:
    """The invoice of a file, or None while there is none."""
    return await invoice_of(work, file.invoice_id) if file.invoice_id else None


async def return_file(work: Work, file_id: UUID, question: str) -> CourseFile:
    """Send an incomplete file back; the term to decide stands still (Awb 4:5, 4:15)."""
    file = await others_file(work, file_id)
    work.expect(file)
    file.state = FILE.after(file.state, FileEvent.RETURN)
    await ask(work, file, question)
    work.log("course-file:return", file)
    return file


async def ask(work: Work, file: CourseFile, question: str) -> None:
    """Note what the provider must supply, and until when (choice: a date that the office sets, not rolled)."""
    term = work.rules.chosen(file.register_code, work.today).terms["omission-repair"]
    until = add_period(work.today, term.length, term.unit)
    file.question, file.asked_on = question, work.today
    await agenda.expect(
        work, CASE, file.id, ANSWER, role=Role.PROVIDER.value, due_on=until, register=file.register_code
    )


async def lock(work: Work, file_id: UUID) -> CourseFile:
    """Find a file complete: no more edits, and the invoice goes out, or nothing is to be paid (pe-4)."""
    file = await others_file(work, file_id)
    work.expect(file)
    file.state = FILE.after(file.state, FileEvent.LOCK)
    work.log("course-file:lock", file)
    rules = work.rules.chosen(file.register_code, work.today)
    course = await queries.course(work, file.course_id)
    cents = rules.charges.get(course.kind.value, 0)
    if not cents:
        file.state = FILE.after(file.state, FileEvent.WAIVE)
        work.log("course-file:waive", file)
        return file
    debtor = Debtor(organisation_id=file.provider_id)
    charges = [Charge(CHARGE, cents, file.id)]
    invoice = await issue(work, CASE, file.id, debtor, file.register_code, charges, rules.terms["invoice-payment"])
    file.invoice_id, file.state = invoice.id, FILE.after(file.state, FileEvent.INVOICE)
    work.log("course-file:invoice", file, invoice=str(invoice.id))
    await agenda.expect(
        work, CASE, file.id, PAY, role=Role.PROVIDER.value, due_on=invoice.due_on, register=file.register_code
    )
    return file


async def book_payment(work: Work, file_id: UUID, new: NewBooking) -> Invoice:
    """Book the payment of an invoice; from now on the file may be assessed. Invalid("other-amount")."""
    file = await others_file(work, file_id)
    work.expect(file)
    file.state = FILE.after(file.state, FileEvent.PAY)
    if file.invoice_id is None:
        raise Refused("wrong-state", open_moves=FILE.open(file.state))
    invoice = await invoice_of(work, file.invoice_id)
    await book(work, invoice, new.cents, new.reference)
    work.log("course-file:pay", file)
    await agenda.done(work, file.id, PAY)
    return invoice


async def advise(work: Work, file_id: UUID, new: NewAdvice) -> CourseFile:
    """The adviser's draft for the committee.

    Refused: `wrong-state` (not before the payment is booked), `panel-first` (a programme whose panel did not report);
    Invalid: as require_may_award.
    """
    file = await others_file(work, file_id)
    work.expect(file)
    following = FILE.after(file.state, FileEvent.ASSESS)
    course = await queries.course(work, file.course_id)
    if course.kind is CourseKind.PROGRAMME:
        panel = await queries.panel(work, file.id)
        if panel is None or panel.state is not PanelState.REPORTED:
            raise Refused("panel-first")
    award = await award_of(work, file, course.kind, new.points, new.hours, new.from_on)
    if new.positive:
        await require_may_award(work, file, course.kind, award)
    file.state = following
    file.advice = {"positive": new.positive, "reasons": new.reasons, **told(award)}
    file.advised_by = person_of(work.actor)
    work.log("course-file:assess", file, positive=new.positive, points=award.points)
    return file


async def award_of(
    work: Work, file: CourseFile, kind: CourseKind, points: int | None, hours: dict[str, int], from_on: object
) -> Award:
    """What a file would get, with the credits of a master from the national list, and its days by the rule set."""
    ects = file.answers.get("ects")
    if kind is CourseKind.MASTER:
        ects = (await programmes.nvao_master(work, str(file.answers["croho_code"]))).credits
    rules = work.rules.chosen(file.register_code, work.today)
    asked = (await work.session.get_one(CourseApplication, file.application_id)).kind
    first = queries.day_of(str(from_on)) if from_on else await _follows(work, file)
    last = last_day(kind, rules, first)
    if asked is ApplicationKind.CHANGE:  # what it is worth changes, not for how long: it counts from the decision on
        stood = await _changed(work, file)
        first, last = work.today, stood.until_on
    scored = kind is CourseKind.COURSE
    return Award(
        points=points if scored and not hours else None,
        hours=dict(hours) if scored else {},
        ects=None if scored else ects,
        from_on=first,
        until_on=last,
    )


async def _follows(work: Work, file: CourseFile) -> date:
    """The day after the term that stands, or today."""
    return following_day(await queries.terms_of(work, file.course_id, file.register_code), work.today)


async def _changed(work: Work, file: CourseFile) -> CourseAccreditation:
    """The accreditation that a change is about; Refused("not-accredited-yet") once it ended or was withdrawn."""
    found = await queries.latest(work, file.course_id, file.register_code)
    if found is None or last_counting(found) < work.today:
        raise Refused("not-accredited-yet", register=file.register_code)
    return found


async def require_may_award(work: Work, file: CourseFile, kind: CourseKind, award: Award) -> None:
    """Refuse what the rules do not give, and days that could not stand once it is made known.

    Invalid as `require_worth`, award.require_from and succession.require_succeeds.
    """
    require_worth(work, file, kind, award)
    first = award.from_on or work.today
    require_from(first, file.received_on or work.today, work.today)
    if (await work.session.get_one(CourseApplication, file.application_id)).kind is not ApplicationKind.CHANGE:
        require_succeeds(first, await queries.terms_of(work, file.course_id, file.register_code), work.today)


def require_worth(work: Work, file: CourseFile, kind: CourseKind, award: Award) -> None:
    """Refuse what the rules do not give. Invalid as award.require_award and award.require_within."""
    require_award(kind, work.rules.chosen(file.register_code, work.today), award)
    require_within(award.hours, file.answers.get("study_hours"))


def told(award: Award) -> dict[str, object]:
    """An award as JSON columns keep it."""
    return {
        "points": award.points,
        "hours": dict(award.hours),
        "ects": award.ects,
        "from_on": award.from_on.isoformat() if award.from_on else None,
        "until_on": award.until_on.isoformat() if award.until_on else None,
    }
