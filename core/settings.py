"""The settings of an installation, from the `BEKWAAM_*` variables; none is needed to start a trial.

Every one is looked at before anything begins, and one that does not exist is refused: a misspelt name is no default.
"""

import difflib
import os
from collections.abc import Mapping
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from core.errors import Problem, Unusable
from core.law.caos import Cao, caos_of
from core.law.tariffs import Rates, rates_of
from core.mail import Transport, require_known, transport_of
from core.operator import Operator, read_operator

PREFIX = "BEKWAAM_"
Network = IPv4Network | IPv6Network
SECRET = {"database_url", "outbox_url"}
"""May hold a password, so they are never shown."""
DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")


class Settings(BaseModel):
    """Where things are kept, and who runs it. Without variables: an SQLite database and a folder beside you."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    folder: Path
    """Where everything lies that has no address of its own."""
    database_url: str
    files_url: str
    outbox_url: str
    key_file: Path
    env: Literal["development", "production"] = "development"
    mail_from: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    origin: str = ""
    clock_file: Path | None = None
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    """Where the counts of all workers stand; nowhere unless named."""
    trusted_proxies: str = ""
    """Addresses and networks that say in X-Forwarded-For for whom they ask, with commas between."""
    operator: Path | None = None
    tariffs: Path | None = None
    """Figures of this installation beside those that ship."""
    cao_folder: Path | None = None
    """Tables of collective agreements of this installation beside those that ship."""

    @model_validator(mode="before")
    @classmethod
    def beside(cls, given: dict[str, Any]) -> dict[str, Any]:
        """What is not named lies in the folder."""
        folder = Path(given.get("folder") or ".").absolute()
        lying = {
            "database_url": f"sqlite+aiosqlite:///{folder / 'bekwaam.db'}",
            "files_url": (folder / "bekwaam-files").as_uri(),
            "outbox_url": (folder / "outbox").as_uri(),
            "key_file": folder / "bekwaam.key",
        }
        return {**lying, **given, "folder": folder}

    @field_validator("database_url")
    @classmethod
    def known_driver(cls, url: str) -> str:
        driver, _, rest = url.partition("://")
        if driver not in DRIVERS:
            raise ValueError(f"must begin with one of {', '.join(f'{one}://' for one in DRIVERS)}")
        if driver == DRIVERS[1] and (not urlsplit(url).path.strip("/") or not rest.strip("/")):
            raise ValueError("names no database: postgresql+asyncpg://user:password@host/name")
        return url

    @field_validator("files_url")
    @classmethod
    def known_store(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme == "file" and unquote(parts.path).startswith("/") and not parts.netloc:
            return url
        if parts.scheme == "s3" and parts.netloc:
            return url
        raise ValueError("must be file:///an/absolute/folder or s3://bucket/prefix")

    @field_validator("outbox_url")
    @classmethod
    def known_outbox(cls, url: str) -> str:
        try:
            require_known(url)
        except Problem as error:
            raise ValueError("must be file:///a/folder, smtp://host:port or smtps://host") from error
        return url

    @field_validator("host")
    @classmethod
    def an_address(cls, host: str) -> str:
        """`localhost` is the loopback address; any other name is refused, for the server listens on addresses."""
        host = "127.0.0.1" if host == "localhost" else host
        try:
            return str(ip_address(host))
        except ValueError as error:
            raise ValueError("must be an address to listen on, such as 127.0.0.1 or ::") from error

    @field_validator("origin")
    @classmethod
    def an_origin(cls, origin: str) -> str:
        parts = urlsplit(origin)
        if origin and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
            raise ValueError("must be https://name, without a path")
        return origin.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def networks_of_proxies(cls, said: str) -> str:
        try:
            _networks(said)
        except ValueError as error:
            raise ValueError("must be addresses or networks, such as 127.0.0.1, 10.0.0.0/8") from error
        return said

    @field_validator("key_file")
    @classmethod
    def a_file(cls, file: Path) -> Path:
        if file.is_dir():
            raise ValueError("is a folder; name the file")
        return file

    @model_validator(mode="after")
    def fit_for_production(self) -> "Settings":
        if not self.production:
            return self
        if self.clock_file:
            raise ValueError("CLOCK_FILE: a test clock is refused in production")
        if not self.origin.startswith("https://"):
            raise ValueError("ORIGIN: production needs the https:// address where people find it")
        if self.operator is None:
            raise ValueError("OPERATOR: production needs the file that says who runs it; see the example that ships")
        return self

    @model_validator(mode="after")
    def ports_apart(self) -> "Settings":
        if self.metrics_port == self.port:
            raise ValueError("METRICS_PORT: must differ from PORT, where the public is answered")
        return self

    @cached_property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of the proxies that are believed."""
        return _networks(self.trusted_proxies)

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def address(self) -> str:
        """Where people find us: what a link in a mail or on paper begins with."""
        return self.origin or f"http://{self.host}:{self.port}"

    @cached_property
    def house(self) -> Operator:
        """Who runs this installation."""
        return read_operator(self.operator)

    @cached_property
    def rates(self) -> Rates:
        """Every tariff that this installation knows."""
        return rates_of(self.tariffs)

    @cached_property
    def caos(self) -> Mapping[str, Cao]:
        """Every collective agreement that this installation knows, by name."""
        return caos_of(self.cao_folder)

    @property
    def sender(self) -> str:
        """The address that messages come from."""
        return self.mail_from or self.house.email

    @property
    def outbox(self) -> Transport:
        """The way in which messages leave."""
        return transport_of(self.outbox_url, self.sender, self.house.name)

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def _networks(said: str) -> tuple[Network, ...]:
    return tuple(ip_network(one.strip(), strict=False) for one in said.split(",") if one.strip())


def from_environment(values: Mapping[str, str] | None = None) -> Settings:
    """Read the variables. Unusable, with every mistake at once."""
    env = os.environ if values is None else values
    given = {name.removeprefix(PREFIX): value for name, value in env.items() if name.startswith(PREFIX)}
    known = {name.upper() for name in Settings.model_fields}
    lines = [f"{PREFIX}{name}: there is no such setting{_near(name, known)}" for name in sorted(given.keys() - known)]
    try:
        settings = Settings.model_validate(
            {name.lower(): value for name, value in given.items() if name in known and value}
        )
        settings.house  # noqa: B018 - read now, not at the first letter
    except ValidationError as error:
        raise Unusable(*lines, *(_line(one) for one in error.errors())) from error
    except Unusable as error:
        raise Unusable(*lines, *(f"{PREFIX}OPERATOR: {line}" for line in error.lines)) from error
    for name, tables in (("TARIFFS", "rates"), ("CAO_FOLDER", "caos")):
        try:
            getattr(settings, tables)  # as above
        except Unusable as error:
            raise Unusable(*lines, *(f"{PREFIX}{name}: {line}" for line in error.lines)) from error
    if lines:
        raise Unusable(*lines)
    return settings


def _near(name: str, known: set[str]) -> str:
    meant = difflib.get_close_matches(name, sorted(known), 1)
    return f"; did you mean {PREFIX}{meant[0]}?" if meant else ""


def _line(error: Any) -> str:
    said = str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:
        return f"{PREFIX}{said}"
    name = str(error["loc"][0])
    shown = "" if name in SECRET else f", not {error['input']!r}"
    return f"{PREFIX}{name.upper()}: {said[:1].lower()}{said[1:]}{shown}"
