"""the agenda of a session shows the last day that its decision gave"""

import sqlalchemy as sa
from alembic import op

from register.migrations.mending import mend, standing

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    item, decision = standing(bind, "panel_item"), standing(bind, "decision")
    if item is None or decision is None:
        return
    same = sa.and_(decision.c.subject_id == item.c.case_id, decision.c.taken_in == item.c.session_id)
    given = sa.select(item.c.id, decision.c.due_on, decision.c.level).join(decision, same)
    days = {id: (due_on, level) for id, due_on, level in bind.execute(given.where(item.c.state == "decided"))}
    for found in bind.execute(sa.select(item).where(item.c.id.in_(list(days)))).mappings().all():
        row = dict(found)
        due_on, level = days[row["id"]]
        shown = {**row["summary"], "due_on": due_on.isoformat() if due_on else None, "level": level}
        if "due_on" in row["summary"] and shown["due_on"] != row["summary"]["due_on"]:
            mend(bind, item, row, {"summary": shown}, "session:summary", f"panel_session/{row['session_id']}")


def downgrade() -> None:
    """What was put right stays right."""
