"""Whoever looks at what is somebody's, is told to that person: no kind of look is left out of their list."""

import re
from pathlib import Path

from register.portfolio.sharing.queries import LOOKS

ROOT = Path(__file__).parents[2]
LOOK = re.compile(r"looked\(\s*f?\"([a-z{][a-z._{}-]*:[a-z-]+)\"")
# Looks at what is nobody's own: the search itself, the trail, a course, a dispute (whose party reads its own file).
OF_THE_HOUSE = {"person:find", "trail:check", "trail:read", "course-file:read", "{kind.value}:read"}
DOSSIERS = {"{row.kind.value}:dossier", "{row.kind.value}:bundle"}
OWN = {"portfolio:export", "board:check"}


def test_every_look_at_a_person_is_told_to_them():
    rooms = [path for room in ("accreditation", "appeals", "auth", "register") for path in (ROOT / room).rglob("*.py")]
    found = {action for path in rooms for action in LOOK.findall(path.read_text())}

    assert found - OF_THE_HOUSE - DOSSIERS - OWN <= set(LOOKS)
    assert "measure:read" in found
