"""What a server process starts: the service on the settings of the environment, or a bare one to describe."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from litestar import Litestar
from litestar.routes import HTTPRoute

from core.logs import start_logging
from core.metrics import METRICS
from core.settings import from_environment
from core.web.asgi import ASGIApp
from register.service.app import create_app, create_litestar
from register.service.context import open_means, open_sign_in, open_witness


def app() -> ASGIApp:
    """The service, as each worker process makes it."""
    start_logging()
    settings = from_environment()
    METRICS.workers.set(1)
    return create_app(open_means(settings, serving=True).bound(open_sign_in(settings), open_witness(settings)))


def bare() -> Litestar:
    """An application that nobody serves: no database is opened, its keys and files are gone at once."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        settings = from_environment({"BEKWAAM_FOLDER": str(here)})
        return create_litestar(open_means(settings).bound(open_sign_in(settings, makes=True)))


def table_of_routes(service: Litestar) -> Iterator[tuple[str, str, str]]:
    """Method, path and what the route requires, by path."""
    for route in sorted(service.routes, key=lambda route: route.path):
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS"}):
                    yield str(method), route.path_format, str(handler.opt.get("requires", "closed"))
