"""valuation dialogues"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "valuation_dialogue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("preparation", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("peer_id", sa.Uuid(), nullable=True),
        sa.Column("assessor_id", sa.Uuid(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["assessor_id"], ["person.id"], name=op.f("fk_valuation_dialogue_assessor_id_person")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_valuation_dialogue_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["portfolio_entry.id"], name=op.f("fk_valuation_dialogue_entry_id_portfolio_entry")
        ),
        sa.ForeignKeyConstraint(["peer_id"], ["person.id"], name=op.f("fk_valuation_dialogue_peer_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_valuation_dialogue_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_valuation_dialogue")),
    )
    with op.batch_alter_table("valuation_dialogue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_valuation_dialogue_assessor_id"), ["assessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_valuation_dialogue_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_valuation_dialogue_peer_id"), ["peer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_valuation_dialogue_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_valuation_dialogue_state", ["state", "asked_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("valuation_dialogue", schema=None) as batch_op:
        batch_op.drop_index("ix_valuation_dialogue_state")
        batch_op.drop_index(batch_op.f("ix_valuation_dialogue_person_id"))
        batch_op.drop_index(batch_op.f("ix_valuation_dialogue_peer_id"))
        batch_op.drop_index(batch_op.f("ix_valuation_dialogue_entry_id"))
        batch_op.drop_index(batch_op.f("ix_valuation_dialogue_assessor_id"))

    op.drop_table("valuation_dialogue")
