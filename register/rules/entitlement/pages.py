"""Hours and budgets as a page: the facts in the address, the years with every step as the answer; nothing is kept."""

import re
from collections.abc import Mapping
from typing import Any

from litestar import get
from litestar.response import Template

from auth.permissions import PUBLIC
from core import typed
from core.law.caos import Cao
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, render
from register.rules.entitlement.answer import question_from
from register.rules.entitlement.policy import Entitlement, Kind, Role, Spending, entitlement
from register.rules.entitlement.words import shown
from register.rules.figures import in_words
from register.rules.reading import Wrong

HERE = "/uren-en-budget"
FACTS = ("cao", "role", "from", "until", "fte", "saving", "on")
LISTS: Mapping[str, tuple[str, ...]] = {"factor": ("from", "fte"), "spent": ("on", "eur", "hours", "kind")}
"""The rows of the page, with their fields: `spent-0-eur`."""
MOST_ROWS = 30
"""Of each list on a page, whose address has to hold them."""
EMPTY = {"factor": 2, "spent": 3}
"""How many rows more than are filled in."""
DAYS = frozenset({"from", "until", "on"})
_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


@get(HERE, requires=PUBLIC)
async def hours_and_budget(request: AnyRequest, work: WorkDep) -> Template:
    """Fill in the appointment and what was spent, read what is left of each year."""
    given = {name: value.strip() for name, value in request.query_params.items() if isinstance(value, str)}
    form: Form[Any] = Form(values={"on": typed.written(work.today), **given})
    caos = work.means.settings.caos
    filled = {name: _filled(name, form.values) for name in LISTS}
    found, spent = _answer(form, filled, caos) if "role" in given else (None, ())
    cao = caos.get(given.get("cao", ""), next(iter(caos.values())))
    return render(
        request,
        "public/entitlement.html",
        work,
        form=form,
        caos=options(caos, "cao"),
        roles=options(Role, "role"),
        kinds=options(Kind, "spending-kind"),
        rows={name: list(range(_shown(name, filled[name]))) for name in LISTS},
        result=found and shown(found, spent),
        figures=[in_words(row) for row in cao.rows],
        cao=label(cao.name, "cao"),
    )


def _filled(name: str, values: Mapping[str, str]) -> list[int]:
    """The rows of a list in which something stands; a choice alone, which is never empty, does not count."""
    asked = [each for each in LISTS[name] if each != "kind"]
    return [at for at in range(MOST_ROWS) if any(values.get(f"{name}-{at}-{each}") for each in asked)]


def _shown(name: str, filled: list[int]) -> int:
    return min(MOST_ROWS, (filled[-1] + 1 if filled else 0) + EMPTY[name])


def _answer(
    form: Form[Any], filled: Mapping[str, list[int]], caos: Mapping[str, Cao]
) -> tuple[Entitlement | None, tuple[Spending, ...]]:
    """The answer with the lines it is about; nothing, with the mistakes in the form, where it cannot be read."""
    item = {name: said for name in FACTS if (said := _value(name, form.values.get(name, ""))) is not None}
    rows = {
        name: [
            {each: said for each in LISTS[name] if (said := _value(each, form.values.get(f"{name}-{at}-{each}", "")))}
            for at in filled[name]
        ]
        for name in LISTS
    }
    if rows["factor"]:  # the first factor holds from the first day
        first = {"from": item.get("from"), "fte": item.get("fte")}
        item["fte"] = [first, *rows["factor"]]
    question = question_from({**item, "spent": rows["spent"]}, caos)
    if isinstance(question, list):
        for wrong in question:
            name = _field(wrong, filled)
            if name not in form.errors:
                form.wrong(name, _sentence(name, wrong.code, form.values))
        return None, ()
    return entitlement(*question), question[2]


def _value(name: str, text: str) -> object:
    """What was typed as the calculator reads it; None when it was left empty."""
    if not text:
        return None
    if name in DAYS:
        return str(typed.day(text))
    if name == "saving":
        return {"true": True, "false": False}.get(text, text)
    return typed.number(text, of=name) if name in {"fte", "eur", "hours"} else text


def _field(wrong: Wrong, filled: Mapping[str, list[int]]) -> str:
    """The field of the page that a mistake is in; of the factors the first stands by itself."""
    found = _ROW.fullmatch(wrong.field)
    if found is None:
        return wrong.field
    if found[1] == "spent":
        return f"spent-{filled['spent'][int(found[2])]}-{found[3]}"
    at = int(found[2]) - 1
    return found[3] if at < 0 else f"factor-{filled['factor'][at]}-{found[3]}"


def _sentence(name: str, code: str, values: Mapping[str, str]) -> str:
    """Why it cannot be read; a day that was written well and is in no calendar has its own words."""
    written = code == "not-a-day" and typed.is_written_as_day(values.get(name, ""))
    return label("no-such-day" if written else code, "entitlement-error")


HANDLERS = [hours_and_budget]
