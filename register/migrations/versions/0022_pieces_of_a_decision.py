"""which decision a piece of a dispute belongs to, and why it is kept from the filer"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("piece") as batch:
        batch.add_column(sa.Column("kept_ground", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("decision_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_piece_decision_id_decision"), "decision", ["decision_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("piece") as batch:
        batch.drop_constraint(op.f("fk_piece_decision_id_decision"), type_="foreignkey")
        batch.drop_column("decision_id")
        batch.drop_column("kept_ground")
