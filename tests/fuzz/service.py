"""A seeded service in a folder of its own, and a token for each kind of person in it."""

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from passlib.totp import TOTP

from tests.commands import BEKWAAM, free_port
from tests.seeding import environment_of, seeded_in

STARTS_WITHIN = 60  # seconds


@dataclass(frozen=True)
class Service:
    url: str
    people: tuple[Mapping[str, str | None], ...]
    log: Path

    def token(self, role: str) -> str:
        """Of the first seeded person in this role."""
        person = next(person for person in self.people if person["role"] == role)
        body = {"email": person["email"], "password": person["password"]}
        if secret := person["totp_secret"]:
            body["otp"] = TOTP(secret).generate().token
        answer = httpx.post(f"{self.url}/v1/token", json=body, timeout=30)
        assert answer.status_code in {200, 201}, answer.text
        return str(answer.json()["access_token"])


@contextmanager
def seeded_service(folder: Path) -> Iterator[Service]:
    """`bekwaam init`, `seed` and `serve` in this folder, until the block ends."""
    port = free_port()
    people = tuple(seeded_in(folder)["people"])
    log = folder / "serve.log"
    with open(log, "w") as output:
        command = [BEKWAAM, "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=folder, env=environment_of(folder), stdout=output, stderr=output)
    try:
        service = Service(f"http://127.0.0.1:{port}", people, log)
        _wait_until_ready(service, server)
        yield service
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_ready(service: Service, server: subprocess.Popen[bytes]) -> None:
    for _ in range(STARTS_WITHIN * 5):
        if server.poll() is not None:
            break
        try:
            if httpx.get(f"{service.url}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"the service did not start: {service.log.read_text()[-2000:]}")
