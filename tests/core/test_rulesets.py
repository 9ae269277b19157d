"""Rule sets as data: read, refused by line, chosen by dates."""

from datetime import date
from pathlib import Path

import pytest

from core.errors import NotFound
from core.law.rulefiles import BrokenRules, load, parse
from core.law.rulesets import RuleSet, RuleSets

FOLDER = Path(__file__).parents[2] / "register" / "rules"
LADDER = "schoolleiders-po-2022.toml"


@pytest.fixture(scope="module")
def shipped() -> RuleSets:
    return load(FOLDER)


def text(file: str = LADDER) -> str:
    return (FOLDER / file).read_text()


def broken(file: str, source: str) -> list[str]:
    with pytest.raises(BrokenRules) as refused:
        parse(file, source)
    return list(refused.value.lines)


def line_of(source: str, fragment: str, nth: int = 1) -> int:
    return [number for number, line in enumerate(source.splitlines(), 1) if fragment in line][nth - 1]


def test_the_shipped_sets_are_sound_and_named_after_their_files(shipped):
    assert {rules.name for rules in shipped} == {path.stem for path in FOLDER.glob("*.toml")}
    assert shipped.registers() == ("leraren", "schoolleiders-po", "schoolleiders-vo")


def test_a_rule_set_cannot_be_changed_after_it_is_read(shipped):
    rules = shipped.named("leraren-2013")

    with pytest.raises(ValueError):
        rules.period_years = 9
    with pytest.raises(TypeError):
        rules.terms["objection"] = None


def test_a_wrong_value_is_refused_by_its_line():
    source = text().replace("points = 80", 'points = "eighty"')

    [line] = broken(LADDER, source)

    assert line.startswith(f"{LADDER}:{line_of(source, 'eighty')}: renewal.ladder[1].points: ")


def test_an_unknown_key_is_refused_by_its_line():
    source = text().replace("quorum = 4", "quorum = 4\nqorum = 5")

    assert broken(LADDER, source) == [
        f"{LADDER}:{line_of(source, 'qorum = 5')}: committee.qorum: Extra inputs are not permitted"
    ]


def test_a_missing_key_is_refused_by_the_line_of_its_table():
    source = text().replace("quorum = 4\n", "")

    assert broken(LADDER, source) == [f"{LADDER}:{line_of(source, '[committee]')}: committee.quorum: Field required"]


def test_a_ladder_that_does_not_rise_is_refused_by_the_line_of_the_rung():
    source = text().replace("points = 120", "points = 100")

    [line] = broken(LADDER, source)

    where = line_of(source, "points = 100", nth=2)
    assert line == f"{LADDER}:{where}: renewal.ladder[3].points: must be above 100, the points before it"


def test_a_level_that_does_not_exist_is_refused_by_line():
    source = text().replace('to_level = "master"', 'to_level = "meester"')

    [line] = broken(LADDER, source)

    assert line.startswith(f"{LADDER}:{line_of(source, 'meester')}: level_changes[0].to_level: must be one of")


def test_text_that_is_no_toml_is_refused_by_line():
    source = text().replace("version = 1", "version =")

    assert broken(LADDER, source)[0].startswith(f"{LADDER}:4: ")


def test_everything_that_is_wrong_is_said_at_once():
    source = text().replace("version = 1", "version = 0").replace("quorum = 4", "quorum = true")

    assert len(broken(LADDER, source)) == 2


def test_a_set_in_force_while_another_still_is_is_refused_by_line(tmp_path: Path):
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text().replace("until = 2022-08-23", "until = 2022-08-24"))

    with pytest.raises(BrokenRules) as refused:
        load(tmp_path)

    assert refused.value.lines == (
        f"{LADDER}:{line_of(text(), 'from = ')}: from: must be after the last day of schoolleiders-po-2020",
    )


def test_a_set_that_lacks_a_term_of_the_others_is_refused_by_line(tmp_path: Path):
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text())
    source = text().replace("\nobjection = ", "\nobjectoin = ")
    (tmp_path / LADDER).write_text(source)

    with pytest.raises(BrokenRules) as refused:
        load(tmp_path)

    assert f"{LADDER}:{line_of(source, '[terms]')}: terms: must name objection, as the other rule sets do" in (
        refused.value.lines
    )


@pytest.mark.parametrize(
    ("decided_on", "name"),
    [
        (date(2014, 1, 1), "schoolleiders-po-2014"),
        (date(2020, 11, 17), "schoolleiders-po-2014"),
        (date(2020, 11, 18), "schoolleiders-po-2020"),
        (date(2022, 8, 23), "schoolleiders-po-2020"),
        (date(2022, 8, 24), "schoolleiders-po-2022"),
        (date(2200, 1, 1), "schoolleiders-po-2022"),
    ],
)
def test_a_first_decision_is_taken_under_the_set_of_its_own_day(shipped, decided_on, name):
    assert shipped.chosen("schoolleiders-po", decided_on).name == name


@pytest.mark.parametrize(
    ("began_on", "ends_on", "name"),
    [
        (date(2020, 11, 17), date(2024, 11, 17), "schoolleiders-po-2014"),  # four years: the older norm lives on
        (date(2020, 11, 17), date(2025, 11, 17), "schoolleiders-po-2022"),  # five: it does not
        (date(2020, 11, 18), date(2024, 11, 18), "schoolleiders-po-2022"),  # begun too late
    ],
)
def test_a_running_period_keeps_its_older_norm_alive(shipped, began_on, ends_on, name):
    assert shipped.chosen("schoolleiders-po", date(2024, 9, 1), began_on, ends_on).name == name


def test_teachers_follow_the_day_their_period_began(shipped):
    decided_on = date(2029, 12, 1)

    assert shipped.chosen("leraren", decided_on, date(2025, 12, 31), date(2029, 12, 31)).name == "leraren-2013"
    assert shipped.chosen("leraren", decided_on, date(2026, 1, 1), date(2031, 1, 1)).name == "leraren-2026"
    assert shipped.chosen("leraren", date(2026, 1, 1)).name == "leraren-2026"


def test_before_the_first_set_there_is_none(shipped):
    with pytest.raises(NotFound):
        shipped.chosen("leraren", date(2012, 1, 31))


@pytest.mark.parametrize(
    ("year", "full", "reduced"), [(2021, 0, None), (2022, 245, None), (2023, 245, None), (2025, 270, 70)]
)
def test_the_fee_is_that_of_the_calendar_year(shipped, year, full, reduced):
    fee = shipped.named("schoolleiders-po-2022").fee(year)

    assert (fee.full_eur, fee.reduced_eur) == (full, reduced)


def test_levels_rise_in_the_order_of_the_data(shipped):
    rules: RuleSet = shipped.named("schoolleiders-po-2022")

    ranks = [rules.rank(level) for level in (None, "in-opleiding", "niveau-1", "niveau-2", "master")]
    assert ranks == sorted(set(ranks))
