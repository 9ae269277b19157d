"""Invoices derived anew, for `verify`: totals from lines, states from the trail, nothing judged before payment."""

from collections import defaultdict
from collections.abc import AsyncIterator
from uuid import UUID

from sqlmodel import col, select

from accreditation.courses.models import CourseFile
from accreditation.courses.policy import JUDGED
from core.billing import Invoice, InvoiceLine, InvoiceState
from core.store.audit import Finding, TrailEvent
from core.store.db import AsyncSession

AFTER = {
    "invoice:issue": InvoiceState.OPEN,
    "invoice:book": InvoiceState.BOOKED,
    "invoice:credit": InvoiceState.CREDITED,
}


async def invoices(session: AsyncSession) -> AsyncIterator[Finding]:
    """`invoice-total-differs`, `invoice-state-differs`, `assessed-before-payment`."""
    totals: dict[UUID, int] = defaultdict(int)
    for line in await session.exec(select(InvoiceLine)):
        totals[line.invoice_id] += line.cents
    said: dict[str, InvoiceState] = {}
    told = (
        select(TrailEvent)
        .where(col(TrailEvent.action).in_(AFTER))
        .order_by(col(TrailEvent.stream), col(TrailEvent.seq))
    )
    for event in await session.exec(told):
        said[event.object_id or ""] = AFTER[event.action]
    states: dict[UUID, InvoiceState] = {}
    for invoice in await session.exec(select(Invoice).order_by(col(Invoice.id))):
        states[invoice.id] = invoice.state
        if totals[invoice.id] != invoice.total_cents:
            yield Finding("invoice-total-differs", f"invoice/{invoice.id}")
        days = {InvoiceState.BOOKED: invoice.booked_on, InvoiceState.CREDITED: invoice.credited_on}
        if said.get(str(invoice.id)) is not invoice.state or days.get(invoice.state, invoice.issued_on) is None:
            yield Finding("invoice-state-differs", f"invoice/{invoice.id}")
    judged = select(CourseFile.id, CourseFile.invoice_id).where(col(CourseFile.state).in_(JUDGED))
    for id, invoice_id in await session.exec(judged.order_by(col(CourseFile.id))):
        if invoice_id is not None and states.get(invoice_id) is not InvoiceState.BOOKED:
            yield Finding("assessed-before-payment", f"course_file/{id}")
