"""The menu: every room that a role may enter stands in it once, on one line, and where one is is never hidden."""

from types import SimpleNamespace
from typing import Any

import pytest

from auth.actor import Actor
from auth.permissions import Role
from core.store.db import new_id
from register.service.frame import FIRST, FITS, navigation


def the_menu(role: Role, path: str = "/begin") -> list[dict[str, Any]]:
    actor = Actor.of(new_id(), new_id(), new_id(), frozenset({role}), second_factor=True)
    return navigation(SimpleNamespace(actor=actor), path)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", Role)
def test_a_menu_fits_on_a_line_and_names_each_room_once(role: Role):
    menu = the_menu(role)
    rooms = [item["href"] for item in menu]
    assert len(set(rooms)) == len(rooms)
    assert 1 <= len([item for item in menu if item["first"]]) <= FITS


@pytest.mark.parametrize("role", Role)
def test_where_one_is_stands_in_the_menu_itself(role: Role):
    for room in [item["href"] for item in the_menu(role)]:
        (here,) = [item for item in the_menu(role, f"{room}/inside") if item["current"]]
        assert (here["href"], here["first"]) == (room, True)


def test_what_comes_first_is_a_room():
    rooms = {item["href"] for role in Role for item in the_menu(role)}
    assert not FIRST - rooms
