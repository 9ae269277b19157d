"""what is found that differs from what an applicant said, and what they say of it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application_doubt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "grounds", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("differs", sa.String(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("viewed_on", sa.Date(), nullable=True),
        sa.Column("unheard", sa.String(length=20), nullable=False),
        sa.Column("unheard_reasons", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_doubt_application_id_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_application_doubt_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_doubt")),
    )
    op.create_index("ix_application_doubt_application_id", "application_doubt", ["application_id"])
    op.create_index("ix_application_doubt_person_id", "application_doubt", ["person_id"])


def downgrade() -> None:
    op.drop_table("application_doubt")
