"""When a committee may decide, and what its votes come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Forbidden, Refused
from core.panel.votes import ITEM, SESSION, ItemState, Outcome, SessionState, Vote, require_seat, tally

MEMBERS = list(range(12))
votes = st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(Vote))
some = st.sets(st.sampled_from(MEMBERS))


@given(votes, some, some)
def test_a_vote_of_who_was_recused_or_absent_never_counts(cast, present, recused):
    valid = {m for m in cast if m in present and m not in recused}
    if len(valid) < 4:
        with pytest.raises(Refused, match="no-quorum"):
            tally(cast, present, recused, 4)
        return

    counted = tally(cast, present, recused, 4)

    assert counted.votes_for + counted.votes_against + counted.abstained == len(valid)


@given(votes, some)
def test_one_vote_more_never_turns_a_carried_file_into_a_lost_one(cast, present):
    new = max(MEMBERS) + 1
    try:
        before = tally(cast, present, (), 1).outcome
    except Refused:
        return
    after = tally({**cast, new: Vote.FOR}, {*present, new}, (), 1).outcome
    assert (before, after) not in {
        (Outcome.CARRIED, Outcome.LOST),
        (Outcome.CARRIED, Outcome.TIE),
        (Outcome.TIE, Outcome.LOST),
    }


@pytest.mark.parametrize(
    ("cast", "outcome"),
    [
        ([Vote.FOR] * 3 + [Vote.AGAINST], Outcome.CARRIED),
        ([Vote.FOR] * 2 + [Vote.AGAINST] * 2, Outcome.TIE),
        ([Vote.FOR] + [Vote.AGAINST] * 3, Outcome.LOST),
        ([Vote.ABSTAIN] * 4, Outcome.TIE),
        ([Vote.FOR] + [Vote.ABSTAIN] * 3, Outcome.CARRIED),
    ],
)
def test_a_simple_majority_decides_and_a_tie_refuses_nothing(cast, outcome):
    assert tally(dict(enumerate(cast)), MEMBERS, (), 4).outcome is outcome


@pytest.mark.parametrize(
    ("seated", "recused", "conflicts", "code"),
    [
        ([], [], [], "not-seated"),
        ([1], [1], [], "recused"),
        ([1], [], ["same-board"], "conflict-of-interest"),
    ],
)
def test_who_may_not_judge_is_told_why(seated, recused, conflicts, code):
    with pytest.raises(Forbidden, match=code):
        require_seat(1, seated, recused, conflicts)


def test_every_state_of_a_session_and_its_files_is_reachable():
    assert SESSION.reachable() == set(SessionState)
    assert ITEM.reachable() == set(ItemState)
