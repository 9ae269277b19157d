"""Requests of `bekwaam entitlement` that can be read; a test varies one fact."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Request = dict[str, Any]
EARLY, LATE = date(2016, 1, 1), date(2027, 12, 31)
days = st.dates(EARLY, LATE).map(str)
cents = st.integers(0, 400_000).map(lambda n: f"{Decimal(n) / 100:.2f}")
factors = st.integers(0, 12_000).map(lambda n: str(Decimal(n) / 10_000))


def teacher(**changes: Any) -> Request:
    """A teacher on 0.8 since the first day of 2019, asked on the last of that year."""
    return {
        "cao": "po-2019",
        "role": "teacher",
        "from": "2019-01-01",
        "until": None,
        "fte": "0.8",
        "on": "2019-12-31",
    } | changes


def director(**changes: Any) -> Request:
    """A director on 0.5 since the first day of 2019."""
    return teacher(role="director", fte="0.5") | changes


def spent(on: str, eur: object = None, hours: object = None, **more: Any) -> Request:
    given = {"on": on, "eur": eur, "hours": hours, **more}
    return {name: value for name, value in given.items() if value is not None}


@st.composite
def lines(draw: st.DrawFn) -> Request:
    return {
        "on": draw(days),
        "eur": draw(cents),
        "hours": draw(st.integers(0, 4_000).map(lambda n: f"{Decimal(n) / 100:.2f}")),
        "kind": draw(st.sampled_from(["own", "own", "assigned"])),
    }


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Any that can be read."""
    begin, on = sorted([draw(st.dates(EARLY, LATE)), draw(st.dates(EARLY, LATE))])
    later = draw(st.dictionaries(st.dates(begin, LATE), factors, max_size=3))
    dated = {begin: draw(factors)} | later
    return {
        "cao": "po-2019",
        "role": draw(st.sampled_from(["teacher", "support", "director", "deputy"])),
        "from": str(begin),
        "until": draw(st.none() | st.dates(begin, LATE).map(str)),
        "fte": draw(st.sampled_from([dated[begin], [{"from": str(day), "fte": one} for day, one in dated.items()]])),
        "saving": draw(st.sampled_from([None, True, False])),
        "on": str(on),
        "spent": draw(st.lists(lines(), max_size=12)),
    }
