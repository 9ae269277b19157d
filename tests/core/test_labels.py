"""A mistake is told by the label of its field on the page that shows it, not by another name of it."""

import pytest
from jinja2 import DictLoader

from core import texts
from core.labels import Labels, after_label, named, with_label
from core.web.forms import Form
from register.service.app import environment

PAGE = """{% extends "base.html" %}{% import "macros.html" as m %}{% block content %}{{ m.error_summary(form) }}
{{ m.select(form, "recuse_ground", "Waarom?", [("x", "X")]) }}
{{ m.field(form, "points", "Aantal <b>", required=false) }}
{{ m.radios(form, "positive", "Uw advies", [("true", "Accrediteren"), ("false", "Weigeren")]) }}
{{ m.amounts(form, "hours", "Uren per categorie", [("hours-SUBJECT", "Vakinhoud")]) }}
{{ m.chosen_board(form, "board_number", "", "/besturen") }}
{{ m.checkbox(form, "declared", "Ik heb alles naar waarheid ingevuld") }}{{ m.date_parts(form, "born_on", "Geboren") }}
{{ m.textarea(form, "reasons", "Motivering", heading=true) }}{% endblock %}"""
CALLED = {
    "recuse_ground": "Waarom?",
    "points": "Aantal &lt;b&gt;",
    "positive": "Uw advies",
    "hours": "Uren per categorie",
    "hours-SUBJECT": "Vakinhoud",
    "board_number": "Schoolbestuur",
    "declared": "Ik heb alles naar waarheid ingevuld",
    "born_on": "Geboren",
    "reasons": "Motivering",
}


def drawn(form: Form) -> str:
    found = environment(texts.load())
    found.loader.loaders.append(DictLoader({"page.html": PAGE}))
    return found.get_template("page.html").render(form=form)


def test_what_each_kind_of_field_is_called_is_read_from_the_page():
    found = Labels(drawn(Form())).found

    assert {name: found.get(name) for name in CALLED} == CALLED


@pytest.mark.parametrize(("name", "label"), CALLED.items())
def test_summary_and_field_say_the_label_of_the_page(name: str, label: str):
    form: Form = Form()
    form.wrong(name, with_label(name, "Vul “{label}” in.", "Vul het in."))
    form.summary = [(name, after_label(name, sentence)) for name, sentence in form.summary]

    html = drawn(form)

    assert html.count(f"Vul “{label}” in.") >= 1
    assert f'<a href="#{name}">Vul “{label}” in.</a>' in html
    assert not set(html) & {chr(code) for code in range(0xE000, 0xE010)}


def test_one_choice_that_fills_two_fields_is_missed_once_by_what_stands_above_it():
    page = """<div id="error-summary"><ul><li><a href="#a">{a}</a></li><li><a href="#b">{b}</a></li></ul></div>
    <form><p class="bk-form-field__label">School</p>
    <input type="hidden" name="a"><input type="hidden" name="b"></form>"""
    wrong = {name: after_label(name, with_label(name, "Vul “{label}” in.", "Vul het in.")) for name in "ab"}

    html = named(page.format(**wrong), lambda name: "")

    assert html.count("Vul “School” in.") == 1
    assert "Vul het in." not in html


def test_a_field_that_the_page_does_not_show_is_called_by_itself_or_not_at_all():
    html = f"<p>{after_label('a', 'Te lang.')}</p><p>{with_label('b', 'Vul {label} in.', 'Vul het in.')}</p>"

    assert named(html, {"a": "Titel"}.get) == "<p>Titel: Te lang.</p><p>Vul het in.</p>"
