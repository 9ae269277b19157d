"""A newcomer's walk: an empty folder, an empty home, the README's first command to the letter, and its whole tour.

Nothing here knows the code: steps, addresses and people are those that the README names, passwords those that the
commands printed. Every document that a page of the tour leads to is opened. It ends with ctrl-C.
"""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest

from tests.commands import free_port
from tests.newcomer.readme import Doing, commands, tour
from tests.newcomer.visitors import Seen, Visitor, visitors

pytestmark = pytest.mark.newcomer

HERE = Path(__file__).parents[2]
READY_IN = 600
STOPS_IN = 45
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d[\w-]*")
LEFT_ALONE = ("/taal/", "/static/", "/v1/openapi", "/uitloggen")
MOST_PAGES = 60


@dataclass
class Demo:
    """The process that the README's first command became, and who may sign in."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path
    people: list[dict[str, Any]]
    command: Callable[[str], "subprocess.CompletedProcess[str]"]
    """Another command of the README in the same folder, such as `seed --show`."""

    def person(self, begins: str) -> dict[str, Any]:
        found = [one for one in self.people if one["email"].startswith(f"{begins}@")]
        assert found, f"the README names {begins}, and nobody is called so"
        return found[0]


def bare_environment(home: Path, port: int) -> dict[str, str]:
    """What a fresh machine has: no virtual environment, no cache, no settings but the port."""
    ours = {str(HERE / ".venv" / "bin"), os.environ.get("VIRTUAL_ENV", "-") + "/bin"}
    path = [one for one in os.environ["PATH"].split(":") if one not in ours]
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BEKWAAM_", "TEST_", "VIRTUAL_ENV", "UV_CACHE", "PYTEST", "XDG_", "PYTHONDONTWRITE"))
    }
    return {**kept, "PATH": ":".join(path), "HOME": str(home), "BEKWAAM_PORT": str(port)}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder, home = tmp_path_factory.mktemp("newcomer") / "bekwaam", tmp_path_factory.mktemp("home")
    if (HERE / ".git").exists():
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(HERE), str(folder)], check=True)
    else:
        shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns(".venv", "*.db", "__pycache__"))
    port = free_port()
    environment, log = bare_environment(home, port), folder.parent / "demo.log"
    run, _tests = commands()
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["bash", "-c", run], cwd=folder, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield _ready(process, f"http://127.0.0.1:{port}", log, run, folder, environment)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ready(
    process: "subprocess.Popen[bytes]", address: str, log: Path, run: str, folder: Path, environment: dict[str, str]
) -> Demo:
    until = time.monotonic() + READY_IN
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/health/ready").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.5)
    else:
        pytest.fail(f"the README's command did not become ready: {log.read_text()[-3000:]}")

    def command(said: str) -> "subprocess.CompletedProcess[str]":
        line = run.split("&&")[-1].strip().replace(" demo", f" {said}")
        return subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True)

    shown = command("seed --show --json")
    assert shown.returncode == 0, shown.stderr
    return Demo(address, process, log, json.loads(shown.stdout)["people"], command)


def test_the_command_prints_a_sign_in_for_each_role(demo: Demo):
    printed = demo.log.read_text()

    for role in {person["role"] for person in demo.people}:
        person = next(one for one in demo.people if one["role"] == role)
        assert f"{person['email']}" in printed
        assert person["password"] in printed


@pytest.mark.parametrize("number", range(len(tour())), ids=[about for about, _doings in tour()])
def test_the_tour_goes_as_the_readme_says(demo: Demo, number: int):
    _about, doings = tour()[number]
    assert doings, "this step of the tour says nothing that one could do"

    with visitors(demo.address) as visitor:
        who: Visitor = visitor()
        seen = who.open("/")
        been = [seen.path]
        for doing in doings:
            if doing.kind == "person":
                documents_open(who, been)
                who = visitor()
                seen = who.sign_in(demo.person(doing.what))
                assert "/inloggen" not in seen.path, f"{doing.what} cannot sign in"
                been = [seen.path]
            else:
                seen = do(who, seen, doing)
                been.append(seen.path)
            assert seen.status == 200, f"{doing}: {seen.status} on {seen.path}"
        documents_open(who, been)


def do(who: Visitor, seen: Seen, doing: Doing) -> Seen:
    """Do one thing from the page that is open; what is not on it is looked for where everything begins."""
    if doing.kind == "open":
        return who.open(doing.what)
    if doing.kind == "search":
        found = who.open(f"/?q={doing.what}")
        entry = next((href for href, _words in found.links() if href.startswith("/register/")), None)
        assert entry, f"nobody is found by {doing.what}"
        return who.open(entry)
    for page in (seen, who.open("/"), who.open("/begin")):
        for href, words in page.links():
            if words == doing.what or words.startswith(f"{doing.what} "):
                return who.open(href)
    raise AssertionError(f"no link {doing.what} from {seen.path}")


def documents_open(who: Visitor, begin: list[str]) -> int:
    """Open every kind of page and document that these pages lead to; a PDF has pages and words, a ZIP is whole."""
    waiting, kinds, documents = deque(begin), set[str](), 0
    while waiting and len(kinds) < MOST_PAGES:
        path = waiting.popleft()
        kind = NUMBER.sub("*", path.partition("?")[0])
        if kind in kinds or path.startswith(LEFT_ALONE):
            continue
        kinds.add(kind)
        begun = time.monotonic()
        fetched = who.fetch(path)
        assert fetched.status == 200, f"{path}: {fetched.status}"
        assert time.monotonic() - begun < 30, f"{path} takes long"
        if "text/html" in fetched.media_type:
            page = Seen(path, 200, fetched.content.decode())
            waiting.extend(href for href, _words in page.links())
        elif "application/pdf" in fetched.media_type:
            documents += 1
            document = pypdfium2.PdfDocument(fetched.content)
            assert len(document) > 0, path
            assert document[0].get_textpage().get_text_bounded().strip(), path
        elif "zip" in fetched.media_type:
            assert zipfile.ZipFile(io.BytesIO(fetched.content)).testzip() is None, path
    return documents


def test_the_extract_and_a_letter_are_pdfs_at_once(demo: Demo):
    with visitors(demo.address) as visitor:
        leader: Visitor = visitor()
        seen = leader.sign_in(demo.person("nadia.haddad"))
        documents = documents_open(leader, [seen.path])

        anybody: Visitor = visitor()
        entry = next(href for href, _words in anybody.open("/?q=vries").links() if href.startswith("/register/"))
        documents += documents_open(anybody, [entry])

    assert documents >= 2


def test_ctrl_c_ends_it_without_a_trace_of_trouble(demo: Demo):
    os.killpg(demo.process.pid, signal.SIGINT)

    demo.process.wait(STOPS_IN)

    assert "Traceback" not in demo.log.read_text()
    assert '"status":5' not in demo.log.read_text()
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{demo.address}/health/live")
    assert left_of(demo.process.pid) == []


@pytest.mark.parametrize("check", ["verify", "audit verify"])
def test_nothing_of_the_walk_is_a_finding(demo: Demo, check: str):
    found = demo.command(check)

    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.startswith("0 findings;")


def left_of(group: int) -> list[str]:
    """The processes of a group that still run after a moment; a dead one that nobody fetched does not."""
    for _ in range(50):
        told = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], stdout=subprocess.PIPE, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in told.splitlines()]
        found = [args for pgid, stat, args in rows if int(pgid) == group and not stat.startswith("Z")]
        if not found:
            break
        time.sleep(0.1)
    return found
