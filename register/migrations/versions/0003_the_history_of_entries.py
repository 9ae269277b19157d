"""The history of entries, told back from the trail where entries stand already."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from core.store.db import new_id

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
DAYS = ("registered_on", "period_began_on", "due_on")
UNTITLED = ("enrolled", "application-open")


def upgrade() -> None:
    lines = op.create_table(
        "entry_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("period_began_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_entry_version_decision_id_decision")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_entry_version_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_version")),
        sa.UniqueConstraint("registration_id", "seq", name=op.f("uq_entry_version_registration_id_seq")),
    )
    with op.batch_alter_table("entry_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_version_holds_from"), ["holds_from"], unique=False)
    if told := list(_told_by_the_trail()):
        op.bulk_insert(lines, told)
    _append_only()


def downgrade() -> None:
    op.drop_table("entry_version")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION history_is_append_only()")


def _told_by_the_trail() -> Any:
    """One line for each event about an entry; titles stand in no event, so they follow from the register."""
    entries = {
        str(UUID(str(id))): register
        for id, register in op.get_bind().execute(sa.text("SELECT id, register_code FROM registration"))
    }
    events = sa.table(
        "trail_event",
        *(sa.column(name) for name in ("object_kind", "object_id", "action", "facts", "stream", "seq")),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("on_day", sa.Date()),
    )
    wanted = sa.select(events).where(events.c.object_kind == "registration", events.c.object_id.in_(list(entries)))
    standing: dict[str, dict[str, Any]] = {}
    for event in op.get_bind().execute(wanted.order_by(events.c.stream, events.c.seq)):
        facts = json.loads(event.facts)
        before = standing.get(event.object_id, {"seq": 0, "level": None, "decision_id": None, **dict.fromkeys(DAYS)})
        now = {**before, "seq": before["seq"] + 1, "status": facts.get("status", "enrolled")}
        now |= {name: facts[name] and date.fromisoformat(facts[name]) for name in DAYS if name in facts}
        now |= {"level": facts.get("level", now["level"])}
        if "decision_id" in facts:
            now["decision_id"] = facts["decision_id"] and UUID(facts["decision_id"])
        titled = "leraar" if entries[event.object_id] == "leraren" else "RDO"
        standing[event.object_id] = now
        yield {
            **now,
            "id": new_id(),
            "registration_id": UUID(event.object_id),
            "event": event.action.removeprefix("registration:"),
            "title": "" if now["status"] in UNTITLED else titled,
            "holds_from": event.on_day,
            "recorded_at": event.at,
        }


def _append_only() -> None:
    """A history refuses change and removal, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER entry_version_no_{verb.lower()} BEFORE {verb} ON entry_version "
                "BEGIN SELECT RAISE(ABORT, 'a history is append only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a history is append only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER entry_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry_version "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()"
    )
