"""The order of the questions, and which is the first that is open."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.applications.questions import (
    KINDS,
    Asked,
    Document,
    Question,
    first_open,
    kinds_to_choose,
    routes_open,
    steps,
)
from register.entries.policy import ApplicationKind, Draft, Route, require_submittable
from register.rules.assessment.facts import Level, ProofKind, Sector

ALL = frozenset(ProofKind)
documents = st.lists(
    st.builds(
        Document,
        st.uuids(),
        st.sampled_from(ProofKind),
        st.booleans(),
        st.none() | st.sampled_from((Level.ONE, Level.TWO)),
        st.booleans(),
    ),
    max_size=3,
)
routes = {
    ApplicationKind.REGISTRATION: [*KINDS, Route.FREE_FORM],
    ApplicationKind.REREGISTRATION: [Route.PORTFOLIO],
    ApplicationKind.POSTPONEMENT: [Route.GROUND],
    ApplicationKind.LEVEL_CHANGE: [Route.MASTER],
}


@st.composite
def anything_asked(draw: st.DrawFn) -> Asked:
    kind = draw(st.sampled_from(ApplicationKind))
    names = draw(st.lists(st.just("Nederlands"), max_size=2))
    return Asked(
        kind=kind,
        route=draw(st.sampled_from(routes[kind])),
        teacher=draw(st.booleans()),
        kinds=ALL,
        sector=draw(st.none() | st.sampled_from(Sector)),
        qualifications=names,
        hours=[draw(st.none() | st.just(800)) for _ in names],
        ground=draw(st.none() | st.just("illness")),
        months=draw(st.none() | st.just(6)),
        statement=draw(st.sampled_from(("", " ", "Beste commissie"))),
        documents=draw(documents) if kind is not ApplicationKind.POSTPONEMENT else [],
    )


@given(anything_asked())
def test_who_answered_everything_can_hand_in(asked: Asked):
    if first_open(steps(asked)) is not None:
        return

    with_file = sum(one.has_file for one in asked.documents)
    require_submittable(
        Draft(
            asked.kind,
            asked.route,
            with_file,
            len(asked.documents) - with_file,
            asked.statement,
            asked.months,
            asked.ground,
        )
    )


@given(anything_asked())
def test_no_screen_comes_twice_and_every_document_has_its_own(asked: Asked):
    found = [(step.question, step.document) for step in steps(asked)]

    assert len(found) == len(set(found))
    assert {document for _, document in found if document} == {one.id for one in asked.documents}
    assert found[-1][0] in {Question.STATEMENT, Question.DOCUMENTS}


def test_a_teacher_is_asked_for_a_note_in_vocational_education_only():
    def of(sector: Sector) -> set[Question]:
        asked = Asked(ApplicationKind.REGISTRATION, Route.PROGRAMME, teacher=True, kinds=ALL, sector=sector)
        return {step.question for step in steps(asked)}

    assert Question.NOTES in of(Sector.MBO)
    assert Question.NOTES not in of(Sector.PO) | of(Sector.VO)


@pytest.mark.parametrize("known", [True, False])
def test_study_points_are_asked_only_where_the_offer_does_not_say_them(known: bool):
    diploma = Document(UUID(int=1), ProofKind.PROGRAMME, sized=known, has_file=True)
    asked = Asked(ApplicationKind.REGISTRATION, Route.PROGRAMME, teacher=False, kinds=ALL, documents=[diploma])

    assert (Question.SIZE in {step.question for step in steps(asked)}) is not known


def test_another_route_asks_for_its_own_document_and_keeps_the_first():
    diploma = Document(UUID(int=1), ProofKind.PROGRAMME, sized=True, has_file=True)
    asked = Asked(ApplicationKind.REGISTRATION, Route.MASTER, teacher=False, kinds=ALL, documents=[diploma])

    left = first_open(steps(asked))

    assert left is not None
    assert (left.question, left.document) == (Question.DOCUMENT, None)
    assert kinds_to_choose(asked, None) == (ProofKind.MASTER,)
    assert diploma.id in {step.document for step in steps(asked)}


def test_a_register_without_a_norm_for_a_route_does_not_offer_it():
    teachers = {ProofKind.PROGRAMME, ProofKind.MASTER, ProofKind.DIPLOMA_VALUATION}

    assert routes_open(teachers) == [Route.PROGRAMME, Route.MASTER, Route.DIPLOMA_VALUATION, Route.FREE_FORM]
    assert routes_open(ALL) == [*KINDS, Route.FREE_FORM]
