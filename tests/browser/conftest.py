"""A running service with a seeded world, and a Chromium without JavaScript; no Chromium, no test of the pages."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from passlib.totp import TOTP

from tests.commands import BEKWAAM, free_port
from tests.seeding import environment_of, seeded_in

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# The legal moment of the stories: after everything that the seed tells, whatever day the machine has.
MOMENT = "2026-11-24T10:00:00"
STARTS_IN = 180


@dataclass
class Service:
    """Where it runs, who is in it, and the browser that looks at it."""

    address: str
    people: list[dict[str, Any]]
    chromium: Any
    serving: "Serving"
    signed_in: dict[str, Any] = field(default_factory=dict)
    examined: set[tuple[str, object]] = field(default_factory=set)
    """Kinds of page that were looked at for whoever came first."""

    def page(self, width: int, script: bool = False) -> Any:
        """A new visitor: Dutch, and no JavaScript unless told."""
        context = self.chromium.new_context(
            java_script_enabled=script, locale="nl-NL", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(60_000)
        return context.new_page()

    def staff(self, email: str) -> Any:
        """Somebody of the seed, signed in once: a code works once."""
        if email not in self.signed_in:
            self.signed_in[email] = self.sign_in(self.page(1280), email)
        return self.signed_in[email]

    def sign_in(self, page: Any, email: str) -> Any:
        """The page of somebody of the seed, with their code where the role needs one."""
        person = next(one for one in self.people if one["email"].startswith(email))
        page.goto(f"{self.address}/inloggen")
        page.fill("#email", person["email"])
        page.fill("#password", person["password"])
        page.press("#password", "Enter")
        if secret := person.get("totp_secret"):
            page.fill("input[autocomplete=one-time-code]", TOTP(secret).generate().token)
            page.press("#otp", "Enter")
        page.wait_for_load_state()
        return page


@dataclass
class Serving:
    """`bekwaam serve` on a world and a port; it can be killed and started again."""

    command: list[str]
    environment: dict[str, str]
    address: str
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Until it answers; with its log when it does not."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(STARTS_IN * 10):
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.address}/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        pytest.fail(f"the service did not start: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """Supervisor and worker at once, without a chance to say goodbye, like a power cut."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)

    def stop(self) -> None:
        """In order; by force when it does not listen."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass(frozen=True)
class Seeded:
    """A seeded world that is served, and what its file of identities says."""

    shown: Mapping[str, Any]
    serving: Serving

    @property
    def address(self) -> str:
        return self.serving.address

    @property
    def log(self) -> Path:
        return self.serving.log


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """`bekwaam seed` and `bekwaam serve`, as somebody at home would."""
    folder = tmp_path_factory.mktemp("browser")
    clock = folder / "clock"
    clock.write_text(MOMENT)
    shown = seeded_in(folder)
    port = free_port()
    serve = [BEKWAAM, "serve", "--port", str(port), "--clock-file", str(clock)]
    serving = Serving(serve, environment_of(folder), f"http://127.0.0.1:{port}", folder / "log")
    try:
        serving.start()
        yield Seeded(shown, serving)
    finally:
        serving.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser on this machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no Chromium on the PATH; looked for {', '.join(NAMES)}")
    return found


@pytest.fixture(scope="module")
def service(chromium: str, seeded: Seeded) -> Iterator[Service]:
    """The seeded world, and Chromium beside it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield Service(seeded.address, seeded.shown["people"], browser, seeded.serving)
        browser.close()
