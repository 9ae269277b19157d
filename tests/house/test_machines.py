"""Every workflow: no state that nothing leads to, no event that moves nothing; README or docs show each as it is."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from core.machine import Machine

ROOMS = ("core", "auth", "accreditation", "appeals", "register")
SHOWN = re.compile(r"```mermaid\n(stateDiagram-v2.*?)\n```", re.DOTALL)
README = Path(__file__).parents[2] / "README.md"


def machines() -> dict[str, Machine]:
    found: dict[str, Machine] = {}
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if module.name.endswith((".policy", ".votes", ".proposals", ".decisions", ".billing")):
                for value in vars(importlib.import_module(module.name)).values():
                    if isinstance(value, Machine):
                        found[value.name] = value
    return found


ALL = machines()


def test_the_machines_are_found():
    assert {"registration", "application", "entry", "decision", "session", "agenda-item"} <= set(ALL)


@pytest.mark.parametrize("machine", ALL.values(), ids=ALL)
def test_every_state_can_be_reached_and_every_event_moves_something(machine):
    states, events = type(machine.start), {type(event) for _, event in machine.moves}

    assert machine.reachable() == set(states)
    assert {event for _, event in machine.moves} == {event for kind in events for event in kind}


@pytest.mark.parametrize("machine", ALL.values(), ids=ALL)
def test_what_is_open_is_what_may_be_done(machine):
    for state in type(machine.start):
        for _, event in machine.moves:
            assert machine.may(state, event) == (event.value in machine.open(state))


def test_the_documents_show_each_machine_as_it_is():
    documents = [README, *README.parent.glob("docs/*.md")]
    shown = {one for path in documents for one in SHOWN.findall(path.read_text(encoding="utf-8"))}
    known = {machine.diagram(): name for name, machine in ALL.items()}

    assert shown, "no document shows a machine"
    assert shown <= set(known), "a document shows a machine as it is not"
    assert {known[one] for one in shown} == set(ALL), "a machine is shown nowhere"
