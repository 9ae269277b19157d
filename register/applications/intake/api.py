"""The secretary's file as JSON: what the rules make of it, and the second pair of eyes."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from auth.permissions import Permission
from core.records import filled
from core.web.http import WorkDep, versioned
from register.applications.answers import application_view
from register.applications.intake import service
from register.applications.intake.models import FileNote
from register.applications.intake.schemas import FileView, NewNote, NoteView
from register.applications.renewal.schemas import StepView
from register.entries.schemas import ApplicationView

HERE = "/applications/{application_id:uuid}"


@get(HERE + "/assessment", requires=Permission.APPLICATION_ADMIT, tags=["applications"])
async def read(work: WorkDep, application_id: FromPath[UUID]) -> FileView:
    """What the rules make of a file today, and what its readers wrote; the look leaves a trace."""
    found = await service.read(work, application_id)
    answer = found.assessment
    return filled(
        FileView,
        answer,
        application_id=found.application.id,
        explanation=[StepView(each.rule, each.code, each.why, each.from_on, each.to_on) for each in answer.explanation],
        notes=[note_view(note) for note in found.notes],
        second_opinion=found.application.second_opinion,
        sampled=found.application.sampled,
    )


def note_view(note: FileNote) -> NoteView:
    """What a reader wrote."""
    return NoteView(note.id, note.advice.value, note.text, note.author, note.written_at)


@post(HERE + "/second-opinion-request", requires=Permission.APPLICATION_ADMIT, if_match=True, tags=["applications"])
async def ask_second_opinion(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """Ask that somebody else reads the file before it goes to a session."""
    row = await service.ask_second_opinion(work, application_id)
    await work.flush()
    return versioned(await application_view(work, row), row.version, 201)


@post(HERE + "/notes", requires=Permission.APPLICATION_ADMIT, tags=["applications"])
async def write_note(work: WorkDep, application_id: FromPath[UUID], data: JSONBody[NewNote]) -> Response[NoteView]:
    """Advise on a file, for the secretary and the committee."""
    note = await service.write_note(work, application_id, data)
    return versioned(note_view(note), note.version, 201)


ROUTES = Router("/", route_handlers=[read, ask_second_opinion, write_note])
