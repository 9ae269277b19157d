"""The files of this room that wait: for the secretary, and for the vote of who sits in its committee."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from accreditation.courses import applications
from accreditation.courses.models import Course, CourseApplication, CourseFile, ProgrammePanel
from accreditation.providers import service as providers
from accreditation.providers.models import Provider, ProviderAuthorisation
from auth.actor import Actor
from auth.permissions import Permission, Role
from core import agenda
from core.panel import queries as panel_queries
from core.store.work import Work

ASKED: Any = ProviderAuthorisation.__table__  # type: ignore[attr-defined]
PROVIDER: Any = Provider.__table__  # type: ignore[attr-defined]
FILE: Any = CourseFile.__table__  # type: ignore[attr-defined]
APPLICATION: Any = CourseApplication.__table__  # type: ignore[attr-defined]
COURSE: Any = Course.__table__  # type: ignore[attr-defined]
PANEL: Any = ProgrammePanel.__table__  # type: ignore[attr-defined]


def files(work: Work) -> Iterator[sa.Select[Any]]:
    """What the actor may work on; never of a provider that they act for."""
    if not work.actor.can(Permission.COURSE_ASSESS):
        return
    own = list(work.actor.organisations) if isinstance(work.actor, Actor) else []
    role = Role.SECRETARY.value
    found = agenda.files(providers.CASE, ASKED, PROVIDER.c.number, role=role, title=PROVIDER.c.name)
    yield found.join(PROVIDER, PROVIDER.c.id == ASKED.c.provider_id).where(ASKED.c.provider_id.not_in(own))
    found = agenda.files(applications.CASE, FILE, APPLICATION.c.number, role=role, title=COURSE.c.title)
    yield _with_course(found).where(FILE.c.provider_id.not_in(own))


def _with_course(found: sa.Select[Any]) -> sa.Select[Any]:
    return found.join(APPLICATION, APPLICATION.c.id == FILE.c.application_id).join(
        COURSE, COURSE.c.id == FILE.c.course_id
    )


def votes(work: Work) -> Iterator[sa.Select[Any]]:
    """What waits for the vote of the actor: files of courses, and panels that inspect a programme."""
    if not work.actor.can(Permission.COURSE_VOTE) or not isinstance(work.actor, Actor):
        return
    me, own = work.actor.person_id, list(work.actor.organisations)
    number, title = APPLICATION.c.number, COURSE.c.title
    found = panel_queries.to_vote(applications.CASE, me, FILE, number, title=title)
    yield _with_course(found).where(FILE.c.provider_id.not_in(own))
    found = panel_queries.to_vote(applications.CASE, me, PANEL, number, title=title, term_of=PANEL.c.file_id)
    yield _with_course(found.join(FILE, FILE.c.id == PANEL.c.file_id)).where(FILE.c.provider_id.not_in(own))
