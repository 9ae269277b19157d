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
from core.records import filled
from core.store.work import Work

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
        filled(
            CourseApplicationView,
            row,
            course_kind=courses[row.course_id].kind.value,
            public=PUBLIC,
            unanswered=unanswered(courses[row.course_id].kind, row.answers),
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
    return filled(FileView, row, invoice=invoice_view(invoice) if invoice else None, open_moves=FILE.open(row.state))


def invoice_view(row: Invoice) -> InvoiceView:
    """An invoice."""
    return filled(InvoiceView, row)


async def course_views(work: Work, rows: Sequence[Course]) -> list[CourseView]:
    """Courses with their accreditations."""
    given = await queries.accreditations(work, [row.id for row in rows])
    return [
        filled(CourseView, row, accreditations=[accreditation_view(one) for one in given if one.course_id == row.id])
        for row in rows
    ]


def accreditation_view(row: CourseAccreditation) -> AccreditationView:
    """What a course is worth in a register."""
    return filled(AccreditationView, row)


def panel_view(row: ProgrammePanel) -> PanelView:
    """The panel of a programme."""
    return PanelView(row.id, row.state.value, row.bureau, row.composition, row.report)


def withdrawal_view(row: CourseWithdrawal) -> WithdrawalView:
    """A proposal to withdraw."""
    return filled(WithdrawalView, row, grounds=row.grounds.split(), rejected=row.rejected_at is not None)
