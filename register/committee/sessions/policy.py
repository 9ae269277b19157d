"""PURE: which decision may follow from the votes of the committee and the assessment of the file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Invalid, Refused
from core.law.days import add_years
from core.panel.votes import Outcome as Votes
from register.rules.assessment.answer import Assessment, Outcome

# Grounds that the rules cannot find but readers of a file can; those of the assessment come on top.
COMMITTEE_GROUNDS = frozenset(
    {
        "evidence-illegible",
        "evidence-not-of-applicant",
        "evidence-doubtful",
        "letter-not-convincing",
        "not-in-practice",
        "ground-not-accepted",
    }
)
OF_POSTPONEMENT = frozenset({"ground-not-accepted", "evidence-doubtful"})
"""Those that can be true of a request for postponement, which has neither letter nor post to judge."""


def grounds_to_choose(assessed: Collection[str], *, postponement: bool) -> list[str]:
    """What a reader of a file can refuse it on: what the rules found, and what they cannot find."""
    own = OF_POSTPONEMENT if postponement else COMMITTEE_GROUNDS - {"ground-not-accepted"}
    return sorted({*own, *assessed})


@dataclass(frozen=True)
class Proposal:
    """What the secretary writes down beside the votes; `level` only for a letter, where no rule gives one."""

    reasons: str
    grounds: Sequence[str] = ()
    repair: str = ""
    level: str | None = None


@dataclass(frozen=True)
class Ruling:
    """What is decided; `due_on` is the end of the period that it gives."""

    outcome: Outcome
    level: str | None
    due_on: date | None
    grounds: tuple[str, ...]


def rule(
    votes: Votes,
    assessed: Assessment,
    proposal: Proposal,
    *,
    free_form: bool,
    decided_on: date,
    years: int,
    levels: Collection[str],
) -> Ruling:
    """The decision that follows; a tie never gets here, its file returns.

    Refused("rules-refuse") when members want to grant what the rules refuse; Invalid: `unknown-ground`,
    `level-needed` (a letter that is granted).
    """
    if votes is Votes.LOST:
        grounds = tuple(dict.fromkeys(proposal.grounds or assessed.grounds))
        unknown = set(grounds) - COMMITTEE_GROUNDS - set(assessed.grounds)
        if unknown:
            raise Invalid("unknown-ground", [("grounds", "unknown-ground")])
        return Ruling(Outcome.REFUSED, assessed.level if assessed.outcome is Outcome.REFUSED else None, None, grounds)
    if assessed.outcome is not Outcome.REFUSED:
        return Ruling(assessed.outcome, assessed.level, assessed.due_on, assessed.grounds)
    if not free_form:
        raise Refused("rules-refuse", grounds=list(assessed.grounds))
    if levels and proposal.level not in levels:
        raise Invalid("level-needed", [("level", "level-needed")])
    return Ruling(Outcome.GRANTED, proposal.level if levels else None, add_years(decided_on, years), ())
