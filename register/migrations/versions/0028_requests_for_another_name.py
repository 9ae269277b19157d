"""requests for another name"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("prefix", sa.String(length=30), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("partner_prefix", sa.String(length=30), nullable=False),
        sa.Column("partner_family_name", sa.String(length=120), nullable=False),
        sa.Column("name_order", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_name_change_file_id_stored_file")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_name_change_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_change")),
        sa.UniqueConstraint("number", name=op.f("uq_name_change_number")),
    )
    op.create_index(op.f("ix_name_change_person_id"), "name_change", ["person_id"])
    op.create_index(op.f("ix_name_change_state"), "name_change", ["state"])


def downgrade() -> None:
    op.drop_table("name_change")
