"""no two accreditations of one course, or of one provider, share a day"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from core.law.days import previous_day
from core.terminal import complain
from register.migrations.mending import mend, standing

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

Found = Mapping[Any, Any]
COURSE, INSTITUTIONAL = "course_accreditation", "institutional_accreditation"
SAME = {
    COURSE: "o.course_id = NEW.course_id AND o.register_code = NEW.register_code",
    INSTITUTIONAL: (
        "o.provider_id = NEW.provider_id AND o.register_code = NEW.register_code "
        "AND o.state = 'granted' AND NEW.state = 'granted'"
    ),
}
# A withdrawn one has the days before its withdrawal, and none when that came before it began.
SHARES = (
    "o.from_on <= NEW.until_on AND NEW.from_on <= o.until_on "
    "AND (o.withdrawn_on IS NULL OR (o.from_on < o.withdrawn_on AND NEW.from_on < o.withdrawn_on)) "
    "AND (NEW.withdrawn_on IS NULL OR (o.from_on < NEW.withdrawn_on AND NEW.from_on < NEW.withdrawn_on))"
)
SAID = "accreditations share a day"


def upgrade() -> None:
    bind = op.get_bind()
    _mend(bind, COURSE, lambda row: (row["course_id"], row["register_code"]), _stream_of_course)
    granted = lambda row: (row["provider_id"], row["register_code"]) if row["state"] == "granted" else None  # noqa: E731
    _mend(bind, INSTITUTIONAL, granted, lambda row: f"provider/{row['provider_id']}")
    _mend_offer(bind)
    for table in SAME:
        _guard(table, postgresql=bind.dialect.name == "postgresql")


def downgrade() -> None:
    """The days that were put right stay right."""
    for table in SAME:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {table}_no_day_twice ON {table}")
            op.execute(f"DROP FUNCTION {table}_no_day_twice()")
        else:
            op.execute(f"DROP TRIGGER {table}_no_day_twice_new")
            op.execute(f"DROP TRIGGER {table}_no_day_twice_changed")


def _guard(table: str, *, postgresql: bool) -> None:
    shared = f"SELECT 1 FROM {table} o WHERE o.id <> NEW.id AND {SAME[table]} AND {SHARES}"
    if not postgresql:
        for when, verb in (("new", "INSERT"), ("changed", "UPDATE")):
            op.execute(
                f"CREATE TRIGGER {table}_no_day_twice_{when} BEFORE {verb} ON {table} WHEN EXISTS ({shared}) "
                f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_no_day_twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({shared}) THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'exclusion_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_day_twice BEFORE INSERT OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_no_day_twice()"
    )


def _stream_of_course(row: Found) -> str:
    return f"course/{row['course_id']}"


def _mend(bind: sa.Connection, name: str, key: Callable[[Found], Any], stream: Callable[[Found], str]) -> None:
    """A succession shortens the earlier; what else shares days is told and not guessed."""
    table = standing(bind, name)
    if table is None:
        return
    groups: dict[Any, list[Found]] = defaultdict(list)
    begun = bind.execute(sa.select(table).where(table.c.from_on.is_not(None))).mappings().all()
    for row in map(dict, begun):
        if key(row) is not None and _last(row) >= row["from_on"]:
            groups[key(row)].append(row)
    for rows in groups.values():
        for earlier, until_on in _shortened(rows, "from_on", _last, name):
            mend(bind, table, earlier, {"until_on": until_on}, "accreditation:shorten", stream(earlier))


def _last(row: Found) -> date:
    until: date = row["until_on"]
    return until if row["withdrawn_on"] is None else min(until, previous_day(row["withdrawn_on"]))


def _shortened(
    rows: Sequence[Found], first: str, last: Callable[[Found], date], name: str
) -> Sequence[tuple[Found, date]]:
    """Which rows end earlier than they say, and when."""
    found = []
    ordered = sorted(rows, key=lambda row: (row[first], str(row["id"])))
    for row, following in itertools.pairwise(ordered):
        if last(row) < following[first]:
            continue
        if row[first] == following[first] or last(following) < last(row):
            complain(f"bekwaam: two accreditations share days, left as they are: {name}/{row['id']}")
            continue
        found.append((row, previous_day(following[first])))
    return found


def _mend_offer(bind: sa.Connection) -> None:
    """The lines of the offer that stand for one course."""
    table, course = standing(bind, "accredited_offer"), standing(bind, "course")
    if table is None or course is None:
        return
    rows = [dict(row) for row in bind.execute(sa.select(table)).mappings().all()]
    codes = bind.execute(sa.select(course.c.code)).scalars().all()
    groups: dict[Any, list[Found]] = defaultdict(list)
    by_start = {code: code for code in codes}
    for row in rows:
        parts = row["code"].split("-")
        starts = ("-".join(parts[:at]) for at in range(len(parts), 0, -1))
        if code := next((by_start[start] for start in starts if start in by_start), None):
            groups[code, row["register_code"]].append(row)
    for group in groups.values():
        for earlier, until in _shortened(group, "accredited_from", lambda one: one["accredited_until"], table.name):
            mend(bind, table, earlier, {"accredited_until": until}, "offer:shorten", "house")
