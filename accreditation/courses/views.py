"""Courses, applications and files as their readers see them, lists in a constant number of queries."""

from collections.abc import Sequence

from sqlmodel import col, select

from accreditation.courses import queries
from accreditation.courses.models import (
    Course,
    CourseAccreditation,
    CourseApplication,
    CourseFile,
    CourseWithdrawal,
    ProgrammePanel,
)
from accreditation.courses.policy import FILE
from accreditation.courses.schemas import (
    AccreditationView,
    CourseApplicationView,
    CourseView,
    FileView,
    InvoiceView,
    PanelView,
    WithdrawalView,
)
from accreditation.courses.wizard import QUESTIONS, unanswered
from core.billing import Invoice
from core.work import Work

PUBLIC = [name for name, one in QUESTIONS.items() if one.public]


async def application_view(work: Work, row: CourseApplication) -> CourseApplicationView:
    """One application."""
    return (await application_views(work, [row]))[0]


async def application_views(work: Work, rows: Sequence[CourseApplication]) -> list[CourseApplicationView]:
    """Applications with their files and invoices."""
    files = await queries.files_of(work, [row.id for row in rows])
    wanted = select(Course).where(col(Course.id).in_([row.course_id for row in rows]))
    courses = {course.id: course for course in await work.session.exec(wanted)}
    paid = select(Invoice).where(col(Invoice.id).in_([file.invoice_id for file in files if file.invoice_id]))
    invoices = {invoice.id: invoice for invoice in await work.session.exec(paid)}
    return [
        CourseApplicationView(
            id=row.id,
            number=row.number,
            provider_id=row.provider_id,
            course_id=row.course_id,
            kind=row.kind.value,
            course_kind=courses[row.course_id].kind.value,
            answers=row.answers,
            public=PUBLIC,
            unanswered=unanswered(courses[row.course_id].kind, row.answers),
            started_at=row.started_at,
            files=[
                file_view(file, invoices.get(file.invoice_id) if file.invoice_id else None)
                for file in files
                if file.application_id == row.id
            ],
        )
        for row in rows
    ]


def file_view(row: CourseFile, invoice: Invoice | None) -> FileView:
    """One register's file."""
    return FileView(
        id=row.id,
        application_id=row.application_id,
        course_id=row.course_id,
        register_code=row.register_code,
        state=row.state.value,
        received_on=row.received_on,
        decide_by_on=row.decide_by_on,
        question=row.question,
        invoice=invoice_view(invoice) if invoice else None,
        decision_id=row.decision_id,
        open_moves=FILE.open(row.state),
    )


def invoice_view(row: Invoice) -> InvoiceView:
    """An invoice."""
    return InvoiceView(
        id=row.id,
        number=row.number,
        state=row.state.value,
        total_cents=row.total_cents,
        issued_on=row.issued_on,
        due_on=row.due_on,
        booked_on=row.booked_on,
    )


async def course_views(work: Work, rows: Sequence[Course]) -> list[CourseView]:
    """Courses with their accreditations."""
    given = await queries.accreditations(work, [row.id for row in rows])
    return [
        CourseView(
            id=row.id,
            provider_id=row.provider_id,
            code=row.code,
            pe_course_id=row.pe_course_id,
            external_id=row.external_id,
            kind=row.kind.value,
            title=row.title,
            answers=row.answers,
            accreditations=[accreditation_view(one) for one in given if one.course_id == row.id],
        )
        for row in rows
    ]


def accreditation_view(row: CourseAccreditation) -> AccreditationView:
    """What a course is worth in a register."""
    return AccreditationView(
        id=row.id,
        register_code=row.register_code,
        state=row.state.value,
        points=row.points,
        hours=row.hours,
        level=row.level,
        ects=row.ects,
        from_on=row.from_on,
        until_on=row.until_on,
        withdrawn_on=row.withdrawn_on,
        decision_id=row.decision_id,
    )


def panel_view(row: ProgrammePanel) -> PanelView:
    """The panel of a programme."""
    return PanelView(row.id, row.state.value, row.bureau, row.composition, row.report)


def withdrawal_view(row: CourseWithdrawal) -> WithdrawalView:
    """A proposal to withdraw."""
    return WithdrawalView(
        id=row.id,
        accreditation_id=row.accreditation_id,
        grounds=row.grounds.split(),
        reasons=row.reasons,
        repair=row.repair,
        proposed_at=row.proposed_at,
        decision_id=row.decision_id,
        rejected=row.rejected_at is not None,
    )
