"""The files of this room that wait for the secretary: providers to admit, applications for courses."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from accreditation.courses import applications
from accreditation.courses.models import CourseApplication, CourseFile
from accreditation.providers import service as providers
from accreditation.providers.models import Provider, ProviderAuthorisation
from auth.actor import Actor
from auth.permissions import Permission, Role
from core import agenda
from core.work import Work

ASKED: Any = ProviderAuthorisation.__table__  # type: ignore[attr-defined]
PROVIDER: Any = Provider.__table__  # type: ignore[attr-defined]
FILE: Any = CourseFile.__table__  # type: ignore[attr-defined]
APPLICATION: Any = CourseApplication.__table__  # type: ignore[attr-defined]


def files(work: Work) -> Iterator[sa.Select[Any]]:
    """What the actor may work on; never of a provider that they act for."""
    if not work.actor.can(Permission.COURSE_ASSESS):
        return
    own = list(work.actor.organisations) if isinstance(work.actor, Actor) else []
    role = Role.SECRETARY.value
    found = agenda.files(providers.CASE, ASKED, PROVIDER.c.number, role=role)
    yield found.join(PROVIDER, PROVIDER.c.id == ASKED.c.provider_id).where(ASKED.c.provider_id.not_in(own))
    found = agenda.files(applications.CASE, FILE, APPLICATION.c.number, role=role)
    yield found.join(APPLICATION, APPLICATION.c.id == FILE.c.application_id).where(FILE.c.provider_id.not_in(own))
