"""names of places in full"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# As DUO has them: name of a board, name of a school, town.
LENGTHS = {"board": 160, "school": 160, "town": 80}
IN_FULL = 255


def upgrade() -> None:
    with op.batch_alter_table("public_entry", schema=None) as batch_op:
        for column, before in LENGTHS.items():
            batch_op.alter_column(
                column,
                existing_type=sa.String(length=before),
                type_=sa.String(length=IN_FULL),
                existing_nullable=False,
            )


def downgrade() -> None:
    for column, before in LENGTHS.items():
        op.execute(f"UPDATE public_entry SET {column} = substr({column}, 1, {before})")
    with op.batch_alter_table("public_entry", schema=None) as batch_op:
        for column, before in LENGTHS.items():
            batch_op.alter_column(
                column,
                existing_type=sa.String(length=IN_FULL),
                type_=sa.String(length=before),
                existing_nullable=False,
            )
