"""what hangs on a double goes to who was kept; keys of organisations and themes anew"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from core.names import plain_key
from core.terminal import complain
from register.migrations.mending import mend, standing
from register.office.people import hanging

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _doubles()
    _keys()


def downgrade() -> None:
    """What was put right stays right."""


def _doubles() -> None:
    bind = op.get_bind()
    person = sa.table("person", sa.column("id", sa.Uuid()), sa.column("merged_into", sa.Uuid()))
    merged = sa.select(person).where(person.c.merged_into.is_not(None))
    into: dict[UUID, UUID] = {row.id: row.merged_into for row in bind.execute(merged)}
    if not into:
        return
    for known, named in hanging.columns():
        table = standing(bind, known.name)
        if table is None or named.name not in table.c:
            continue
        column = table.c[named.name]
        for row in bind.execute(sa.select(table).where(column.in_(list(into)))).mappings().all():
            kept = _last(into, row[column.name])
            if table.name == "public_entry":
                bind.execute(sa.delete(table).where(column == row[column.name]))
            elif _moves(bind, known, named, dict(row), kept):
                mend(bind, table, dict(row), {column.name: kept}, "person:hand-over", f"person/{kept}")


def _moves(bind: sa.Connection, known: sa.Table, named: sa.Column[Any], row: Mapping[str, Any], kept: UUID) -> bool:
    """Whether a row can go over; what can not and stands for more than what happened is told, not guessed."""
    table = standing(bind, known.name)
    assert table is not None
    padded = {**dict.fromkeys(known.c.keys()), **row}
    if hanging.acted_too(known, named, padded, kept):
        return False
    twice = any(bind.execute(wanted).first() for wanted in hanging.both_stand(known, named, padded, kept))
    if twice and known.name == "registration" and row["status"] != "deregistered":
        complain(f"bekwaam: two entries of one person in one register, left for the office: registration/{row['id']}")
    return not twice


def _last(into: Mapping[UUID, UUID], id: UUID) -> UUID:
    while id in into:
        id = into[id]
    return id


def _keys() -> None:
    bind = op.get_bind()
    provider, course = standing(bind, "provider"), standing(bind, "course")
    assert provider is not None
    assert course is not None
    rows = bind.execute(sa.select(provider)).mappings().all()
    taken = {row["name_key"] for row in rows}
    for row in rows:
        key = plain_key(row["name"])[:160]
        if key == row["name_key"]:
            continue
        if key in taken:
            complain(f"bekwaam: two providers with one name, left as they are: provider/{row['id']}")
            continue
        taken.add(key)
        mend(bind, provider, dict(row), {"name_key": key}, "provider:key", f"provider/{row['id']}")
    for row in bind.execute(sa.select(course)).mappings().all():
        keys = "|".join(["", *(plain_key(theme) for theme in row["themes"]), ""])[:2000]
        if row["themes"] and keys != row["theme_keys"]:
            mend(bind, course, dict(row), {"theme_keys": keys}, "course:key", f"course/{row['id']}")
