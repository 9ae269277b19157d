"""PURE: the states of an entry, what it needs before it can be handed in, and what a valuation may give."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from core.errors import Invalid, Refused
from core.law.rulesets import RuleSet
from core.law.rulesets import Valuation as Bounds
from core.machine import Machine
from core.names import plain_key
from register.rules.assessment.facts import Category, Valuation


class EntryKind(StrEnum):
    """What somebody did (driestar, slim-faq); no norm looks at it. The first seven are the teachers'."""

    PROGRAMME = "programme"
    COURSE = "course"
    STUDY_DAY = "study-day"
    CONFERENCE = "conference"
    INSIDE_SCHOOL = "inside-school"  # coaching, research, a method that was introduced
    OUTSIDE_SCHOOL = "outside-school"  # network, work placement
    SELF_STUDY = "self-study"
    INFORMAL = "informal"  # reading, peer consultation, a talk: valued afterwards (slim-faq)
    MASTER = "master"
    PEER_REVIEW = "peer-review"  # collegiale visitatie (lp-basis); a colleague can endorse it


class Measure(StrEnum):
    """In what a register counts: leaders in points (or themes, before 2020), teachers in hours."""

    POINTS = "points"
    HOURS = "hours"


class EntryState(StrEnum):
    """Who moves next: the owner (draft), the house (submitted), an assessor (under-valuation), nobody.

    History came with an import: it was settled elsewhere, is shown, and never counts here.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_VALUATION = "under-valuation"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONSUMED = "consumed"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    HISTORY = "history"


class EntryEvent(StrEnum):
    SUBMIT = "submit"
    PUT_UP = "put-up"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    REVOKE = "revoke"
    CONSUME = "consume"
    WITHDRAW = "withdraw"
    SETTLED_ELSEWHERE = "settled-elsewhere"


_OPEN = (
    EntryState.DRAFT,
    EntryState.SUBMITTED,
    EntryState.UNDER_VALUATION,
    EntryState.ACCEPTED,
    EntryState.HISTORY,
)

ENTRY = Machine(
    "entry",
    EntryState.DRAFT,
    {
        (EntryState.DRAFT, EntryEvent.SUBMIT): EntryState.SUBMITTED,  # evidence frozen
        (EntryState.SUBMITTED, EntryEvent.PUT_UP): EntryState.UNDER_VALUATION,  # po-achteraf
        (EntryState.SUBMITTED, EntryEvent.ACCEPT): EntryState.ACCEPTED,  # teachers; by sample later (rl-herreg)
        (EntryState.UNDER_VALUATION, EntryEvent.ACCEPT): EntryState.ACCEPTED,
        (EntryState.UNDER_VALUATION, EntryEvent.REJECT): EntryState.REJECTED,
        # A corrected valuation replaces the one before (Awb 7:11); what a period used stays used.
        (EntryState.ACCEPTED, EntryEvent.CORRECT): EntryState.ACCEPTED,
        (EntryState.REJECTED, EntryEvent.CORRECT): EntryState.ACCEPTED,
        (EntryState.REVOKED, EntryEvent.CORRECT): EntryState.ACCEPTED,
        (EntryState.CONSUMED, EntryEvent.CORRECT): EntryState.CONSUMED,
        (EntryState.ACCEPTED, EntryEvent.REVOKE): EntryState.REVOKED,  # wrong attendance, a sample that fails
        (EntryState.CONSUMED, EntryEvent.REVOKE): EntryState.REVOKED,
        (EntryState.ACCEPTED, EntryEvent.CONSUME): EntryState.CONSUMED,  # used by a granted renewal, once
        (EntryState.DRAFT, EntryEvent.SETTLED_ELSEWHERE): EntryState.HISTORY,  # an import, never counted twice
        **{(state, EntryEvent.WITHDRAW): EntryState.WITHDRAWN for state in _OPEN},
    },
)

COUNTING = frozenset({EntryState.ACCEPTED, EntryState.CONSUMED})
"""What stands in the ledger."""
STANDING = COUNTING | {EntryState.SUBMITTED, EntryState.UNDER_VALUATION}
"""Handed in, and counting or on the way to it."""
VALUED = frozenset({EntryState.ACCEPTED, EntryState.CONSUMED, EntryState.REJECTED, EntryState.REVOKED})

GROUNDS = frozenset(
    {
        "evidence-insufficient",
        "evidence-illegible",
        "evidence-not-of-owner",
        "not-attended",
        "outside-profile",
        "no-themes",
        "too-light",
        "claimed-twice",
    }
)
"""Why an entry gets less than was asked, or nothing."""


def measure_of(rules: RuleSet) -> Measure:
    """In what the register counts under these rules."""
    return Measure.HOURS if rules.renewal.hours else Measure.POINTS


@dataclass(frozen=True)
class Claim:
    """What an owner states of an entry, as far as it counts."""

    done_on: date
    points: int | None
    hours: Decimal | None
    contact_hours: Decimal | None
    category: Category | None
    valuation: Valuation
    has_evidence: bool
    """A file, or the word of a colleague."""


def valuations_of(rules: RuleSet) -> Collection[Valuation]:
    """The ways in which credit can come about; validated or not, hours count alike (driestar)."""
    if measure_of(rules) is Measure.HOURS:
        return (Valuation.VALIDATED, Valuation.NOT_VALIDATED)
    return tuple(Valuation(bounds.kind) for bounds in rules.valuations)


IN_A_TALK = frozenset({Valuation.PEERS, Valuation.ASSESSOR})
"""Valued in a dialogue (waarderingsgesprek), which its owner asks for."""


def ways_to_value(rules: RuleSet) -> Collection[Valuation]:
    """The ways that an owner chooses from; what a provider reports in advance comes by itself. Hours have none."""
    if measure_of(rules) is Measure.HOURS:
        return ()
    return tuple(one for one in valuations_of(rules) if one is not Valuation.IN_ADVANCE)


def in_a_talk(rules: RuleSet) -> bool:
    """Whether a register values anything in a talk: leaders may ask for one, hours of teachers count as stated."""
    return not IN_A_TALK.isdisjoint(ways_to_value(rules))


def require_on_paper(valuation: Valuation) -> None:
    """Refused("valued-in-a-talk"): what its owner chose a talk for is valued by who heard it, never on paper."""
    if valuation in IN_A_TALK:
        raise Refused("valued-in-a-talk")


def distinct(themes: Iterable[str]) -> list[str]:
    """Each theme once, however it is written: the first way stays."""
    return list({plain_key(theme): theme for theme in reversed(list(themes))}.values())[::-1]


def require_meant(points: int | None, claimed: int | None, *, meant: bool) -> None:
    """Invalid("above-claim"): more than was asked may follow from the rules, but is not given by slip."""
    if not meant and claimed is not None and (points or 0) > claimed:
        raise Invalid("invalid-input", [("above_claim", "above-claim")], points=claimed)


def kinds_of(measure: Measure) -> Sequence[EntryKind]:
    """What an owner chooses from: teachers have no informal learning, for their hours count by what they did."""
    return [kind for kind in EntryKind if measure is Measure.POINTS or kind is not EntryKind.INFORMAL]


def require_fitting(claim: Claim, rules: RuleSet) -> None:
    """Refuse what the register could never count.

    Invalid: `valuation-not-accepted`, `hours-not-counted`, `points-not-counted`, `more-than-hours`.
    """
    errors = []
    if claim.valuation not in valuations_of(rules):
        errors.append(("valuation", "valuation-not-accepted"))
    if measure_of(rules) is Measure.HOURS and claim.points is not None:
        errors.append(("points", "points-not-counted"))
    if measure_of(rules) is Measure.POINTS and claim.hours is not None:
        errors.append(("hours", "hours-not-counted"))
    if claim.contact_hours is not None and claim.contact_hours > (claim.hours or 0):
        errors.append(("contact_hours", "more-than-hours"))
    if errors:
        raise Invalid("invalid-input", errors)


@dataclass(frozen=True)
class HandedIn:
    """An entry as it was handed in, as far as it tells two of one day apart; `sha256` is of its evidence."""

    id: UUID
    title: str
    done_on: date
    category: Category | None
    points: int | None
    hundredths: int | None
    sha256: str | None

    def told(self) -> tuple[str, int | None, int | None]:
        """What it is and how much, as two are compared."""
        return plain_key(self.title), self.points, self.hundredths


def require_counted_once(entry: HandedIn, others: Iterable[HandedIn]) -> None:
    """Every hour counts once: refuse what stands already of that day in its category, by file or by title and amount.

    One certificate may stand for hours of two categories. Refused: `proof-handed-in-already`,
    `activity-handed-in-already`, each with the activity that stands.
    """
    for other in others:
        if other.category is not entry.category:
            continue
        if entry.sha256 is not None and other.sha256 == entry.sha256:
            raise Refused("proof-handed-in-already", activity=other.title, done_on=other.done_on, entry=str(other.id))
        if other.told() == entry.told():
            raise Refused(
                "activity-handed-in-already", activity=other.title, done_on=other.done_on, entry=str(other.id)
            )


def require_submittable(claim: Claim, rules: RuleSet, today: date) -> None:
    """Refuse an entry that nobody could value.

    Invalid: `evidence-missing`, `not-done-yet`, and for hours `hours-missing`, `category-missing`.
    """
    errors = []
    if not claim.has_evidence:
        errors.append(("evidence", "evidence-missing"))
    if claim.done_on > today:
        errors.append(("done_on", "not-done-yet"))
    if measure_of(rules) is Measure.HOURS:
        if not claim.hours:
            errors.append(("hours", "hours-missing"))
        if claim.category is None:
            errors.append(("category", "category-missing"))
    if errors:
        raise Invalid("invalid-input", errors)


def require_editable(state: EntryState, *, endorsed: bool = False) -> None:
    """An entry is frozen from submission: Refused("entry-frozen") for any state but the draft.

    Refused("entry-endorsed"): what a colleague put their name to does not change under it.
    """
    if state is not EntryState.DRAFT:
        raise Refused("entry-frozen", open_moves=ENTRY.open(state), state=state.value)
    if endorsed:
        raise Refused("entry-endorsed")


def require_deletable(state: EntryState, *, asked: bool) -> None:
    """Only a draft that nobody else was asked about goes without a trace of its content.

    Refused: `entry-frozen`, and `entry-has-history` where withdrawing keeps what others said.
    """
    require_editable(state)
    if asked:
        raise Refused("entry-has-history", open_moves=[EntryEvent.WITHDRAW.value])


def require_within(points: int, valuation: Valuation, themes: int, rules: RuleSet) -> None:
    """Refuse points that this way of valuing cannot give (po-vooraf, po-achteraf, slim-faq).

    Invalid: `valuation-not-accepted`, `points-out-of-bounds`, and for an assessor's `no-themes`, `points-not-by-theme`.
    """
    bounds = next((each for each in rules.valuations if each.kind == valuation), None)
    if bounds is None:
        raise Invalid("valuation-not-accepted", [("valuation", "valuation-not-accepted")])
    if not bounds.least <= points <= bounds.most:
        raise Invalid(
            "points-out-of-bounds", [("points", "points-out-of-bounds")], least=bounds.least, most=bounds.most
        )
    if bounds.per_theme and not themes:
        raise Invalid("no-themes", [("themes", "no-themes")])
    if bounds.per_theme and points not in by_theme(themes, bounds):
        raise Invalid("points-not-by-theme", [("points", "points-not-by-theme")], possible=by_theme(themes, bounds))


def by_theme(themes: int, bounds: Bounds) -> Sequence[int]:
    """The points that an assessor can give: 10 for each theme, plus 0, 10 or 20, 100 at most."""
    return sorted({min(bounds.most, bounds.per_theme * themes + extra) for extra in bounds.extras or (0,)})


def event_of(state: EntryState, *, accepted: bool) -> EntryEvent | None:
    """What a valuation, or one that replaces it, does to an entry; None where it was rejected and stays so."""
    if state is EntryState.UNDER_VALUATION:
        return EntryEvent.ACCEPT if accepted else EntryEvent.REJECT
    if accepted:
        return EntryEvent.CORRECT
    return EntryEvent.REVOKE if state in COUNTING else None


@dataclass(frozen=True)
class Norm:
    """One thing that a renewal measures: what the running period has, and what it takes at least."""

    name: str
    have: Decimal
    need: Decimal
    sectors: tuple[str, ...] = ()
    """Only in these sectors; empty = in all."""
    steps: tuple[Decimal, ...] = ()
    """Of a ladder, what each step takes, the least first."""

    @property
    def towards(self) -> Decimal:
        """What one is working towards: the next step of a ladder, or its last; without a ladder the norm."""
        return next((step for step in self.steps if step > self.have), max(self.steps, default=self.need))

    @property
    def short(self) -> Decimal:
        return max(self.need - self.have, Decimal(0))


def norms_of(rules: RuleSet, points: int, themes: int, hours: Mapping[Category | None, Decimal]) -> list[Norm]:
    """What the running period comes to against each norm of the rule set; hours by what they were about."""
    renewal = rules.renewal
    norms = []
    if renewal.ladder:
        steps = tuple(sorted(Decimal(rung.points) for rung in renewal.ladder))
        norms.append(Norm("points", Decimal(points), steps[0], steps=steps))
    if renewal.themes:
        norms.append(Norm("themes", Decimal(themes), Decimal(renewal.themes.needed)))
    if renewal.hours:
        norms.append(Norm("hours", sum(hours.values(), Decimal(0)), Decimal(renewal.hours.least)))
        for part in renewal.hours.parts:
            have = sum((amount for about, amount in hours.items() if about in part.categories), Decimal(0))
            norms.append(Norm(part.name, have, Decimal(part.least), part.sectors))
    return norms
