"""Consent to letters by the message box instead of post (Awb 2:14): given, withdrawn, each with its day."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from auth.models import MessageBoxConsent, Person
from core.store.work import Work


async def give(work: Work, person: Person) -> None:
    """From today letters may come by the message box; nothing happens when they may already."""
    if person.message_box:
        return
    row = MessageBoxConsent(person_id=person.id, given_on=work.today)
    work.add(row)
    person.message_box = True
    await work.flush()
    work.log("consent:give", row)
    work.log("person:consent", person)


async def withdraw(work: Work, person: Person) -> None:
    """From today letters come by post again; what was made known stays made known."""
    if not person.message_box:
        return
    for row in await history(work, person.id):
        if row.withdrawn_on is None:
            row.withdrawn_on = work.today
            work.log("consent:withdraw", row)
    person.message_box = False
    work.log("person:consent", person)


async def history(work: Work, person_id: UUID) -> Sequence[MessageBoxConsent]:
    """Every consent of a person, the latest first."""
    wanted = select(MessageBoxConsent).where(MessageBoxConsent.person_id == person_id)
    return (await work.session.exec(wanted.order_by(col(MessageBoxConsent.id).desc()))).all()
