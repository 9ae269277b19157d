"""How far shares reach: their sum and never more."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from register.portfolio.sharing.policy import Grant, Scope, Sight, require_scope, require_to_come, stands

IDS = [UUID(int=n) for n in range(1, 7)]
ids = st.sampled_from(IDS)
GRANTS = st.builds(
    Grant,
    id=ids,
    scope=st.sampled_from(Scope),
    with_files=st.booleans(),
    period_id=st.none() | ids,
    entry_ids=st.frozensets(ids, max_size=3),
)


@given(st.lists(GRANTS, max_size=4), ids, st.none() | ids)
def test_several_shares_show_what_each_of_them_shows_and_no_more(grants, entry, period):
    sight = Sight(tuple(grants))

    shown = [grant for grant in grants if Sight((grant,)).shows(entry, period)]
    assert sight.shows(entry, period) == bool(shown)
    assert sight.shows_file(entry, period) == any(grant.with_files for grant in shown)


@given(st.lists(GRANTS, max_size=4), ids)
def test_sums_are_told_only_where_everything_behind_them_is_shown(grants, period):
    sight = Sight(tuple(grants))

    if sight.shows_period(period):
        assert all(sight.shows(entry, period) for entry in IDS)  # what counts for the period
    if sight.whole:
        assert all(sight.shows(entry, None) for entry in IDS)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(-3, 3))
def test_the_last_day_is_included_and_the_next_is_not(until_on, days):
    today = until_on + timedelta(days)

    assert stands(until_on, False, today) == (days <= 0)
    assert not stands(until_on, True, today)


@pytest.mark.parametrize(
    ("scope", "period", "entries", "code"),
    [
        (Scope.PERIOD, None, [], "period-missing"),
        (Scope.ENTRIES, None, [], "entries-missing"),
        (Scope.WHOLE, IDS[0], [], "not-in-scope"),
        (Scope.WHOLE, None, IDS[:1], "not-in-scope"),
        (Scope.PERIOD, IDS[0], IDS[:1], "not-in-scope"),
    ],
)
def test_a_scope_names_what_it_is_about_and_nothing_else(scope, period, entries, code):
    with pytest.raises(Invalid) as refused:
        require_scope(scope, period, entries)

    assert code in {code for _, code in refused.value.errors}


def test_a_share_lasts_today_at_least():
    require_to_come(date(2024, 9, 12), date(2024, 9, 12))
    with pytest.raises(Invalid):
        require_to_come(date(2024, 9, 11), date(2024, 9, 12))
