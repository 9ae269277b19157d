"""Every route that writes says whether it must run as if alone, and why."""

import pytest
from litestar.routes import HTTPRoute

from core.web.unit_of_work import SKEWS
from register.service.isolation import COMPARED, SERIAL, skews
from tests.builders import framework

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


def test_every_writing_route_is_named_and_nothing_else_is():
    paths = {
        route.path: handler.opt[SKEWS]
        for route in framework().routes
        if isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items()
        if method in WRITES
    }

    named = {begun for path in paths for begun in (*SERIAL, *COMPARED) if path == begun or path.startswith(f"{begun}/")}

    assert named == {*SERIAL, *COMPARED}
    assert not set(SERIAL) & set(COMPARED)
    assert {path: skews(path) for path in paths} == paths


def test_the_longest_name_counts_and_a_stranger_does_not_start():
    assert (skews("/mijn/portfolio/{id}/indienen"), skews("/mijn/presentie/claim")) == (False, True)
    with pytest.raises(KeyError):
        skews("/nieuw/pad")
