"""Every ground that the product can give has its sentence, its article and what would repair it, in both languages."""

import ast
import re
import tomllib

import pytest

from core import texts
from register.committee.grounds import library
from register.committee.measures.policy import GROUNDS as MEASURE_GROUNDS
from register.committee.sessions.policy import COMMITTEE_GROUNDS
from register.entries.policy import Register
from register.portfolio.policy import GROUNDS as PORTFOLIO_GROUNDS

ASSESSMENT = sorted((library.HERE.parents[1] / "rules" / "assessment").glob("*.py"))
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in library.HERE.glob("*.toml")}


def labelled() -> set[str]:
    """What the catalogue has a short label for: pages name every ground by it."""
    return {msgid.removeprefix("ground.") for msgid in texts.catalogue("register", "nl") if msgid.startswith("ground.")}


def refused_by_rules() -> set[str]:
    """The codes that the assessment writes out where it refuses, or says why a proof or norm fails."""
    found: set[str] = set()
    for tree in (ast.parse(path.read_text(encoding="utf-8")) for path in ASSESSMENT):
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and name in {"refused", "Judged", "Verdict", "_Usable"}:
                lists = [each for each in ast.walk(node) if isinstance(each, ast.List | ast.Tuple)]
                found |= {one.value for each in lists for one in each.elts if isinstance(one, ast.Constant)}
            if isinstance(node, ast.Tuple):  # one code or another
                found |= {one.orelse.value for one in node.elts if isinstance(one, ast.IfExp) and _text(one.orelse)}
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return {code for code in found if isinstance(code, str) and code.islower() and " " not in code}


def _text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def steps() -> set[str]:
    """The codes of the steps that the assessment writes out, and of the grounds that it may give as one."""
    found = set[str]()
    for node in (node for path in ASSESSMENT for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Step" and len(node.args) > 1:
            found |= {one.value for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant)}
    return {code for code in found if isinstance(code, str) and code.islower() and code[0] != "-"}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_step_of_an_assessment_stands_in_words_on_the_page_of_the_file(language):
    catalogue = texts.catalogue("register", language)

    assert "postponed" in steps()
    assert {code for code in steps() | refused_by_rules() if f"step.{code}" not in catalogue} == set()


def test_the_grounds_of_the_rules_are_found():
    assert {"not-eligible", "outside-accreditation-period", "points-short", "too-few-ects"} <= refused_by_rules()


def test_every_ground_of_every_room_is_in_the_library():
    of_measures = {code for codes in MEASURE_GROUNDS.values() for code in codes}

    assert refused_by_rules() | COMMITTEE_GROUNDS | PORTFOLIO_GROUNDS | of_measures | labelled() == library.codes()


@pytest.mark.parametrize("register", Register)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_ground_says_what_is_wrong_where_it_stands_and_what_would_repair_it(register, language):
    for each in library.grounds(register.value, sorted(library.codes()), language):
        assert each.article, each
        assert each.sentence.endswith("."), each
        assert each.repair.endswith("."), each


@pytest.mark.parametrize("name", FILES)
def test_a_register_says_otherwise_only_what_all_registers_say(name):
    assert name == library.COMMON or name in set(Register)
    assert set(FILES[name].get("grounds", {})) <= library.codes()
    assert set(FILES[name].get("reasons", {})) <= set(FILES[library.COMMON]["reasons"])


def test_a_register_says_it_in_its_own_words():
    common, own = library.ground("schoolleiders-po", "too-light"), library.ground("leraren", "too-light")

    assert "punten" in common.sentence
    assert "uren" in own.sentence


@pytest.mark.parametrize("register", Register)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_words_of_a_refusal_cite_articles_and_no_codes_of_the_rule_sets(register, language):
    said = library.refused(register.value, sorted(library.codes()), language).reasons

    assert "(Awb 4:5)" in said
    assert re.findall(r"\((?:po|rl|pe|sterk|slim|FAQ)[ -][^)]*\)", said) == []


def test_who_chose_no_programme_reads_so():
    assert "geen opleiding of aanbieder gekozen" in library.refused("schoolleiders-po", ["not-recognised"]).reasons
