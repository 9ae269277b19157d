"""an account that came to a person by a merge closes where there is another; roles that came by one are told"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

from core.clock import machine_now
from core.terminal import complain
from register.migrations.mending import EVENTS, mend, standing

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An older release handed accounts and roles over: the open token of a double became that of who was kept."""
    bind = op.get_bind()
    account, grant = standing(bind, "account"), standing(bind, "role_grant")
    assert account is not None
    assert grant is not None
    for row in bind.execute(sa.select(account).where(account.c.id.in_(_handed(bind, "account")))).mappings().all():
        others = sa.select(account.c.id).where(account.c.person_id == row["person_id"], account.c.id != row["id"])
        if row["state"] == "closed" or bind.execute(others.where(account.c.state == "active")).first() is None:
            continue
        mend(bind, account, dict(row), {"state": "closed"}, "account:close", f"person/{row['person_id']}")
        session = sa.table(
            "login_session", sa.column("account_id", sa.Uuid()), sa.column("ended_at", sa.DateTime(timezone=True))
        )
        theirs = sa.update(session).where(session.c.account_id == row["id"], session.c.ended_at.is_(None))
        bind.execute(theirs.values(ended_at=machine_now()))
    running = sa.select(grant).where(grant.c.id.in_(_handed(bind, "role_grant")), grant.c.until_on.is_(None))
    for row in bind.execute(running).mappings().all():
        complain(f"bekwaam: a role came by a merge, left for the administrators: role_grant/{row['id']} {row['role']}")


def _handed(bind: sa.Connection, table: str) -> list[object]:
    wanted = sa.select(EVENTS.c.object_id).where(EVENTS.c.action == "person:hand-over", EVENTS.c.object_kind == table)
    return [UUID(id) for (id,) in bind.execute(wanted)]


def downgrade() -> None:
    """What was put right stays right."""
