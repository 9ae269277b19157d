"""watching courses"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("lots", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_round")),
        sa.UniqueConstraint("register_code", "year", name=op.f("uq_audit_round_register_code_year")),
    )
    op.create_table(
        "institutional_accreditation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("courses_most", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_institutional_accreditation_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_institutional_accreditation_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutional_accreditation")),
    )
    with op.batch_alter_table("institutional_accreditation", schema=None) as batch_op:
        batch_op.create_index("ix_institutional_accreditation_provider", ["provider_id", "register_code"], unique=False)

    op.create_table(
        "provider_audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("auditor_id", sa.Uuid(), nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("answer_by_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["auditor_id"], ["person.id"], name=op.f("fk_provider_audit_auditor_id_person")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_provider_audit_decision_id_decision")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_provider_audit_provider_id_provider")),
        sa.ForeignKeyConstraint(["round_id"], ["audit_round.id"], name=op.f("fk_provider_audit_round_id_audit_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_audit")),
        sa.UniqueConstraint("round_id", "provider_id", name=op.f("uq_provider_audit_round_id_provider_id")),
    )
    with op.batch_alter_table("provider_audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_audit_auditor_id"), ["auditor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_audit_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_audit_state"), ["state"], unique=False)

    op.create_table(
        "audit_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("weight", sa.String(length=40), nullable=False),
        sa.Column("course_code", sa.String(length=20), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["provider_audit.id"], name=op.f("fk_audit_finding_audit_id_provider_audit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_finding")),
    )
    with op.batch_alter_table("audit_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_finding_audit_id"), ["audit_id"], unique=False)

    op.create_table(
        "course_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_course_rating_stars_in_range")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_rating_course_id_course")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_course_rating_person_id_person")),
        sa.ForeignKeyConstraint(["run_id"], ["course_run.id"], name=op.f("fk_course_rating_run_id_course_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_rating")),
        sa.UniqueConstraint("run_id", "person_id", name=op.f("uq_course_rating_run_id_person_id")),
    )
    with op.batch_alter_table("course_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_rating_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_rating_person_id"), ["person_id"], unique=False)

    op.create_table(
        "course_declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("under_id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("hours", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["course_file.id"], name=op.f("fk_course_declaration_file_id_course_file")
        ),
        sa.ForeignKeyConstraint(
            ["under_id"],
            ["institutional_accreditation.id"],
            name=op.f("fk_course_declaration_under_id_institutional_accreditation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_declaration")),
        sa.UniqueConstraint("file_id", name=op.f("uq_course_declaration_file_id")),
    )
    with op.batch_alter_table("course_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_declaration_under_id"), ["under_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("course_declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_declaration_under_id"))

    op.drop_table("course_declaration")
    with op.batch_alter_table("course_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_rating_person_id"))
        batch_op.drop_index(batch_op.f("ix_course_rating_course_id"))

    op.drop_table("course_rating")
    with op.batch_alter_table("audit_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_finding_audit_id"))

    op.drop_table("audit_finding")
    with op.batch_alter_table("provider_audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_audit_state"))
        batch_op.drop_index(batch_op.f("ix_provider_audit_provider_id"))
        batch_op.drop_index(batch_op.f("ix_provider_audit_auditor_id"))

    op.drop_table("provider_audit")
    with op.batch_alter_table("institutional_accreditation", schema=None) as batch_op:
        batch_op.drop_index("ix_institutional_accreditation_provider")

    op.drop_table("institutional_accreditation")
    op.drop_table("audit_round")
