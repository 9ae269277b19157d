"""One frozen object from the `BEKWAAM_*` variables; none is needed to start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import Invalid
from core.mail import SENDER, Transport, require_known, transport_of


@dataclass(frozen=True)
class Settings:
    """Where things are kept. Without variables: an SQLite database and a folder of files beside you."""

    database_url: str = "sqlite+aiosqlite:///bekwaam.db"
    files_url: str = ""
    env: str = "development"
    key_file: Path = Path("bekwaam.key")
    outbox_url: str = ""
    mail_from: str = SENDER
    host: str = "127.0.0.1"
    port: int = 8000
    origin: str = ""
    clock_file: Path | None = None
    folder: Path = field(default_factory=Path.cwd)

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def address(self) -> str:
        """Where people find us: what a link in a mail begins with."""
        return self.origin or f"http://{self.host}:{self.port}"

    @property
    def outbox(self) -> Transport:
        """The way in which messages leave."""
        return transport_of(self.outbox_url, self.mail_from)

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def from_environment(values: Mapping[str, str] | None = None) -> Settings:
    """Read the variables; Invalid("unknown-database") for a driver that we do not use."""
    env = os.environ if values is None else values
    folder = Path(env.get("BEKWAAM_FOLDER", ".")).absolute()
    url = env.get("BEKWAAM_DATABASE_URL") or f"sqlite+aiosqlite:///{folder / 'bekwaam.db'}"
    if not url.startswith(("sqlite+aiosqlite:", "postgresql+asyncpg:")):
        raise Invalid("unknown-database")
    clock = env.get("BEKWAAM_CLOCK_FILE")
    settings = Settings(
        database_url=url,
        files_url=env.get("BEKWAAM_FILES_URL") or (folder / "bekwaam-files").as_uri(),
        env=env.get("BEKWAAM_ENV", "development"),
        key_file=Path(env.get("BEKWAAM_KEY_FILE") or folder / "bekwaam.key"),
        outbox_url=env.get("BEKWAAM_OUTBOX_URL") or (folder / "outbox").as_uri(),
        mail_from=env.get("BEKWAAM_MAIL_FROM") or SENDER,
        host=env.get("BEKWAAM_HOST", "127.0.0.1"),
        port=int(env.get("BEKWAAM_PORT", "8000")),
        origin=env.get("BEKWAAM_ORIGIN", ""),
        clock_file=Path(clock) if clock else None,
        folder=folder,
    )
    require_known(settings.outbox_url)
    if settings.production and settings.clock_file:
        raise Invalid("no-test-clock-in-production")
    return settings
