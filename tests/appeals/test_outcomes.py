"""Which outcome the law allows on what was found, advised, voted and asked; and what a chamber may rule."""

from dataclasses import replace

import pytest

from appeals.chambers.policy import require_ruling
from appeals.disputes.policy import OUTCOMES, Kind, Outcome, majority
from appeals.objections.policy import GIVEN, Found, Wanted, require_outcome
from core.errors import Invalid, Refused

ADVISED = Found(late=False, not_repaired=False, advised="dismissed", voted="dismissed", costs_asked=False)
DISMISSED = Wanted(Outcome.DISMISSED, ground="", deviation="", award_costs=False, costs_reasons="", replacements=0)
UPHELD = replace(DISMISSED, outcome=Outcome.UPHELD, replacements=1)


def refusal(found: Found, wanted: Wanted) -> str:
    """The code with which an outcome is refused; empty when it may be."""
    try:
        require_outcome(found, wanted)
    except (Invalid, Refused) as error:
        return error.errors[0][1] if isinstance(error, Invalid) and error.errors else error.code
    return ""


@pytest.mark.parametrize(
    ("found", "wanted", "code"),
    [
        (ADVISED, DISMISSED, ""),
        (
            replace(ADVISED, advised="dismissed-corrected", voted="dismissed-corrected"),
            replace(DISMISSED, outcome=Outcome.DISMISSED_CORRECTED),
            "",
        ),
        (replace(ADVISED, advised="upheld"), DISMISSED, "deviation-missing"),  # Awb 7:13(7)
        (replace(ADVISED, advised="upheld"), replace(DISMISSED, deviation="Het advies mist een feit."), ""),
        (replace(ADVISED, advised="upheld", voted="upheld"), UPHELD, ""),
        (replace(ADVISED, voted="upheld"), DISMISSED, "not-as-voted"),  # Awb 7:11: also after advice
        (
            replace(ADVISED, advised="upheld", voted="upheld"),
            replace(UPHELD, replacements=0),
            "replacement-missing",
        ),  # Awb 7:11(2)
        (ADVISED, replace(DISMISSED, replacements=1), "replacement-not-allowed"),
        (replace(ADVISED, advised="", voted="dismissed"), DISMISSED, ""),
        (replace(ADVISED, advised="", voted="upheld"), DISMISSED, "not-as-voted"),
        (replace(ADVISED, late=True), DISMISSED, "inadmissible-only"),  # Awb 6:7, 6:11
        (
            replace(ADVISED, advised="partly-upheld", voted="partly-upheld"),
            replace(UPHELD, outcome=Outcome.PARTLY_UPHELD),
            "",
        ),
    ],
)
def test_an_outcome_is_refused_with_its_reason(found: Found, wanted: Wanted, code: str):
    assert refusal(found, wanted) == code


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("outcome", OUTCOMES[Kind.OBJECTION])
def test_costs_are_awarded_only_when_asked_before_and_the_decision_is_withdrawn(outcome: Outcome, asked: bool):
    """Awb 7:15(2) and (3)."""
    found = replace(ADVISED, advised=outcome.value, voted=outcome.value, costs_asked=asked)
    ground = "no-interest" if outcome is Outcome.INADMISSIBLE else ""
    wanted = Wanted(
        outcome, ground, deviation="", award_costs=True, costs_reasons="", replacements=int(outcome in GIVEN)
    )

    assert refusal(found, wanted) == ("" if asked and outcome in GIVEN else "costs-not-asked")


@pytest.mark.parametrize(
    ("ground", "found", "code"),
    [
        ("late", replace(ADVISED, late=True), ""),
        ("late", ADVISED, "not-late"),
        ("omission", replace(ADVISED, not_repaired=True), ""),
        ("omission", ADVISED, "not-asked-to-repair"),  # Awb 6:6: only after a chance to repair
        ("no-interest", ADVISED, ""),
        ("because", ADVISED, "unknown-ground"),
    ],
)
def test_inadmissible_takes_a_ground_that_the_file_bears_out(ground: str, found: Found, code: str):
    found = replace(found, advised="inadmissible", voted="inadmissible")

    assert refusal(found, replace(DISMISSED, outcome=Outcome.INADMISSIBLE, ground=ground)) == code


@pytest.mark.parametrize("outcome", OUTCOMES[Kind.APPEAL])
def test_a_chamber_rules_as_it_voted_and_within_its_switches(outcome: Outcome):
    on = {"chambers-may-send-back": True, "chambers-may-keep-effects": True}
    placed = int(outcome is Outcome.DECIDED_IN_PLACE)

    require_ruling(outcome, outcome.value, late=False, replacements=placed, switches=on)

    with pytest.raises(Refused):
        require_ruling(outcome, "other", late=False, replacements=placed, switches=on)
    with pytest.raises(Invalid):
        require_ruling(outcome, outcome.value, late=False, replacements=1 - placed, switches=on)
    if outcome is not Outcome.INADMISSIBLE:
        with pytest.raises(Invalid):
            require_ruling(outcome, outcome.value, late=True, replacements=placed, switches=on)
    if outcome in {Outcome.SENT_BACK, Outcome.EFFECTS_MAINTAINED}:
        with pytest.raises(Refused):
            require_ruling(outcome, outcome.value, late=False, replacements=0, switches=dict.fromkeys(on, False))


@pytest.mark.parametrize(
    ("votes", "chair", "outcome"),
    [
        ("ddd", "0", "d"),
        ("ddu", "0", "d"),
        ("dui", "0", None),  # nobody has more than half
        ("dd", "0", None),  # Awb 7:13(1): three at least
        ("dduu", "0", None),
        ("ddd", None, None),  # nobody leads
    ],
)
def test_a_panel_of_three_decides_by_more_than_half(votes: str, chair: str | None, outcome: str | None):
    cast = {str(n): each for n, each in enumerate(votes)}
    if outcome is None:
        with pytest.raises(Refused):
            majority(cast, chair)
    else:
        assert majority(cast, chair) == outcome
