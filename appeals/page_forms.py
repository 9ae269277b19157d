"""The form of one deed: drawn from its fields, and read back into its schema."""

from collections.abc import Mapping
from typing import Any

from appeals.disputes import body, handling
from appeals.disputes.models import Dispute
from appeals.disputes.policy import Kind
from appeals.disputes.queries import File
from appeals.ports import DisputePorts, Proposal
from appeals.steps import is_rare, outcome_so_far
from appeals.verbs import ALSO, REPLACE, REPLACE_TWO, Field, Verb
from auth import queries as people
from auth.permissions import Role
from core import typed
from core.store.work import Work
from core.texts import euro
from core.web.forms import Form
from core.web.pages import _, label, options, read

VALUATION, COURSE, QUALIFICATION = "valuation", "course-accreditation", "qualification"
ASSESSED = frozenset({"registration", "reregistration", "postponement", "level-change", QUALIFICATION})
"""Decisions that rest on proofs, and give a level where the register has them."""
RULINGS = frozenset({"draft", "decision"})
REPLACING = {field.name for field in REPLACE_TWO}


def read_deed(verb: Verb, given: dict[str, str]) -> Form[Any]:
    """What was typed, as the schema of the deed; what puts other decisions in place becomes a proposal for each."""
    if verb.name not in RULINGS:
        return read(verb.schema, given)
    plain: dict[str, Any] = {name: value for name, value in given.items() if name not in REPLACING}
    form = read(verb.schema, plain)
    form.values = dict(given)
    if form.value is None:
        return form
    proposals = [_proposal(form, prefix) for prefix in ("", ALSO) if given.get(f"{prefix}decision_id")]
    if form.summary:
        form.value = None
    elif proposals:
        form.value = form.value.model_copy(update={"replacements": proposals})
    return form


def _proposal(form: Form[Any], prefix: str) -> Proposal | None:
    """One decision in the place of another; what cannot be read is marked at its own field."""
    asked = {field.name: form.values.get(f"{prefix}{field.name}", "").strip() for field in REPLACE}
    typed_in = {name: value for name, value in asked.items() if value and name != "replacing_reasons"}
    if "issued_on" in typed_in:
        typed_in["issued_on"] = str(typed.day(typed_in["issued_on"]))
    for name in ("points", "hours", "work_hours"):
        if name in typed_in:
            typed_in[name] = str(typed.number(typed_in[name]))
    reasons = asked["replacing_reasons"] or form.values.get("reasons", "")
    inner = read(Proposal, {**typed_in, "reasons": reasons})
    for name, sentence in inner.summary:
        form.wrong(f"{prefix}{'replacing_reasons' if name == 'reasons' else name}", sentence)
    return inner.value


async def form_of(work: Work, file: File, verb: Verb, here: str, posted: Form[Any] | None) -> dict[str, Any]:
    """What the template draws: each field with its words and choices; ids are bare only in the form that was sent."""
    return {
        "name": verb.name,
        "said": label(verb.name, "verb"),
        "action": f"{here}/{verb.name}",
        "form": posted or Form(values=_before(work, file, verb)),
        "open": posted is not None,
        "danger": verb.name in {"withdrawal", "recusal"},
        "rare": is_rare(verb.name),
        "fields": [await _field(work, file, verb, field, posted is not None) for field in _asked(work, file, verb)],
    }


def _before(work: Work, file: File, verb: Verb) -> dict[str, str]:
    """What a form says before anybody types: the draft on which was voted, or the outcome that was advised or voted."""
    if verb.name not in RULINGS:
        return {}
    drafted = as_typed(file.dispute.draft) if file.dispute.draft else {}
    return {"outcome": outcome_so_far(work, file)} | drafted


def as_typed(ruling: Mapping[str, Any]) -> dict[str, str]:
    """A ruling as its form has it: two decisions in the place of others at most."""
    typed_in = {
        name: str(ruling[name])
        for name in ("outcome", "reasons", "ground", "deviation", "costs_reasons")
        if ruling.get(name)
    }
    typed_in |= {name: "true" for name in ("award_costs", "passed_over") if ruling.get(name)}
    typed_in |= {name: str(ruling[name]) for name in ("costs_weight", "costs_other") if ruling.get(name)}
    if ruling.get("costs_acts"):
        typed_in["costs_acts"] = " ".join(ruling["costs_acts"])
    if ruling.get("revocations"):
        typed_in["revocations"] = " ".join(ruling["revocations"])
    for prefix, one in zip(("", ALSO), ruling.get("replacements", ()), strict=False):
        said = {**one, "replacing_reasons": one["reasons"]}
        typed_in |= {
            f"{prefix}{field.name}": str(said[field.name]) for field in REPLACE if said.get(field.name) is not None
        }
    return typed_in


def _asked(work: Work, file: File, verb: Verb) -> list[Field]:
    """The fields that can matter in this file: nobody is asked what the rules would refuse or leave aside."""
    row = file.dispute
    kinds = {decision.kind for _, decision in file.contested}
    asked = {
        "revocations": not kinds.isdisjoint(work.port(DisputePorts).revocations),
        "excused": file.late(),
        "excuse_reasons": file.late(),
        "deviation": row.advisory,
        "award_costs": row.costs_asked_on is not None,
        "costs_reasons": row.costs_asked_on is not None,
        "costs_acts": row.costs_asked_on is not None,
        "costs_weight": row.costs_asked_on is not None,
        "costs_other": row.costs_asked_on is not None,
        "level": not kinds.isdisjoint(ASSESSED),
        "issued_on": not kinds.isdisjoint(ASSESSED),
        "points": not kinds.isdisjoint({VALUATION, COURSE}),
        "hours": VALUATION in kinds,
        "work_hours": QUALIFICATION in kinds,
    }
    several = len(file.contested) > 1
    return [
        field
        for field in verb.fields
        if asked.get(field.name.removeprefix(ALSO), True) and (several or not field.name.startswith(ALSO))
    ]


def draft_shown(file: File) -> dict[str, Any]:
    """What members vote on, in words: the outcome, why, and what becomes of each decision and of the costs."""
    ruling = file.dispute.draft or {}
    numbers = {str(decision.id): decision.number for _, decision in file.contested}
    does = [_("Besluit {number} wordt herroepen.", number=numbers.get(one, "")) for one in ruling["revocations"]]
    for one in ruling["replacements"]:
        given = [
            f"{_said(field.name)}: {label(one[field.name], field.group) if field.group else one[field.name]}"
            for field in REPLACE
            if field.name != "decision_id" and one.get(field.name) is not None
        ]
        said = _("Besluit {number} wordt vervangen.", number=numbers.get(one["decision_id"], ""))
        does.append(" ".join([said, *([f"{'; '.join(given)}."] if given else [])]))
    if file.dispute.costs_asked_on is not None:
        does.append(_costs_shown(ruling) if ruling["award_costs"] else _("De kosten worden niet vergoed."))
    texts = [ruling["reasons"], ruling["deviation"], *(one["reasons"] for one in ruling["replacements"])]
    return {
        "outcome": ruling["outcome"],
        "paragraphs": [line for text in texts for line in text.splitlines() if line.strip()],
        "does": does,
    }


def _costs_shown(ruling: Mapping[str, Any]) -> str:
    """What of the costs is paid: for which acts, in how heavy a case, and what else."""
    acts = [label(one, "cost-act").lower() for one in ruling.get("costs_acts", [])]
    weight = label(ruling.get("costs_weight", "average"), "cost-weight").lower()
    other = [_("andere kosten: {sum}", sum=euro(ruling["costs_other"]))] if float(ruling.get("costs_other", 0)) else []
    said = "; ".join([*acts, *other, _("gewicht: {weight}", weight=weight)])
    return _("De kosten worden vergoed ({what}).", what=said)


async def _field(work: Work, file: File, verb: Verb, field: Field, bare: bool) -> dict[str, Any]:
    chosen: list[tuple[str, str]] = []
    if field.how == "member":
        chosen = await _members(work, file)
    elif field.how == "contested":
        chosen = [(str(one.id), f"{one.number} · {label(one.kind, 'decision-kind')}") for _, one in file.contested]
    elif field.name == "revocations":
        chosen = [
            (str(one.id), f"{one.number} · {label(one.kind, 'decision-kind')}")
            for _, one in file.contested
            if one.kind in work.port(DisputePorts).revocations
        ]
    elif field.how == "piece":
        acts = verb.name == "filed-acts"  # what we wrote down ourselves is no letter of the party
        pieces = [one for one in file.pieces if one.paper is None or not acts]
        chosen = [(str(one.id), f"{one.position}. {one.title}") for one in pieces]
    elif field.options:
        chosen = options(field.options, field.group or "answer")
    return {
        "name": field.name,
        "id": field.name if bare else f"{verb.name}-{field.name}",
        "how": field.how,
        "said": _said(field.name),
        "options": chosen,
        "needed": field.needed,
        "blank": _("Iedereen in deze zaak mag het lezen") if field.name == "kept_ground" else None,
        "starts": field.name in {"decision_id", f"{ALSO}decision_id"},
    }


def _said(name: str) -> str:
    own = label(name.removeprefix(ALSO).replace("_", "-"), "field")
    return _("Tweede besluit: {field}", field=own[:1].lower() + own[1:]) if name.startswith(ALSO) else own


async def _members(work: Work, file: File) -> list[tuple[str, str]]:
    """Who may be given a seat: holders of the role who took no part in what is contested; of the body others too,
    where it has too few of these."""
    row: Dispute = file.dispute
    taken = {seat.member_id for seat in file.seats} | {row.person_id, row.representative_id}
    roles = handling.seat_roles(row)
    found: dict[str, str] = {}
    for role in roles:
        involved = row.kind is Kind.OBJECTION and role is not Role.OBJECTION_ADVISER and await body.is_short(work, file)
        for person, name in await people.holders(work.session, role, work.today):
            may = person not in file.excluded or (involved and await body.took_part_only(work, file, person))
            if may and person not in taken:
                found.setdefault(
                    str(person), f"{name} ({label(role, 'user-role').lower()})" if len(roles) > 1 else name
                )
    return list(found.items())
