"""A believable world on real schools, made through the services: fixed dates and names, drawn passwords.

The sign-ins stand in a 0600 file beside the database and nowhere else.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.errors import Invalid, NotFound
from core.settings import Settings
from register.seed.stories import tell
from register.seed.world import World, open_world
from register.service.context import open_sign_in

FILE = "bekwaam-signins.json"
IDENTITY = ("userID", "userKey", "orgID", "course", "run", "date", "register_numbers")
"""What a learning platform must know, and what it can try it out on."""


def require_allowed(settings: Settings) -> None:
    """Invalid("no-seed-in-production")."""
    if settings.production:
        raise Invalid("no-seed-in-production")


def _file(settings: Settings) -> Path:
    return settings.folder / FILE


def shown(settings: Settings) -> dict[str, Any]:
    """The sign-ins of the world that was seeded here; NotFound("nothing-seeded")."""
    try:
        found: dict[str, Any] = json.loads(_file(settings).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound("nothing-seeded") from error
    return found


async def seed_once(settings: Settings) -> dict[str, Any]:
    """Seed a migrated database, or show what was seeded here before; Refused("not-empty") for somebody else's data."""
    world = open_world(settings, open_sign_in(settings))
    try:
        if await world.has_people():
            return shown(settings)
        await tell(world)
    finally:
        await world.means.database.close()
    return _keep(settings, world)


def _keep(settings: Settings, world: World) -> dict[str, Any]:
    sign_ins = {
        "people": [asdict(person) for person in world.people],
        "attendance": {name: world.attendance.get(name) for name in IDENTITY},
    }
    handle = os.open(_file(settings), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(sign_ins, out, ensure_ascii=False, indent=1)
    return sign_ins


def table(sign_ins: dict[str, Any], *, everybody: bool) -> str:
    """The sign-ins for a terminal: one per role, or everybody's, by role."""
    people = sorted(sign_ins["people"], key=lambda person: str(person["role"])) if everybody else sign_ins["people"]
    lines = [f"{'role':22}{'e-mail':44}{'password':28}one-time codes"]
    seen = set()
    for person in people:
        if everybody or person["role"] not in seen:
            seen.add(person["role"])
            secret = person["totp_secret"] or "-"
            lines.append(f"{person['role']:22}{person['email']:44}{person['password']:28}{secret}")
    return "\n".join(lines)
