"""A code that a page of the office shows has its words in both languages: a mail, a task, a line of the trail."""

import ast
import re
from collections.abc import Iterator

import pytest

from appeals.disputes.models import Kind
from appeals.disputes.upkeep import WARNED
from core.texts import LANGUAGES
from core.web.pages import SAID
from register.office.personal_data.copy import said
from register.office.trail import KINDS, LOOKS
from register.rules.rulesets import shipped
from register.service.effects import EFFECTS
from register.service.sweep import Swept
from tests.house.test_texts import OURS, name, text

CODE = re.compile(r"[a-z]+(-[a-z]+)*")
TELLS = {"send", "tell", "_tell", "place"}
ACTION = re.compile(r"([a-z-]+):[a-z-]+")
# What a wrapper puts before the word that it is called with.
BEFORE = {"register/committee/reconsideration/service.py": "reconsideration-"}
DISPUTES = "appeals/disputes/telling.py"
AFTER_KIND = re.compile(r"row\.kind\.value\}(-[a-z-]+)\"")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in OURS:
        if "migrations" not in name(path):
            for node in ast.walk(ast.parse(text(path))):
                if isinstance(node, ast.Call):
                    yield name(path), node


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def topics() -> set[str]:
    """The topic of each mail and message that somebody sends: the first code among what is given."""
    found = set()
    for path, node in calls():
        mails = called(node) in TELLS and any(one.arg == "address" for one in node.keywords)
        wraps = called(node) in TELLS and len(node.args) > 3
        if mails or wraps:
            codes = [one.value for one in node.args if isinstance(one, ast.Constant) and CODE.fullmatch(str(one.value))]
            found |= {BEFORE.get(path, "") + code for code in codes[:1]}
    return found


def actions() -> set[str]:
    """Each action that is written into the trail, as far as it is written out."""
    return {
        str(node.args[0].value)
        for _path, node in calls()
        if called(node) in {"log", "looked"} and node.args and isinstance(node.args[0], ast.Constant)
    }


def unsaid(group: str, codes: set[str]) -> list[str]:
    return sorted(
        f"{language}: {group}.{code}"
        for language in LANGUAGES
        for code in codes
        if not SAID.has(f"{group}.{code}", language)
    )


def test_every_mail_says_what_it_is_about():
    found = topics()

    of_disputes = next(text(path) for path in OURS if name(path) == DISPUTES)
    told = {f"{kind.value}{end}" for kind in Kind for end in AFTER_KIND.findall(of_disputes)}
    warned = {f"dispute-term-{what}" for what in WARNED}

    assert {"invitation", "name-refused", "reconsideration-opened"} <= found
    assert "objection-received" in told
    assert unsaid("mail-topic", found | told | warned) == []


def test_every_daily_task_has_its_words():
    assert unsaid("swept", {field.replace("_", "-") for field in Swept.__struct_fields__}) == []


def test_every_rule_set_has_its_words_and_so_has_each_norm_in_it():
    names = {
        "rule-set": {rules.name for rules in shipped()},
        "level": {level for rules in shipped() for level in rules.levels},
        "rule-term": {name for rules in shipped() for name in rules.terms},
        "rule-switch": {name for rules in shipped() for name in rules.switches},
        "proof": {proof.kind for rules in shipped() for proof in rules.proofs},
        "postponement-ground": {ground for rules in shipped() for ground in rules.postponement.grounds},
        "norm": {part.name for rules in shipped() if rules.renewal.hours for part in rules.renewal.hours.parts},
    }

    assert [each for group, codes in names.items() for each in unsaid(group, codes)] == []


def test_every_decision_that_does_something_has_its_words():
    assert unsaid("decision-kind", set(EFFECTS)) == []


def test_every_kind_of_line_in_the_trail_can_be_chosen_in_words():
    found = {match[1] for action in actions() if (match := ACTION.fullmatch(action))}

    assert found - set(KINDS) == set()
    assert unsaid("trail-kind", set(KINDS)) == []


def test_every_look_is_known_as_one():
    looked = {
        str(node.args[0].value)
        for _path, node in calls()
        if called(node) == "looked" and node.args and isinstance(node.args[0], ast.Constant)
    }

    assert looked - set(LOOKS) == set()


@pytest.mark.parametrize(
    ("fact", "code"),
    [("role", "office"), ("state", "invited"), ("reason", "left-behind"), ("reason", "misuse"), ("ground", "threat")],
)
def test_a_fact_of_the_trail_is_said_in_words(fact: str, code: str):
    assert said(fact, code) not in {"", code}
