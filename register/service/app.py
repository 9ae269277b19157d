"""The running service: routers, the edge, error answers, the API document. Only `cli` and the tests build one."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Response, Router, get
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig

from auth import reset
from auth.actor import SYSTEM
from auth.guards import authorize
from auth.permissions import PUBLIC
from core import texts
from core.clock import machine_now
from core.store import outbox
from core.store.checkpoints import Witness
from core.store.work import Means
from core.web.asgi import ASGIApp, Heads, Scope
from core.web.frame import Speaking
from core.web.guard import OuterGuard
from core.web.http import AnyRequest, provide_work
from core.web.problems import HANDLERS
from core.web.response_headers import HEADERS, Stamp
from core.web.retry import Again
from core.web.unit_of_work import Edge, learn_queries
from register.notification import announcing, case_letters
from register.portfolio.transfer.api import ROOM_FOR_PARTS
from register.portfolio.transfer.policy import MOST_UPLOADED
from register.service import frame, health
from register.service.isolation import learn_isolation
from register.service.openapi import OPENAPI, document, of_installation
from register.service.public_reads import PublicReads
from register.service.routes import API, PAGES

LOG = logging.getLogger("bekwaam")
HERE = Path(__file__).resolve().parents[2]
TEMPLATES = [HERE / room / "templates" for room in ("core", "auth", "accreditation", "appeals", "register")]
STATIC = HERE / "core" / "static"
DELIVER_EVERY = 5
CALCULATOR_BYTES = 256 * 2**10
CALCULATORS = frozenset({"/v1/assessments", "/v1/entitlements", "/v1/term-calculations"})
LIST_BYTES = 8 * 2**20


def environment(said: texts.Texts) -> Environment:
    """Templates that escape everything and in which a misspelt name is an error, not an empty page."""
    found = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # a release may lie on disk before its process starts
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts.install(found, said)
    return found


@cache
def describe() -> dict[str, Any]:
    """The API document, of an application that exists only to be described: the framework's own pages stay away."""
    described = Litestar(
        route_handlers=[Router("/v1", route_handlers=API)],
        dependencies={"work": Provide(provide_work)},
        openapi_config=OPENAPI,
        logging_config=None,
    )
    return document(described)


@get("/v1/openapi.json", requires=PUBLIC, include_in_schema=False)
async def served(request: AnyRequest) -> Response[bytes]:
    """The API document, readable by everybody."""
    headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    told = of_installation(describe(), request.app.state.means.settings)
    return Response(msgspec.json.encode(told), media_type="application/json", headers=headers)


def create_litestar(means: Means) -> Litestar:
    """The framework's application, without the layers around it."""
    said = texts.load()
    state = State(
        {
            "means": means,
            "texts": said,
            "secure": means.settings.origin.startswith("https:"),
            "navigation": frame.navigation,
            "stopping": False,
        }
    )

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        post, orphaned = asyncio.create_task(_deliver(means)), asyncio.create_task(_end_with_parent(os.getppid()))
        yield
        app.state.stopping = True
        for task in (post, orphaned):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await means.database.close()

    app = Litestar(
        route_handlers=[
            Router("/v1", route_handlers=API),
            Router("/", route_handlers=PAGES, include_in_schema=False),
            *health.HANDLERS,
            served,
            create_static_files_router("/static", [STATIC], opt={"requires": PUBLIC}, include_in_schema=False),
        ],
        guards=[authorize],
        before_request=frame.before,
        middleware=[DefineMiddleware(cast(Any, Edge))],
        dependencies={"work": Provide(provide_work)},
        exception_handlers=HANDLERS,
        openapi_config=None,
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment(said))),
        state=state,
        lifespan=[lifespan],
        logging_config=None,
        request_max_body_size=12 * 2**20,
        on_app_init=[_closed],
    )
    learn_queries(app)
    learn_isolation(app)
    return app


def _closed(config: AppConfig) -> AppConfig:
    """No debug pages, whatever the environment says."""
    config.debug = False
    return config


def create_app(means: Means) -> ASGIApp:
    """The service as a server runs it: stamped, guarded, repeated on demand."""
    return surrounded(create_litestar(means), means)


def surrounded(app: Any, means: Means) -> ASGIApp:
    """The framework's application with the layers around it."""
    guarded = OuterGuard(
        PublicReads(Speaking(Again(app)), means),
        limits=_limits,
        raw=("/pe-services/",),
        headers=list(HEADERS.items()),
        proxies=means.settings.proxies,
    )
    return Stamp(Heads(guarded), https=means.settings.origin.startswith("https:"))


def _limits(scope: Scope) -> int | None:
    """Lists of attendance are long, a portfolio is whole; the calculators work on what they are sent, so it is less."""
    if scope["path"] == "/v1/attendances/bulk" or scope["path"].startswith("/pe-services/"):
        return LIST_BYTES
    if scope["path"] in {"/v1/portfolio/import", "/mijn/meenemen"}:
        return MOST_UPLOADED + ROOM_FOR_PARTS
    return CALCULATOR_BYTES if scope["path"] in CALCULATORS else None


async def _end_with_parent(parent: int) -> None:
    """Stop in order when the process that keeps the workers is gone: nobody would stop this one any more."""
    while os.getppid() == parent:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(1)
    LOG.error("left alone by the process that keeps the workers; stopping")
    os.kill(os.getpid(), signal.SIGTERM)


async def _deliver(means: Means) -> None:
    """Every few seconds send what waits and have the trail witnessed; a fault is logged and tried again."""
    witness: Any = means.ports.get(Witness)
    while True:
        await asyncio.sleep(DELIVER_EVERY)
        try:
            await reset.answer_all(means)
            if await outbox.deliver(means.database, means.settings.outbox):
                await means.do(SYSTEM, announcing.fall_back)
                await means.do(SYSTEM, case_letters.fall_back)
            if witness:
                await witness.note(means.database, machine_now())
        except Exception as error:
            LOG.warning("outbox or checkpoint left: %s", type(error).__name__)
