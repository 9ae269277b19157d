"""each letter in an objection or appeal, to whom it goes, by which way, and what became of it"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("term_days", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_case_letter_dispute_id_dispute")),
        sa.ForeignKeyConstraint(["message_id"], ["box_message.id"], name=op.f("fk_case_letter_message_id_box_message")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_letter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_letter")),
    )
    with op.batch_alter_table("case_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_letter_dispute_id"), ["dispute_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_letter_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_letter_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_letter_to_id"), ["to_id"], unique=False)
        batch_op.create_index("ix_case_letter_waiting", ["state", "begun_at"], unique=False)

    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.add_column(sa.Column("postal", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("representative", "postal")
    op.drop_table("case_letter")
