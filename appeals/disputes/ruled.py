"""What a decision on objection, or a ruling, tells beside its reasons: what it changes, what went before, on what it
rests (Awb 7:11, 7:12, 7:25, 7:26)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, or_, select

from appeals.disputes.body import body_of
from appeals.disputes.models import Contested, Dispute, Hearing
from appeals.disputes.policy import Kind, Outcome
from appeals.disputes.queries import File
from appeals.disputes.schemas import Ruling
from core.decisions import Decision, Verdict, case_number
from core.law.articles import in_register
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID

LATE = "Het kwam na de laatste dag. Wij behandelen het toch ({article}): {why}"
REPLACED = "Besluit {earlier} van {day} vervalt; in de plaats komt besluit {number}{outcome}."
ANEW = "Dit is de nieuwe beslissing na uitspraak {number} van {day}."
HEARD = "In beroep bent u gehoord op {day}."
ANNULLED = "Wij vernietigen beslissing op bezwaar {number} van {day}."
AGAIN = (
    "De {committee} moet {again} beslissen, binnen {n} weken na de dag waarop deze uitspraak bekend is gemaakt. Dat "
    "volgt uit het reglement van de Commissie van Beroep."
)
BASIS = "Wij beslissen op grond van: {article}."
ANNULS = frozenset({Outcome.SENT_BACK, Outcome.EFFECTS_MAINTAINED, Outcome.DECIDED_IN_PLACE})


def changed(work: Work, file: File, new: Ruling) -> dict[str, Any]:
    """What a decision changes, with the number that each decision gets that comes in the place of another; of a ruling
    that sends back, which committee decides anew (its last day is known once it is made known)."""
    numbers = {decision.id: decision.number for _, decision in file.contested}
    found: dict[str, Any] = {
        "replaced": [
            {"id": str(each.decision_id), "earlier": numbers[each.decision_id], "number": case_number("B", work.today)}
            for each in new.replacements
        ],
        "revoked": [numbers[id] for id in new.revocations],
    }
    if new.outcome is Outcome.SENT_BACK:
        found["anew"] = {"body": body_of(file.dispute).value}
    return {name: value for name, value in found.items() if value}


def anew_by(decision: Decision, until: date) -> None:
    """A ruling that sends back is made known: until when it must be decided anew is known too."""
    decision.result = decision.result | {"anew": decision.result.get("anew", {}) | {"until": until.isoformat()}}


def number_of(decision: Decision, earlier: Decision) -> str | None:
    """The number that was given to what takes the place of a decision; none in a case of before this was kept."""
    given = (each["number"] for each in decision.result.get("replaced", []) if each["id"] == str(earlier.id))
    return next(given, None)


def changes(file: File, changed: dict[str, Any], outcomes: dict[str, Verdict]) -> list[str]:
    """What falls, and what takes its place; how that ends, where it does not rest on what else is replaced."""
    dated = {str(decision.id): decision.notified_on for _, decision in file.contested}
    lines = []
    for each in changed.get("replaced", []):
        outcome = outcomes.get(each["id"])
        ends = f": {SAID.label(outcome.value, 'outcome', 'nl').lower()}" if outcome else ""
        on = dated[each["id"]]
        told = REPLACED.format(earlier=each["earlier"], day=day(on, "nl"), number=each["number"], outcome=ends)
        lines.append(told)
    return lines


def annulled(work: Work, file: File, new: Ruling) -> list[str]:
    """Which decisions on objection a ruling annuls, and who must decide anew."""
    row = file.dispute
    if new.outcome not in ANNULS:
        return []
    lines = [
        ANNULLED.format(number=each.number, day=day(each.notified_on, "nl"))
        for lodged, each in file.contested
        if each.kind == Kind.OBJECTION.value and (lodged is not None or row.against_silence)
    ]
    if new.outcome is Outcome.SENT_BACK and (lines or row.about_id is None or not file.contested):
        committee = SAID.label(body_of(row).value, "committee", "nl")
        weeks = work.rules.chosen(row.register_code, work.today).terms["remitted-decision"].length
        lines.append(AGAIN.format(committee=committee, n=weeks, again="opnieuw" if lines else "alsnog"))
    return lines


async def before(work: Work, row: Dispute) -> list[str]:
    """Why something that came late is treated (Awb 6:11), and the ruling after which it is decided anew."""
    lines = await _after_ruling(work, row) if row.remitted_on is not None else []
    if row.excused:
        article = in_register(work, row.register_code, "Awb 6:11")
        lines.append(LATE.format(article=article, why=row.excuse_reasons))
    return lines


async def _after_ruling(work: Work, row: Dispute) -> list[str]:
    earlier = select(Decision.id).where(Decision.subject_id == row.id)
    about = select(Contested.dispute_id).where(col(Contested.decision_id).in_(earlier))
    appeals = select(Dispute.id).where(
        Dispute.kind == Kind.APPEAL, or_(col(Dispute.id).in_(about), Dispute.about_id == row.id)
    )
    wanted = select(Decision).where(
        col(Decision.subject_id).in_(appeals),
        Decision.kind == Kind.APPEAL.value,
        Decision.outcome == Verdict.SENT_BACK,
        col(Decision.notified_on).is_not(None),
    )
    ruling = (await work.session.exec(wanted.order_by(col(Decision.id).desc()).limit(1))).first()
    if ruling is None:
        return []
    lines = [ANEW.format(number=ruling.number, day=day(ruling.notified_on, "nl"))]
    held = select(Hearing).where(Hearing.dispute_id == ruling.subject_id, col(Hearing.held).is_(True))
    hearing = (await work.session.exec(held.order_by(col(Hearing.id).desc()).limit(1))).first()
    return lines + ([HEARD.format(day=day(hearing.held_on, "nl"))] if hearing else [])


def basis(work: Work, row: Dispute, new: Ruling) -> Sequence[str]:
    """The articles on which it was decided, as they bind this register; sending back is the regulation's."""
    if row.kind is Kind.OBJECTION:
        article = "Awb 7:11, 7:12 en 7:15" if row.costs_asked_on is not None else "Awb 7:11 en 7:12"
    else:
        article = "Awb 7:26" if new.outcome in {Outcome.SENT_BACK, Outcome.EFFECTS_MAINTAINED} else "Awb 7:25 en 7:26"
    return [BASIS.format(article=in_register(work, row.register_code, article))]
