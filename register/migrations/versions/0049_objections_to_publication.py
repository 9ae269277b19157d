"""objections to the publication of an entry, and whether it is withheld"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

INDEXED = ("person_id", "registration_id", "state")


def upgrade() -> None:
    op.create_table(
        "publication_objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_publication_objection_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_publication_objection_person_id_person")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_publication_objection_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_objection")),
        sa.UniqueConstraint("number", name=op.f("uq_publication_objection_number")),
    )
    for column in INDEXED:
        op.create_index(f"ix_publication_objection_{column}", "publication_objection", [column])
    op.add_column("registration", sa.Column("withheld", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("registration", "withheld")  # not by a copy of the table: rows of others refer to it
    for column in reversed(INDEXED):
        op.drop_index(f"ix_publication_objection_{column}", "publication_objection")
    op.drop_table("publication_objection")
