"""the words by which names are found"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from auth.policy import NameOrder, family_names
from core import names

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

AT_ONCE = 2_000
BEFORE, AFTER = {"name": 240, "name_key": 240}, {"name": 400, "name_key": names.LONGEST_KEY}
NAME = ("given_name", "prefix", "family_name", "partner_prefix", "partner_family_name", "name_order")


def _key(length: int) -> Any:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    _lengths(BEFORE, AFTER)
    op.create_table(
        "person_word",
        sa.Column("word", _key(200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_word_person_id_person")),
        sa.PrimaryKeyConstraint("word", "person_id", name=op.f("pk_person_word")),
    )
    op.create_index(op.f("ix_person_word_person_id"), "person_word", ["person_id"])
    op.create_table(
        "public_word",
        sa.Column("word", _key(200), nullable=False),
        sa.Column("name_key", _key(names.LONGEST_KEY), nullable=False),
        sa.Column("register_number", sa.String(length=8), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("word", "name_key", "register_number", "register_code", name=op.f("pk_public_word")),
    )
    op.create_index("ix_public_word_entry", "public_word", ["register_number", "register_code"])
    op.create_table(
        "word_slip",
        sa.Column("slip", _key(names.LONGEST_SLIP), nullable=False),
        sa.Column("word", _key(names.LONGEST_SLIP), nullable=False),
        sa.PrimaryKeyConstraint("slip", "word", name=op.f("pk_word_slip")),
    )
    _mend()


def downgrade() -> None:
    for table in ("word_slip", "public_word", "person_word"):
        op.drop_table(table)
    for column, most in BEFORE.items():
        op.execute(f"UPDATE public_entry SET {column} = substr({column}, 1, {most})")
    _lengths(AFTER, BEFORE)


def _lengths(before: dict[str, int], after: dict[str, int]) -> None:
    with op.batch_alter_table("public_entry", schema=None) as batch:
        for column, most in after.items():
            kind = _key if column == "name_key" else sa.String
            batch.alter_column(column, existing_type=kind(before[column]), type_=kind(most), existing_nullable=False)


def _mend() -> None:
    """Every key anew, and the words of everybody."""
    bind = op.get_bind()
    person = sa.table("person", sa.column("id", sa.Uuid()), *map(sa.column, NAME))
    word = sa.table("person_word", sa.column("word"), sa.column("person_id", sa.Uuid()))
    for rows in _chunks(sa.select(person).order_by(person.c.id)):
        found = ({"word": each[:200], "person_id": row.id} for row in rows for each in _words(row))
        _insert(word, found)
    entry = sa.table(
        "public_entry",
        *map(sa.column, ("register_number", "register_code", "name_key", "hidden")),
        sa.column("person_id", sa.Uuid()),
    )
    public = sa.table("public_word", *map(sa.column, ("word", "name_key", "register_number", "register_code")))
    slip = sa.table("word_slip", sa.column("slip"), sa.column("word"))
    place = (entry.c.register_number, entry.c.register_code)
    mended = (
        sa.update(entry)
        .where(place[0] == sa.bindparam("_number"), place[1] == sa.bindparam("_register"))
        .values(name_key=sa.bindparam("_key"))
    )
    columns = (*place, entry.c.hidden, *(person.c[name] for name in NAME))
    known: set[str] = set()
    for rows in _chunks(sa.select(*columns).join(person, person.c.id == entry.c.person_id).order_by(*place)):
        keys = [names.filing_key(_families(row)[-1], row.given_name) for row in rows]
        both = list(zip(rows, keys, strict=True))
        bind.execute(
            mended, [{"_number": row.register_number, "_register": row.register_code, "_key": key} for row, key in both]
        )
        shown = [(row, key) for row, key in both if not row.hidden]
        _insert(
            public,
            (
                {
                    "word": each[:200],
                    "name_key": key,
                    "register_number": row.register_number,
                    "register_code": row.register_code,
                }
                for row, key in shown
                for each in set(key.split())
            ),
        )
        new = {each for _, key in shown for each in key.split()} - known
        known |= new
        _insert(slip, ({"slip": one, "word": each} for each in new for one in names.slips(each)))


def _chunks(wanted: sa.Select[Any]) -> Iterator[Sequence[Any]]:
    yield from _batched(iter(op.get_bind().execute(wanted).all()))


def _batched(rows: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _insert(table: sa.TableClause, rows: Iterator[dict[str, Any]]) -> None:
    for some in _batched(rows):
        op.get_bind().execute(sa.insert(table), some)


def _families(row: Any) -> tuple[str, ...]:
    own, partner = (row.prefix, row.family_name), (row.partner_prefix, row.partner_family_name)
    return family_names(NameOrder(row.name_order), *own, *partner)


def _words(row: Any) -> set[str]:
    found: set[str] = set()
    for family in ((row.prefix, row.family_name), (row.partner_prefix, row.partner_family_name)):
        found |= names.found_by(names.joined(*family), row.given_name)
    return found
