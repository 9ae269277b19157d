"""A running service with a seeded world, and a Chromium without JavaScript; skipped where there is no Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from passlib.totp import TOTP

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# The legal moment of the stories: after everything that the seed tells, whatever day the machine has.
MOMENT = "2026-11-24T10:00:00"
STARTS_IN = 60


@dataclass
class Service:
    """Where it runs, who is in it, and the browser that looks at it."""

    address: str
    people: list[dict[str, Any]]
    chromium: Any
    signed_in: dict[str, Any] = field(default_factory=dict)

    def page(self, width: int) -> Any:
        """A new visitor: Dutch, no JavaScript."""
        context = self.chromium.new_context(
            java_script_enabled=False, locale="nl-NL", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(15_000)
        return context.new_page()

    def staff(self, email: str) -> Any:
        """Somebody of the house, signed in once: a code works once."""
        if email not in self.signed_in:
            page, person = self.page(1280), next(one for one in self.people if one["email"].startswith(email))
            page.goto(f"{self.address}/inloggen")
            page.fill("#email", person["email"])
            page.fill("#password", person["password"])
            page.press("#password", "Enter")
            page.fill("input[autocomplete=one-time-code]", TOTP(person["totp_secret"]).generate().token)
            page.press("#otp", "Enter")
            self.signed_in[email] = page
        return self.signed_in[email]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`bekwaam seed` and `bekwaam serve`, as somebody at home would, and Chromium beside it."""
    chromium = next((found for name in NAMES if (found := shutil.which(name))), None)
    if chromium is None:
        pytest.skip(f"no Chromium on the PATH; looked for {', '.join(NAMES)}")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    folder = tmp_path_factory.mktemp("browser")
    clock = folder / "clock"
    clock.write_text(MOMENT)
    environment = {**os.environ, "BEKWAAM_FOLDER": str(folder)}
    command = [sys.executable, "-m", "register.cli"]
    subprocess.run([*command, "init"], env=environment, check=True, capture_output=True)
    subprocess.run([*command, "seed"], env=environment, check=True, capture_output=True)
    shown = subprocess.run([*command, "seed", "--show", "--json"], env=environment, check=True, capture_output=True)
    port = free_port()
    with (folder / "log").open("wb") as log:
        serving = subprocess.Popen(
            [*command, "serve", "--port", str(port), "--clock-file", str(clock)],
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, serving, folder / "log")
        with sync_api.sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            yield Service(address, json.loads(shown.stdout)["people"], browser)
            browser.close()
    finally:
        serving.terminate()
        serving.wait(30)


def wait_for(address: str, serving: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; with its log when it does not."""
    for _ in range(STARTS_IN * 10):
        if serving.poll() is not None:
            break
        try:
            if httpx.get(f"{address}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the service did not start: {log.read_text()[-2000:]}")
