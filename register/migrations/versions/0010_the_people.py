"""the people"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_silence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_silence")),
        sa.UniqueConstraint("person_id", name=op.f("uq_outbox_silence_person_id")),
    )
    op.create_table(
        "reset_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_request")),
    )
    op.create_table(
        "box_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_box_message_decision_id_decision")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_box_message_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_message")),
    )
    with op.batch_alter_table("box_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_box_message_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_box_message_person_id"), ["person_id"], unique=False)

    op.create_table(
        "former_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("family_names", sa.String(length=310), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_former_name_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
    )
    with op.batch_alter_table("former_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_name_person_id"), ["person_id"], unique=False)

    op.create_table(
        "message_box_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_box_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_box_consent")),
    )
    with op.batch_alter_table("message_box_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_box_consent_person_id"), ["person_id"], unique=False)

    op.create_table(
        "role_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("prefix", sa.String(length=30), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_proposal_person_id_person")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_role_proposal_proposed_by_person")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_role_proposal_settled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposal")),
    )
    with op.batch_alter_table("role_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_proposal_person_id"), ["person_id"], unique=False)

    op.create_table(
        "known_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_known_device_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_known_device_token_hash")),
    )
    with op.batch_alter_table("known_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_device_account_id"), ["account_id"], unique=False)

    op.create_table(
        "making_known",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_making_known_decision_id_decision")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["box_message.id"], name=op.f("fk_making_known_message_id_box_message")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_making_known_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_making_known")),
    )
    with op.batch_alter_table("making_known", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_making_known_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_making_known_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_making_known_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_making_known_waiting", ["state", "begun_at"], unique=False)

    op.create_table(
        "one_time_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_one_time_token_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_token_token_hash")),
    )
    with op.batch_alter_table("one_time_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_token_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_one_time_token_proposal_id"), ["proposal_id"], unique=False)

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stated_place", sa.String(length=200), nullable=False, server_default=""))

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("error", sa.String(length=40), nullable=False, server_default=""))
        batch_op.create_index("ix_outbox_message_due", ["sent_at", "failed_at", "next_try_at"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("partner_prefix", sa.String(length=30), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("partner_family_name", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("name_order", sa.String(length=40), nullable=False, server_default="own"))
        batch_op.add_column(sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("deceased_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_person_merged_into"), ["merged_into"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_person_merged_into_person"), "person", ["merged_into"], ["id"])

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("duty_overdue", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_column("device")

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("duty_overdue")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_person_merged_into_person"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_person_merged_into"))
        batch_op.drop_column("merged_into")
        batch_op.drop_column("deceased_on")
        batch_op.drop_column("email_confirmed_at")
        batch_op.drop_column("name_order")
        batch_op.drop_column("partner_family_name")
        batch_op.drop_column("partner_prefix")

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_due")
        batch_op.drop_column("error")
        batch_op.drop_column("failed_at")
        batch_op.drop_column("next_try_at")

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_column("stated_place")

    with op.batch_alter_table("one_time_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_token_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_one_time_token_account_id"))

    op.drop_table("one_time_token")
    with op.batch_alter_table("making_known", schema=None) as batch_op:
        batch_op.drop_index("ix_making_known_waiting")
        batch_op.drop_index(batch_op.f("ix_making_known_person_id"))
        batch_op.drop_index(batch_op.f("ix_making_known_mail_id"))
        batch_op.drop_index(batch_op.f("ix_making_known_decision_id"))

    op.drop_table("making_known")
    with op.batch_alter_table("known_device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_device_account_id"))

    op.drop_table("known_device")
    with op.batch_alter_table("role_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_proposal_person_id"))

    op.drop_table("role_proposal")
    with op.batch_alter_table("message_box_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_box_consent_person_id"))

    op.drop_table("message_box_consent")
    with op.batch_alter_table("former_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_name_person_id"))

    op.drop_table("former_name")
    with op.batch_alter_table("box_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_box_message_person_id"))
        batch_op.drop_index(batch_op.f("ix_box_message_decision_id"))

    op.drop_table("box_message")
    op.drop_table("reset_request")
    op.drop_table("outbox_silence")
