"""PURE: the states of a dialogue on what was learnt (waarderingsgesprek), and what it can give."""

from collections.abc import Collection
from enum import StrEnum

from core.errors import Invalid, Refused
from core.law.rulesets import RuleSet
from core.machine import Machine
from register.portfolio.policy import IN_A_TALK
from register.rules.assessment.facts import Valuation


class DialogueState(StrEnum):
    """Who moves next: the secretary (asked), the owner (returned), the colleague (planned), the assessor (told)."""

    ASKED = "asked"
    RETURNED = "returned"
    PLANNED = "planned"
    TOLD = "told"
    VALUED = "valued"
    WITHDRAWN = "withdrawn"


class DialogueEvent(StrEnum):
    RETURN = "return"
    PREPARE = "prepare"
    PLAN = "plan"
    TELL = "tell"
    CALL_OFF = "call-off"
    VALUE = "value"
    WITHDRAW = "withdraw"


DIALOGUE = Machine(
    "valuation-dialogue",
    DialogueState.ASKED,
    {
        (DialogueState.ASKED, DialogueEvent.RETURN): DialogueState.RETURNED,  # po-achteraf: preparation is judged first
        (DialogueState.RETURNED, DialogueEvent.PREPARE): DialogueState.ASKED,
        (DialogueState.ASKED, DialogueEvent.PLAN): DialogueState.PLANNED,
        (DialogueState.PLANNED, DialogueEvent.PLAN): DialogueState.PLANNED,  # another day, or other people
        (DialogueState.PLANNED, DialogueEvent.CALL_OFF): DialogueState.ASKED,  # to be planned anew
        (DialogueState.PLANNED, DialogueEvent.TELL): DialogueState.TOLD,
        (DialogueState.TOLD, DialogueEvent.VALUE): DialogueState.VALUED,  # by a decision
        (DialogueState.ASKED, DialogueEvent.WITHDRAW): DialogueState.WITHDRAWN,
        (DialogueState.RETURNED, DialogueEvent.WITHDRAW): DialogueState.WITHDRAWN,
        (DialogueState.PLANNED, DialogueEvent.WITHDRAW): DialogueState.WITHDRAWN,
    },
)
OPEN = frozenset({DialogueState.ASKED, DialogueState.RETURNED, DialogueState.PLANNED, DialogueState.TOLD})


def require_talk(valuation: Valuation) -> None:
    """Refused("not-in-a-talk") for what is valued on paper, or was valued in advance."""
    if valuation not in IN_A_TALK:
        raise Refused("not-in-a-talk")


def require_partners(owner: object, peer: object, assessor: object) -> None:
    """Invalid: `talk-with-oneself` for who would hear themselves, `same-person` for one person in two chairs."""
    for field, partner in (("peer_number", peer), ("assessor_id", assessor)):
        if partner == owner:
            raise Invalid("invalid-input", [(field, "talk-with-oneself")])
    if peer == assessor:
        raise Invalid("invalid-input", [("assessor_id", "same-person")])


def require_claimed(covered: Collection[str], claimed: Collection[str]) -> None:
    """Invalid("theme-not-claimed"): nobody gets points for a theme that they did not put forward."""
    if set(covered) - set(claimed):
        raise Invalid("invalid-input", [("themes", "theme-not-claimed")])


def points_of(rules: RuleSet, valuation: Valuation, themes: int, level: int, stated: int | None) -> int:
    """What a talk gives (slim-faq): so many points per theme and an extra for the level, or what colleagues agree on.

    Invalid: `level-not-known` for an extra that the rules do not have, `points-missing`, `points-by-theme`.
    """
    bounds = next((each for each in rules.valuations if each.kind == valuation), None)
    if bounds is None or not bounds.per_theme:
        if stated is None:
            raise Invalid("invalid-input", [("points", "points-missing")])
        return stated
    if stated is not None:
        raise Invalid("invalid-input", [("points", "points-by-theme")])
    if level not in (bounds.extras or (0,)):
        raise Invalid("invalid-input", [("level", "level-not-known")], possible=list(bounds.extras))
    return min(bounds.most, bounds.per_theme * themes + level) if themes else 0
