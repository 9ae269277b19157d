"""who was never registered, in training or lapsed is no longer public"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

PUBLIC = "('in-training', 'registered', 'postponed', 'conditional', 'lapsed')"


def upgrade() -> None:
    op.execute(
        "UPDATE public_entry SET hidden = true WHERE EXISTS (SELECT 1 FROM registration r "
        "WHERE r.person_id = public_entry.person_id AND r.register_code = public_entry.register_code "
        f"AND r.status NOT IN {PUBLIC} AND (r.status NOT IN ('enrolled', 'application-open') OR NOT EXISTS "
        f"(SELECT 1 FROM entry_version v WHERE v.registration_id = r.id AND v.status IN {PUBLIC})))"
    )
    op.execute(
        "DELETE FROM public_word WHERE EXISTS (SELECT 1 FROM public_entry e WHERE e.hidden AND "
        "e.register_number = public_word.register_number AND e.register_code = public_word.register_code)"
    )


def downgrade() -> None:
    """Who became hidden stays so: the older release shows them again at their next change."""
