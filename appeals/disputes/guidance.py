"""PURE: which deed is next in a dispute and why, by its state and terms; and which deeds are sure to be refused."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from appeals.disputes.policy import PANEL_LEAST, Kind

_LOOKED_AT = frozenset({"acknowledged", "repaired", "not-repaired"})
_PREPARED = frozenset({"admissibility-checked", "defence-requested", "defence-received"})
_TO_DECIDE = frozenset({"heard", "hearing-waived"})


@dataclass(frozen=True)
class Standing:
    """What of a dispute decides what comes next, and what the reader is to it."""

    kind: Kind
    state: str
    today: date
    due_on: date
    handler: bool
    seated: bool
    filer: bool = False
    body: bool = False
    """Speaks for the body whose decision is appealed against."""
    missing: bool = False
    asked: bool = False
    repair_until: date | None = None
    defence_until: date | None = None
    held_on: date | None = None
    papers_left: bool = False
    pieces: int = 0
    sitting: int = 0
    """Of those whose turn it is: who hears and advises, or after the advice who decides."""
    least: int = PANEL_LEAST
    """So many of them must be there, or vote."""
    chair: bool = False
    voted: int = 0
    own_vote: bool = False
    advises: bool = False
    """The reader sits in the advisory committee, and so never decides (Awb 7:13)."""
    draft: bool = False
    """A draft of the decision was laid before who decides."""
    by_chair: bool = False
    """The chair may decide it alone, and wants to (Awb 10:3(1))."""
    advisory: bool = False
    adjourned: bool = False
    adjourns: bool = True
    """The reader may put the decision off: who handles it, or the chair where the rules leave that to the chair."""
    declined: bool = False
    """The party said that it does not want to be heard."""
    unheard: bool = False
    """Nobody was heard, on a ground that does not bear what was voted or advised (Awb 7:3)."""
    interim_asked: bool = False
    """The party asked to suspend meanwhile, and nobody decided on that."""
    interim_may: bool = False
    """Something that is contested can be suspended, and no request stands."""
    led: bool = False
    """Somebody sits in the chair of who decides."""
    leads: bool = False
    """The reader sits in the chair of who decides."""
    anew_by: date | None = None
    """Until when the body decides anew on what was sent back to it (Awb 7:25)."""

    def all_voted(self) -> bool:
        """Whether a panel that can decide has spoken."""
        return self.by_chair or (self.sitting >= self.least and self.voted >= self.sitting)

    def body_at_turn(self) -> bool:
        """Whether the body decides now: after the advice, or without an advisory committee after the hearing."""
        return self.kind is Kind.OBJECTION and (self.state == "advised" or not self.advisory)


@dataclass(frozen=True)
class Next:
    """The deed that is next, empty where somebody else moves; `why` is a code, `day` and `n` stand in its sentence."""

    deed: str
    why: str
    day: date | None = None
    n: int = 0


def next_step(now: Standing, open_deeds: Collection[str]) -> Next | None:
    """What comes next, for this reader; None once the dispute has ended."""
    if now.state == "remitted" and now.anew_by is not None:
        return Next("", "decided-anew-late" if now.today > now.anew_by else "decided-anew", now.anew_by)
    if now.filer:
        return Next("repair", "you-repair", now.repair_until) if now.state == "omission" and now.repair_until else None
    if now.body:
        return Next("defence", "you-defend", now.defence_until) if now.state == "defence-requested" else None
    if now.interim_asked and now.leads:
        return Next("interim-decision", "interim-first")
    if now.interim_asked and now.handler and not now.led:
        return Next("seats", "interim-chair")
    found = _step(now)
    if found is None or not found.deed or found.deed in open_deeds:
        return found
    return Next("", "handler-moves")


def _step(now: Standing) -> Next | None:
    if now.state in _LOOKED_AT:
        ask = now.missing and not now.asked
        return Next("repair-request", "items-missing") if ask else Next("admissibility", "check-first")
    if now.state == "omission" and now.repair_until is None:
        return Next("", "request-waits")
    if now.state == "omission":
        over = now.repair_until is not None and now.today > now.repair_until
        return Next("repair-expiry", "repair-passed") if over else Next("", "filer-repairs", now.repair_until)
    if now.state in _PREPARED:
        return _before_hearing(now)
    if now.state == "scheduled":
        waits = now.held_on is not None and now.held_on > now.today
        return Next("", "hearing-awaited", now.held_on) if waits else Next("minutes", "hearing-held")
    if now.state in _TO_DECIDE:
        return _after_hearing(now)
    if now.state == "advised":
        return Next("", "others-decide") if now.seated and now.advises else _by_body(now, "decide-on-advice")
    return Next("notification", "make-known") if now.state == "decided" else None


def _before_hearing(now: Standing) -> Next:
    """The file, who judges, the defence, the hearing: in this order, as each needs the one before."""
    if now.papers_left:
        return Next("papers", "papers-first")
    if panel := _panel_needed(now, PANEL_LEAST, "panel-needed"):
        return panel
    if now.state == "defence-requested" and now.defence_until is not None and now.today <= now.defence_until:
        return Next("defence", "defence-awaited", now.defence_until)
    return Next("hearing", "hear-first")


def _panel_needed(now: Standing, least: int, why: str) -> Next | None:
    if now.sitting >= least and now.chair:
        return None
    return Next("seats", why, n=max(least - now.sitting, 1))


def _after_hearing(now: Standing) -> Next:
    if now.body_at_turn():
        return _by_body(now, "decide-as-voted")
    if now.seated and not now.own_vote:
        return Next("votes", "you-vote") if not now.advisory or now.advises else Next("", "handler-moves")
    if panel := _panel_needed(now, now.least, "panel-needed"):
        return panel
    if not now.all_voted():
        return Next("", "votes-awaited", n=now.sitting - now.voted)
    if now.unheard:
        return Next("hearing", "hear-after-all")
    return Next("advice", "advise-next") if now.advisory else Next("decision", "decide-as-voted")


def _by_body(now: Standing, why: str) -> Next:
    """The members of the body vote on a draft, after advice too (Awb 7:11, 10:3)."""
    if now.seated and not now.own_vote:
        return Next("votes", "you-vote")
    if not now.by_chair:
        if panel := _panel_needed(now, now.least, "body-needed"):
            return panel
        if not now.draft and not now.voted:
            return Next("draft", "draft-next")
        if not now.all_voted():
            return Next("", "votes-awaited", n=now.sitting - now.voted)
    return Next("hearing", "hear-after-all") if now.unheard else Next("decision", why)


def is_offered(now: Standing, deed: str) -> bool:
    """Whether a deed that the state allows can also succeed now: nobody should type what is sure to be refused."""
    offered = {
        "papers": now.papers_left,
        "piece-mark": now.pieces > 0,
        "repair-expiry": now.repair_until is not None and now.today > now.repair_until,
        "chamber": now.sitting == 0,
        "minutes": now.held_on is not None and now.held_on <= now.today,
        "votes": now.seated and not now.own_vote and (now.kind is Kind.APPEAL or now.advises != now.body_at_turn()),
        "advice": now.advisory and now.advises and now.all_voted() and not now.unheard,
        "draft": now.body_at_turn() and not now.advises and now.sitting >= now.least and now.chair,
        "decision": (now.body_at_turn() or now.kind is Kind.APPEAL)
        and not now.advises
        and now.all_voted()
        and not now.unheard,
        "adjournment": now.adjourns and not now.adjourned and now.today <= now.due_on,
        "default-notice": now.today > now.due_on,
        "hearing-renunciation": not now.declined,
        "interim-request": now.interim_may,
        "interim-decision": now.interim_asked and now.leads,
    }
    return offered.get(deed, True)


RARE = frozenset(
    {
        "forwarding",
        "chamber",
        "recusal",
        "adjournment",
        "consent",
        "default-notice",
        "hearing-renunciation",
        "interim-request",
        "withdrawal",
        "piece-mark",
    }
)
"""Deeds outside the main line, which stand apart."""
