"""The rule sets on pages: which hold, held and will hold, their norms in words, and whom a coming one affects."""

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from auth.permissions import Permission
from core.law.rulesets import RuleSet, RuleSets
from core.store.work import Work
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from register.entries.policy import Register
from register.office import affected, norms

HERE = "/kantoor/regels"


@get(HERE, requires=Permission.OFFICE_READ)
async def rule_sets(request: AnyRequest, work: WorkDep) -> Template:
    """Every set of every register, the latest first."""
    return render(
        request,
        "office/rules.html",
        work,
        registers=[
            {"register": register, "sets": [_row(work, rules) for rules in reversed(work.rules.of(register))]}
            for register in work.rules.registers()
        ],
    )


def _row(work: Work, rules: RuleSet) -> list[Any]:
    return [
        {
            "text": label(rules.name, "rule-set"),
            "href": f"{HERE}/{rules.name}",
            "small": f"{rules.name} v{rules.version}",
        },
        norms.in_force(rules),
        label(rules.selected_by, "selected-by"),
        label(_stands(work, rules), "rule-set-state"),
    ]


def _stands(work: Work, rules: RuleSet) -> str:
    if work.today < rules.from_on:
        return "coming"
    return "in-force" if rules.covers(work.today) else "past"


@get(HERE + "/{name:str}", requires=Permission.OFFICE_READ)
async def rule_set(request: AnyRequest, work: WorkDep, name: FromPath[str]) -> Template:
    """One set in words; of one that is still to come, how many it will affect."""
    rules = work.rules.named(name)
    state = _stands(work, rules)
    return render(
        request,
        "office/rule_set.html",
        work,
        title=label(rules.name, "rule-set"),
        register=rules.register_name,
        when=norms.in_force(rules),
        chosen=label(rules.selected_by, "selected-by"),
        state=label(state, "rule-set-state"),
        sections=norms.sections(rules),
        affected=await _affected(work, rules) if state == "coming" else None,
    )


async def _affected(work: Work, rules: RuleSet) -> list[list[Any]]:
    """How many periods that run now would be renewed under the coming set, by status and by the set of now."""
    now = RuleSets(tuple(each for each in work.rules if each.from_on < rules.from_on))
    then = RuleSets(tuple(each for each in work.rules if each.from_on <= rules.from_on))
    found = await affected.counted(work.session, now, then, Register(rules.register_name))
    return [[label(each.status, "status"), each.now or "–", {"text": str(each.number)}] for each in found]


HANDLERS = [rule_sets, rule_set]
