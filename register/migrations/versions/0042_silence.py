"""notices of default on applications, and what an appeal says was not decided on"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "default_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_default_notice_application_id_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_default_notice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_notice")),
        sa.UniqueConstraint("application_id", name=op.f("uq_default_notice_application_id")),
    )
    op.create_index("ix_default_notice_person_id", "default_notice", ["person_id"])
    with op.batch_alter_table("dispute") as batch:
        batch.add_column(sa.Column("about_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("about_number", sa.String(length=20), nullable=True))
    op.create_index("ix_dispute_about_id", "dispute", ["about_id"])


def downgrade() -> None:
    op.drop_index("ix_dispute_about_id", "dispute")
    op.drop_column("dispute", "about_number")  # not by a copy of the table: rows of others refer to it
    op.drop_column("dispute", "about_id")  # not by a copy of the table: rows of others refer to it
    op.drop_table("default_notice")
