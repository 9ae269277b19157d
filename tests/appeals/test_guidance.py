"""What comes next in a dispute: always a deed that can be done, for each state and each reader."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.disputes.guidance import Next, Standing, is_offered, next_step
from appeals.disputes.policy import AppealState, Kind, ObjectionState, open_events
from appeals.disputes.queries import Relation
from appeals.verbs import VERBS

TODAY = date(2026, 11, 24)
EARLIER, LATER = date(2026, 11, 23), date(2026, 12, 10)
DAYS = st.sampled_from([None, EARLIER, TODAY, LATER])
STATES = [(kind, state.value) for kind in Kind for state in (ObjectionState if kind is Kind.OBJECTION else AppealState)]


def open_deeds(now: Standing) -> set[str]:
    """The deeds of the table that the state and the reader allow, without those that are sure to be refused."""
    events, who = open_events(now.kind, now.state), Relation(now.filer, now.handler, now.seated)
    verbs = [verb for verb in VERBS[now.kind] if verb.event in events and verb.open_to(who)]
    return {verb.name for verb in verbs if is_offered(now, verb.name)}


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    kind, state = draw(st.sampled_from(STATES))
    filer = draw(st.booleans())
    sitting = draw(st.integers(0, 5))
    seated = not filer and sitting > 0 and draw(st.booleans())
    return Standing(
        kind=kind,
        state=state,
        today=TODAY,
        due_on=draw(st.sampled_from([EARLIER, LATER])),
        handler=not filer and draw(st.booleans()),
        seated=seated,
        filer=filer,
        missing=draw(st.booleans()),
        asked=draw(st.booleans()),
        repair_until=draw(DAYS),
        defence_until=draw(DAYS),
        held_on=draw(DAYS),
        papers_left=draw(st.booleans()),
        pieces=draw(st.integers(0, 2)),
        sitting=sitting,
        chair=sitting > 0 and draw(st.booleans()),
        voted=draw(st.integers(0, sitting)),
        own_vote=seated and draw(st.booleans()),
        advisory=draw(st.booleans()),
        advises=seated and draw(st.booleans()),
        draft=draw(st.booleans()),
        by_chair=draw(st.booleans()),
    )


@given(standings())
def test_the_next_deed_is_one_that_the_table_and_the_reader_allow(now):
    open_now = open_deeds(now)

    following = next_step(now, open_now)

    assert following is None or not following.deed or following.deed in open_now


CASE = Standing(Kind.OBJECTION, "acknowledged", TODAY, LATER, handler=True, seated=False)


def case(**given: object) -> Standing:
    return Standing(**{**{name: getattr(CASE, name) for name in CASE.__dataclass_fields__}, **given})  # type: ignore[arg-type]


FULL = {"sitting": 3, "chair": True}
BODY = {"sitting": 4, "least": 4, "chair": True}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (case(missing=True), Next("repair-request", "items-missing")),  # Awb 6:6 before anything else
        (case(missing=True, asked=True, state="not-repaired"), Next("admissibility", "check-first")),
        (case(state="omission", repair_until=LATER), Next("", "filer-repairs", LATER)),
        (case(state="omission", repair_until=EARLIER), Next("repair-expiry", "repair-passed")),
        (case(state="omission", repair_until=TODAY), Next("", "filer-repairs", TODAY)),  # the last day counts whole
        (case(state="admissibility-checked", papers_left=True), Next("papers", "papers-first")),
        (case(state="admissibility-checked", sitting=1, chair=True), Next("seats", "panel-needed", n=2)),
        (case(state="admissibility-checked", **FULL), Next("hearing", "hear-first")),
        (
            case(kind=Kind.APPEAL, state="defence-requested", defence_until=LATER, **FULL),
            Next("defence", "defence-awaited", LATER),
        ),
        (
            case(kind=Kind.APPEAL, state="defence-requested", defence_until=EARLIER, **FULL),
            Next("hearing", "hear-first"),
        ),
        (case(state="scheduled", held_on=LATER, **FULL), Next("", "hearing-awaited", LATER)),
        (case(state="scheduled", held_on=TODAY, **FULL), Next("minutes", "hearing-held")),
        (case(state="heard", seated=True, **FULL), Next("votes", "you-vote")),
        (case(state="heard", seated=True, own_vote=True, voted=1, **FULL), Next("", "votes-awaited", n=2)),
        (
            case(state="heard", advisory=True, seated=True, advises=True, own_vote=True, voted=3, **FULL),
            Next("advice", "advise-next"),
        ),
        (case(state="heard", advisory=True, voted=3, **FULL), Next("", "handler-moves")),  # who advises, writes it
        (case(state="heard", voted=3, **FULL), Next("decision", "decide-as-voted")),
        (case(state="advised", advisory=True, seated=True, advises=True, **BODY), Next("", "others-decide")),  # 7:13
        (case(state="advised", advisory=True, sitting=1, least=4), Next("seats", "body-needed", n=3)),  # Awb 10:3
        (case(state="advised", advisory=True, **BODY), Next("draft", "draft-next")),
        (case(state="advised", advisory=True, seated=True, **BODY), Next("votes", "you-vote")),
        (case(state="advised", advisory=True, voted=3, draft=True, **BODY), Next("", "votes-awaited", n=1)),
        (case(state="hearing-waived", sitting=1, least=4, by_chair=True), Next("decision", "decide-as-voted")),  # 10:3
        (case(state="advised", advisory=True, voted=3, **FULL), Next("decision", "decide-on-advice")),
        (case(state="decided"), Next("notification", "make-known")),
        (case(state="closed"), None),
        (case(kind=Kind.APPEAL, state="remitted", anew_by=LATER), Next("", "decided-anew", LATER)),
        (case(kind=Kind.APPEAL, state="remitted", anew_by=EARLIER), Next("", "decided-anew-late", EARLIER)),
        (case(state="heard", handler=False, seated=True, own_vote=True, voted=3, **FULL), Next("", "handler-moves")),
        (case(filer=True, handler=False, state="omission", repair_until=LATER), Next("repair", "you-repair", LATER)),
        (case(filer=True, handler=False, state="heard"), None),
    ],
)
def test_what_comes_next_by_state(now, expected):
    assert next_step(now, open_deeds(now)) == expected


def test_an_adviser_is_not_offered_the_decision_that_they_may_not_take():
    advised = case(state="advised", advisory=True, seated=True, advises=True, voted=4, **BODY)

    assert "draft" not in open_deeds(advised)
    assert "decision" not in open_deeds(advised)
