"""Invoices: lines in cents, a day on which they are due, booked when the money came, credited when it must not come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col, select

from core.decisions import case_number
from core.errors import Invalid, NotFound
from core.law.rulesets import Length
from core.law.terms import add_period
from core.machine import Machine
from core.store.db import Versioned, choice
from core.store.work import Work


class InvoiceState(StrEnum):
    """The debtor moves next while it is open."""

    OPEN = "open"
    BOOKED = "booked"
    CREDITED = "credited"


class InvoiceEvent(StrEnum):
    BOOK = "book"
    CREDIT = "credit"


INVOICE = Machine(
    "invoice",
    InvoiceState.OPEN,
    {
        (InvoiceState.OPEN, InvoiceEvent.BOOK): InvoiceState.BOOKED,
        (InvoiceState.OPEN, InvoiceEvent.CREDIT): InvoiceState.CREDITED,
        (InvoiceState.BOOKED, InvoiceEvent.CREDIT): InvoiceState.CREDITED,  # and the money goes back
    },
)


class Invoice(Versioned, table=True):
    """One invoice to a person or an organisation, for one case; a board has its collective one (verzamelfactuur)."""

    __tablename__ = "invoice"
    __table_args__ = (sa.CheckConstraint("total_cents > 0", name="asks_something"),)

    number: str = Field(max_length=20, unique=True)
    case_kind: str = Field(max_length=40)
    case_id: UUID = Field(index=True)
    person_id: UUID | None = Field(default=None, index=True)
    organisation_id: UUID | None = Field(default=None, index=True)
    register_code: str = Field(max_length=40)
    state: InvoiceState = Field(default=INVOICE.start, sa_type=choice(InvoiceState))
    total_cents: int
    issued_on: date
    due_on: date
    booked_on: date | None = None
    reference: str = Field(default="", max_length=60)
    """Of the payment at the bank."""
    credited_on: date | None = None

    def stream(self) -> str:
        return f"invoice/{self.id}"


class InvoiceLine(Versioned, table=True):
    """What is asked for what; `about` is the file or person that the line is for."""

    __tablename__ = "invoice_line"
    __table_args__ = (sa.UniqueConstraint("invoice_id", "position"),)

    invoice_id: UUID = Field(foreign_key="invoice.id")
    position: int
    code: str = Field(max_length=40)
    """What it is for, as the catalogues word it: `course-application`."""
    about: UUID | None = None
    cents: int

    def stream(self) -> str:
        return f"invoice/{self.invoice_id}"


@dataclass(frozen=True)
class Debtor:
    """Who pays: one of the two."""

    person_id: UUID | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Charge:
    """One line to be: euro cents, and for whom or what."""

    code: str
    cents: int
    about: UUID | None = None


async def issue(
    work: Work,
    case_kind: str,
    case_id: UUID,
    debtor: Debtor,
    register: str,
    charges: Sequence[Charge],
    term: Length,
) -> Invoice:
    """Issue an invoice today, due at the end of the term; Invalid("nothing-to-charge") when it comes to nothing."""
    total = sum(charge.cents for charge in charges)
    if total <= 0:
        raise Invalid("nothing-to-charge")
    invoice = Invoice(
        number=case_number("F", work.today),
        case_kind=case_kind,
        case_id=case_id,
        person_id=debtor.person_id,
        organisation_id=debtor.organisation_id,
        register_code=register,
        total_cents=total,
        issued_on=work.today,
        due_on=add_period(work.today, term.length, term.unit),
    )
    work.add(invoice)
    await work.flush()
    work.log("invoice:issue", invoice, cents=total, due_on=invoice.due_on, case=str(case_id))
    for position, charge in enumerate(charges, start=1):
        line = InvoiceLine(invoice_id=invoice.id, position=position, **vars(charge))
        work.add(line)
        work.log("invoice:line", line, code=charge.code, cents=charge.cents)
    await work.flush()
    return invoice


async def invoice_of(work: Work, id: UUID) -> Invoice:
    """NotFound("no-such-invoice")."""
    found = (await work.session.exec(select(Invoice).where(Invoice.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-invoice")
    return found


async def lines_of(work: Work, ids: Sequence[UUID]) -> Sequence[InvoiceLine]:
    """The lines of some invoices, in their order."""
    wanted = select(InvoiceLine).where(col(InvoiceLine.invoice_id).in_(ids))
    return (await work.session.exec(wanted.order_by(col(InvoiceLine.invoice_id), col(InvoiceLine.position)))).all()


async def book(work: Work, invoice: Invoice, cents: int, reference: str) -> None:
    """The money came, all of it: Invalid("other-amount") otherwise; Refused("wrong-state") when it came before."""
    following = INVOICE.after(invoice.state, InvoiceEvent.BOOK)
    if cents != invoice.total_cents:
        raise Invalid("other-amount", [("cents", "other-amount")], cents=invoice.total_cents)
    invoice.state, invoice.booked_on, invoice.reference = following, work.today, reference
    work.log("invoice:book", invoice, cents=cents)


async def credit(work: Work, invoice: Invoice) -> None:
    """What was asked is not owed any more, or was and goes back; Refused("wrong-state") the second time."""
    invoice.state, invoice.credited_on = INVOICE.after(invoice.state, InvoiceEvent.CREDIT), work.today
    work.log("invoice:credit", invoice, cents=invoice.total_cents)
