"""The process that listens and keeps the workers: it looks first, and says what is wrong in one line.

Workers are spawned, never forked: a forked one lacks the threads of this process and waits for them for ever.
"""

import asyncio
import multiprocessing
import socket

from core.errors import Unusable
from core.metrics import gather_in, publish
from core.settings import PREFIX, Settings
from core.terminal import say
from register.service.installation import require_sound


def serve(settings: Settings, workers: int) -> None:
    """Serve until told to stop; on SIGTERM requests under way are finished. Unusable, before anything listens."""
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels

    require_startable(settings)
    _count_apart(settings)
    say(f"serving on http://{settings.host}:{settings.port}")
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "register.service.serving:app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=workers,
        log_level=LogLevels.warning,
        log_access=False,
        workers_kill_timeout=30,
        respawn_failed_workers=True,
    ).serve()


def _count_apart(settings: Settings) -> None:
    """The counts of this run, on a port of their own where one is named."""
    if settings.metrics_port:
        folder = settings.folder / "run" / f"metrics-{settings.port}"
        gather_in(folder)
        publish(folder, settings.host, settings.metrics_port)


def require_startable(settings: Settings) -> None:
    """Unusable for an installation that does not stand, and for a port that somebody else listens on."""
    lines: list[str] = []
    try:
        asyncio.run(require_sound(settings))
    except Unusable as error:
        lines += error.lines
    for name, port in (("PORT", settings.port), ("METRICS_PORT", settings.metrics_port)):
        if port and _taken(settings.host, port):
            lines.append(f"{PREFIX}{name}: somebody listens on {settings.host}:{port} already; choose another port")
    if lines:
        raise Unusable(*lines)


def _taken(host: str, port: int) -> bool:
    """Whether another process listens there; the server itself shares ports, and would share this one in silence."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return True
    return False
