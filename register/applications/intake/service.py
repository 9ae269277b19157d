"""Reading a file before it goes to the committee, and the second pair of eyes where it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from core.store.work import Work
from register.applications import service as registration
from register.applications.intake.models import FileNote
from register.applications.intake.policy import require_readable, require_second_opinion
from register.applications.intake.schemas import NewNote
from register.applications.renewal.cases import facts_of
from register.entries.models import Application
from register.rules.assessment.answer import Assessment
from register.rules.assessment.assess import assess_facts
from register.rules.assessment.facts import Facts


@dataclass(frozen=True)
class Opened:
    """A file as its reader finds it today."""

    application: Application
    facts: Facts
    assessment: Assessment
    notes: Sequence[FileNote]


async def read(work: Work, application_id: UUID) -> Opened:
    """Read a file, with a trace. NotFound("no-such-application"), Forbidden("own-case")."""
    application = await registration.others_application(work, application_id)
    work.looked("application:read", stream=application.stream(), application=str(application.id))
    facts = await facts_of(work, application)
    return Opened(application, facts, assess_facts(facts, work.rules), await notes_of(work, application.id))


async def notes_of(work: Work, application_id: UUID) -> Sequence[FileNote]:
    """What readers wrote about a file, oldest first."""
    wanted = select(FileNote).where(FileNote.application_id == application_id)
    return (await work.session.exec(wanted.order_by(col(FileNote.id)))).all()


async def ask_second_opinion(work: Work, application_id: UUID) -> Application:
    """Have a second pair of eyes read a file before it goes to a session. Refused("wrong-state")."""
    application = await registration.others_application(work, application_id)
    work.expect(application)
    require_readable(application.state)
    application.second_opinion = True
    work.log("application:ask-second-opinion", application)
    return application


async def write_note(work: Work, application_id: UUID, new: NewNote) -> FileNote:
    """Advise on a file, for the secretary and not for the applicant. Refused("wrong-state"), Forbidden("own-case")."""
    application = await registration.others_application(work, application_id)
    require_readable(application.state)
    note = FileNote(
        application_id=application.id,
        person_id=application.person_id,
        author=work.actor.ref,
        advice=new.advice,
        text=new.text,
        written_at=work.now,
    )
    work.add(note)
    await work.flush()
    work.log("application:advise", note, advice=note.advice.value)
    return note


async def require_read_twice(work: Work, application: Application) -> None:
    """Refused("second-opinion-needed") for a file that asks for a second reader and has none."""
    if application.second_opinion:
        notes = await notes_of(work, application.id)
        require_second_opinion(application.admitted_by, {note.author for note in notes})
