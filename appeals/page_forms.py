"""The form of one deed: drawn from its fields, and read back into its schema."""

from typing import Any

from appeals.disputes import handling
from appeals.disputes.models import Dispute
from appeals.disputes.queries import File
from appeals.ports import Proposal
from appeals.verbs import REPLACE, Field, Verb
from auth import queries as people
from core import typed
from core.forms import Form
from core.pages import label, options, read
from core.work import Work

REPLACING = {field.name for field in REPLACE}


def read_deed(verb: Verb, given: dict[str, str]) -> Form[Any]:
    """What was typed, as the schema of the deed; what puts another decision in place becomes a proposal."""
    if verb.name != "decision":
        return read(verb.schema, given)
    plain: dict[str, Any] = {name: value for name, value in given.items() if name not in REPLACING}
    form = read(verb.schema, plain)
    form.values = dict(given)
    if form.value is None or not given.get("decision_id"):
        return form
    days = {name: str(typed.day(given[name])) for name in ("issued_on",) if given.get(name, "").strip()}
    numbers = {name: str(typed.number(given[name])) for name in ("points", "hours") if given.get(name, "").strip()}
    proposal = {
        "decision_id": given["decision_id"],
        "reasons": given.get("replacing_reasons") or given.get("reasons", ""),
        **({"level": given["level"]} if given.get("level") else {}),
        **days,
        **numbers,
    }
    return _with(form, proposal)


def _with(form: Form[Any], proposal: dict[str, Any]) -> Form[Any]:
    """The form with the proposal in its value, or with the mistakes of the proposal."""
    inner = read(Proposal, proposal)
    if inner.value is None or form.value is None:
        form.value = None
        for name, sentence in inner.summary:
            form.wrong("replacing_reasons" if name == "reasons" else name, sentence)
        return form
    form.value = form.value.model_copy(update={"replacements": [inner.value]})
    return form


async def form_of(work: Work, file: File, verb: Verb, here: str, posted: Form[Any] | None) -> dict[str, Any]:
    """What the template draws: each field with its words and choices; ids are bare only in the form that was sent."""
    return {
        "name": verb.name,
        "said": label(verb.name, "verb"),
        "action": f"{here}/{verb.name}",
        "form": posted or Form(),
        "open": posted is not None,
        "danger": verb.name in {"withdrawal", "recusal"},
        "fields": [await _field(work, file, verb, field, posted is not None) for field in verb.fields],
    }


async def _field(work: Work, file: File, verb: Verb, field: Field, bare: bool) -> dict[str, Any]:
    chosen: list[tuple[str, str]] = []
    if field.how == "member":
        chosen = await _members(work, file)
    elif field.how == "contested":
        chosen = [(str(one.id), f"{one.number} · {label(one.kind, 'decision-kind')}") for _, one in file.contested]
    elif field.options:
        chosen = options(field.options, field.group or "answer")
    return {
        "name": field.name,
        "id": field.name if bare else f"{verb.name}-{field.name}",
        "how": field.how,
        "said": label(field.name.replace("_", "-"), "field"),
        "options": chosen,
        "needed": field.needed,
    }


async def _members(work: Work, file: File) -> list[tuple[str, str]]:
    """Who may be given a seat: holders of the role who took no part in what is contested."""
    row: Dispute = file.dispute
    taken = {seat.member_id for seat in file.seats} | set(file.excluded) | {row.person_id}
    holders = await people.holders(work.session, handling.seat_role(row), work.today)
    return [(str(person), name) for person, name in holders if person not in taken]
