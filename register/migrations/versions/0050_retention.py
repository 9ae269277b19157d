"""what holds erasing back, what was erased, and when an entry and a person were"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_retention_hold_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
    )
    op.create_index("ix_retention_hold_person_id", "retention_hold", ["person_id"])
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index("ix_erasure_erased_on", "erasure", ["erased_on"])
    op.create_table(
        "loose_bytes",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_loose_bytes")),
    )
    for table in ("registration", "person"):
        op.add_column(table, sa.Column("erased_on", sa.Date(), nullable=True))


def downgrade() -> None:
    for table in ("person", "registration"):
        op.drop_column(table, "erased_on")  # not by a copy of the table: rows of others refer to it
    op.drop_table("loose_bytes")
    op.drop_index("ix_erasure_erased_on", "erasure")
    op.drop_table("erasure")
    op.drop_index("ix_retention_hold_person_id", "retention_hold")
    op.drop_table("retention_hold")
