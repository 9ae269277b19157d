"""Whatever schemathesis makes up, from whomever it comes, the service answers without an error of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from auth.permissions import Role, granted
from register.service.routes import API
from tests.fuzz.service import seeded_service

pytestmark = pytest.mark.fuzz

# The two that take longest stand at the ends: one for each process.
ROLES = (
    *("anonymous", "provider", "assessor", "committee-member", "accreditation-member", "secretary", "auditor"),
    *("objection-adviser", "appeals-member", "appeals-secretary", "board", "office", "admin", "professional"),
)
FEW, MANY = 2, 100  # examples for each operation
# In the quick run these try every route, and every boundary of every field; the others what their role adds.
THOROUGH = {"anonymous", "professional"}
# Not with a token: they end the session that the rest of the run needs.
ENDS_THE_SESSION = "^/(token|sessions?|sign-out|password)"


def added_by(role: str) -> set[str]:
    """The paths that ask for something which not everybody may do who signs in."""
    more = granted([Role(role)]) - granted([Role.PROFESSIONAL])
    routes = [route for router in API for route in router.routes]
    return {one.path_format for one in routes if more & {each.opt.get("requires") for each in one.route_handlers}}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with seeded_service(tmp_path_factory.mktemp("fuzz")) as running:
        yield running


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
@pytest.mark.parametrize("role", ROLES)
def test_no_request_brings_the_service_to_an_error(service, role, examples, tmp_path):
    command = [
        Path(sys.executable).with_name("st"),
        "run",
        f"{service.url}/v1/openapi.json",
        "--url",
        f"{service.url}/v1",
    ]
    command += [
        "--checks",
        "not_a_server_error",
        "--max-examples",
        str(examples),
        "--continue-on-failure",
        "--no-color",
    ]
    quick = examples == FEW
    phases = ["examples", "fuzzing", *["coverage"] * (role in THOROUGH or not quick), *["stateful"] * (not quick)]
    command += ["--phases", ",".join(phases)]
    command += ["--generation-database", "none", "--seed", "20261122", "--warnings", "off", "--request-timeout", "20"]
    if role != "anonymous":
        command += ["--header", f"Authorization: Bearer {service.token(role)}"]
        command += ["--exclude-path-regex", ENDS_THE_SESSION]
    if quick and role not in THOROUGH:
        command += [word for path in sorted(added_by(role)) for word in ("--include-path", path)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    assert "Traceback" not in service.log.read_text()
