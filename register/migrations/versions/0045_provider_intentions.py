"""what is meant about a provider or its course, told before it is decided; where a provider gets its post"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_intention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("urgent", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("view_until", sa.Date(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("viewed_on", sa.Date(), nullable=True),
        sa.Column("intended_by", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_provider_intention_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_intention")),
    )
    with op.batch_alter_table("provider") as batch:
        batch.add_column(sa.Column("address", sa.String(length=120), nullable=True))
    op.create_index("ix_provider_intention_provider_id", "provider_intention", ["provider_id"])
    op.create_index("ix_provider_intention_subject_id", "provider_intention", ["subject_id"])


def downgrade() -> None:
    op.drop_column("provider", "address")  # not by a copy of the table: rows of others refer to it
    op.drop_table("provider_intention")
