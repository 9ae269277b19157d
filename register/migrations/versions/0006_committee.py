"""sessions of the committee, and measures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("panel_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minutes_sha256", sa.String(length=64), server_default="", nullable=False))
    with op.batch_alter_table("panel_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "summary",
                sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )
    with op.batch_alter_table("panel_seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=40), server_default="invited", nullable=False))
    op.execute(sa.text("UPDATE panel_seat SET state = 'absent' WHERE NOT present"))
    with op.batch_alter_table("panel_seat", schema=None) as batch_op:
        batch_op.drop_column("present")
    op.create_table(
        "measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("repair", sa.String(), nullable=False),
        sa.Column("effect_on", sa.Date(), nullable=True),
        sa.Column("hearing_until", sa.Date(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("signed_by IS NULL OR signed_by <> proposed_by", name=op.f("ck_measure_four_eyes")),
        sa.CheckConstraint(
            "grounds <> '' AND reasons <> '' AND repair <> ''", name=op.f("ck_measure_grounds_reasons_and_repair")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_measure_decision_id_decision")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_measure_person_id_person")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_measure_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("number", name=op.f("uq_measure_number")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index("ix_measure_due", ["state", "effect_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_registration_id"), ["registration_id"], unique=False)


def downgrade() -> None:
    op.drop_table("measure")
    with op.batch_alter_table("panel_seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("present", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.execute(sa.text("UPDATE panel_seat SET present = false WHERE state IN ('absent', 'declined')"))
    with op.batch_alter_table("panel_seat", schema=None) as batch_op:
        batch_op.drop_column("state")
    with op.batch_alter_table("panel_item", schema=None) as batch_op:
        batch_op.drop_column("summary")
    with op.batch_alter_table("panel_session", schema=None) as batch_op:
        batch_op.drop_column("minutes_sha256")
