"""The disputes that wait for whoever handles them, never for who had a part in what is contested."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from appeals.disputes import queries
from appeals.disputes.models import Dispute
from appeals.disputes.policy import Kind
from appeals.disputes.terms import ROLE
from core import agenda
from core.store.work import Work

ROW: Any = Dispute.__table__  # type: ignore[attr-defined]


def files(work: Work) -> Iterator[sa.Select[Any]]:
    """Objections and appeals that the actor may handle."""
    person = sa.case((ROW.c.organisation_id.is_(None), ROW.c.person_id))
    for kind in Kind:
        if work.actor.can(queries.HANDLE[kind]):
            found = agenda.files(kind.value, ROW, ROW.c.number, role=ROLE[kind], person=person)
            yield found.where(ROW.c.id.in_(queries.handled(work, kind)))
