"""No decision is taken whose making known would be refused, whatever its kind: it is rehearsed when it is taken."""

import ast
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from auth.actor import SYSTEM
from core import decisions
from core.decisions import Decision, DecisionState, Effects, Verdict, case_number, take
from core.errors import Refused
from core.store.audit import TrailEvent
from core.store.db import new_id
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.service.effects import EFFECTS
from tests.builders import House, a_leader

ROOT = Path(decisions.__file__).parents[1]


def a_decision(work: Work, kind: str, person: object) -> Decision:
    return Decision(
        number=case_number("B", work.today),
        kind=kind,
        subject_kind=kind,
        subject_id=new_id(),
        person_id=person,
        register_code="schoolleiders-po",
        outcome=Verdict.GRANTED,
        reasons="Omdat het kan.",
        rule_set="po-2024",
        taken_by="system",
        decided_on=work.today,
    )


async def rows(house: House, model: type[SQLModel]) -> int:
    async with house.means.database.reading() as session:
        return len((await session.exec(select(model))).all())


async def test_a_decision_of_any_kind_is_not_taken_when_its_making_known_would_be_refused(house: House):
    await a_leader(house.world, "leo")
    before = [await rows(house, model) for model in (Decision, TrailEvent)]

    async def refuses(_work: Work, decision: Decision) -> None:
        raise Refused("wrong-state", kind=decision.kind)

    house.world.means = house.means.bound(Effects(dict.fromkeys(EFFECTS, refuses)))
    for kind in EFFECTS:
        with pytest.raises(Refused, match="wrong-state") as refused:
            await house.means.do(SYSTEM, lambda work, kind=kind: take(work, a_decision(work, kind, house.id_of("leo"))))
        assert refused.value.facts == {"kind": kind}

    assert [await rows(house, model) for model in (Decision, TrailEvent)] == before


async def test_what_was_rehearsed_was_not_done(house: House):
    await a_leader(house.world, "leo")
    before, followed = await rows(house, OutboxMessage), []

    async def tells(work: Work, decision: Decision) -> None:
        work.send("offer", address="a@voorbeeld.example", subject="Besluit", body="Er is een besluit.\n")
        work.log("offer:tell", decision)

        async def follows(_means: object) -> None:
            followed.append(decision.id)

        work.then(follows)

    kind = next(iter(EFFECTS))
    house.world.means = house.means.bound(Effects({kind: tells}))
    decision = await house.means.do(SYSTEM, lambda work: take(work, a_decision(work, kind, house.id_of("leo"))))

    async with house.means.database.reading() as session:
        row = await session.get_one(Decision, decision.id)
        told = (await session.exec(select(TrailEvent.action).where(TrailEvent.object_id == str(row.id)))).all()
    assert (row.state, row.notified_on, row.remedy) == (DecisionState.TAKEN, None, "")
    assert told == ["decision:take"]
    assert (await rows(house, OutboxMessage), followed) == (before, [])


@pytest.mark.parametrize("room", ["accreditation", "appeals", "register"])
def test_every_decision_is_taken_by_the_one_verb(room):
    """A decision that is put into the database by itself is rehearsed by nobody."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"work.add", "work.session.add"}
        if any(isinstance(each, ast.Name | ast.Call) and "ecision" in ast.unparse(each)[:9] for each in node.args)
    ]

    assert found == []
