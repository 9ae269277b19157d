"""Evidence kept by SHA-256, in a folder or in S3; the kind is told by content, and it was opened before it is kept.

The object is durable before the row that names it commits, and it is never changed: a new version is a new object.
"""

import asyncio
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store
from sqlmodel import Field

from core.errors import Busy, Full, Invalid, NotFound, TooLarge
from core.store import bounded, opening
from core.store.db import Versioned

MOST_BYTES = 10 * 2**20
KINDS = {
    opening.PDF: ("pdf",),
    opening.PNG: ("png", "apng"),
    opening.JPEG: ("jpg", "jpeg", "jpe", "jfif", "jif", "pjpeg", "pjp"),
}
AGAIN_AFTER = 30
"""Seconds after which to come back when the store is away."""
PATIENCE: Any = {"allow_http": True, "connect_timeout": "3s", "timeout": "15s"}
RETRY: Any = {"max_retries": 2, "retry_timeout": timedelta(seconds=5)}
FRESH = 15.0
"""Seconds for which an answer of the store counts."""
LEAST_FREE = 64 * 2**20
"""Bytes on the disk below which nothing more is taken."""
_NAME = re.compile(r"[^\w .,()'-]", re.UNICODE)
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+$")


class StoredFile(Versioned, table=True):
    """What is known of one uploaded file; the bytes stand under `sha256` in the store."""

    __tablename__ = "stored_file"

    person_id: UUID = Field(index=True)
    sha256: str = Field(max_length=64, index=True)
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=60)
    size: int
    uploaded_at: datetime


@dataclass(frozen=True)
class Evidence:
    """A file that was opened and can be read; made by `opened`, and by who makes files here."""

    name: str
    content: bytes
    media_type: str
    pages: int = 1


def made_here(name: str, pdf: bytes) -> Evidence:
    """A PDF that we made ourselves, which nobody needs to open first."""
    return Evidence(clean_name(name), pdf, opening.PDF)


async def opened(name: str, content: bytes) -> Evidence:
    """Open what somebody uploads, in a bounded process; await it outside a transaction (`Work.outside`).

    Invalid: `file-kind` (other than PDF, PNG, JPEG), `file-name-differs`, `file-locked`, `file-broken`,
    `file-too-heavy`, `empty-file`. TooLarge("file-too-large"): 10 MiB, 1,000 pages, 120 million pixels.
    """
    kind = check(name, content)
    return Evidence(clean_name(name), content, kind, await bounded.run(opening.opened, content))


def check(name: str, content: bytes) -> str:
    """The media type by the first bytes; an ending must be of that kind, whichever way it is spelled."""
    if not content:
        raise Invalid("empty-file")
    if len(content) > MOST_BYTES:
        raise TooLarge("file-too-large", most=MOST_BYTES)
    kind = opening.kind_of(content)
    if kind is None:
        raise Invalid("file-kind")
    ending = clean_name(name).rpartition(".")[2].lower()
    if ending not in KINDS[kind]:
        raise Invalid("file-name-differs", kind=kind)
    return kind


def clean_name(name: str) -> str:
    """A name that is safe in a header, a folder and on a page: the last part, printable, 120 characters at most."""
    last = _UNSEEN.sub("", name.replace("\\", "/").rsplit("/", 1)[-1])
    return _NAME.sub("_", last).strip(" .")[-120:] or "bestand"


def require_room(folder: Path) -> int:
    """The bytes that are free where the folder lies; Full("no-room") when they are too few."""
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise Full("no-room", retry_after=60)
    return free


class FileStore(Protocol):
    """Bytes by SHA-256."""

    async def put(self, content: bytes) -> str: ...

    async def get(self, sha256: str) -> bytes: ...

    async def remove(self, sha256: str, written_before: datetime) -> bool:
        """Remove bytes; false, and nothing happens, where they were put (again) since then."""
        ...

    def names(self) -> AsyncIterator[str]:
        """The SHA-256 of everything that is kept."""
        ...

    async def require_usable(self) -> str:
        """Busy("files-away") when nothing can be kept now; else a word for who asks."""
        ...


def _place(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:]}"


@contextmanager
def _there() -> Iterator[None]:
    """NotFound for what the store does not hold; Busy("files-away") when it cannot be asked."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("no-such-file") from error
    except (OSError, BaseError) as error:
        raise Busy("files-away", retry_after=AGAIN_AFTER) from error


class FolderStore:
    """A folder: written beside, synced, renamed, and the folder synced, before anybody hears of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        with _there():
            await asyncio.to_thread(self._write, self.folder / _place(sha256), content)
        return sha256

    async def get(self, sha256: str) -> bytes:
        with _there():
            return await asyncio.to_thread((self.folder / _place(sha256)).read_bytes)

    async def remove(self, sha256: str, written_before: datetime) -> bool:
        with _there():
            return await asyncio.to_thread(self._remove, self.folder / _place(sha256), written_before)

    def _remove(self, target: Path, written_before: datetime) -> bool:
        if target.exists() and target.stat().st_mtime >= written_before.timestamp():
            return False
        target.unlink(missing_ok=True)
        return True

    async def names(self) -> AsyncIterator[str]:
        for file in sorted(self.folder.glob("??/*")):
            if not file.name.startswith("."):
                yield file.parent.name + file.name

    async def require_usable(self) -> str:
        """As FileStore says: the folder is there, and we may write in it."""
        if not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK):
            raise Busy("files-away", retry_after=AGAIN_AFTER)
        require_room(self.folder)
        return "the folder takes files"

    def _write(self, target: Path, content: bytes) -> None:
        if target.exists():
            os.utime(target)  # who removes what nobody names must see that it came again
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{secrets.token_hex(8)}.part")
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)
        for folder in (target.parent, self.folder):
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)


class BucketStore:
    """S3 by URL (`s3://bucket/prefix`); credentials and endpoint come from the usual `AWS_*` variables."""

    def __init__(self, url: str) -> None:
        self.store = S3Store.from_url(url, client_options=PATIENCE, retry_config=RETRY)
        self._answered = -FRESH

    async def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        with _there():
            await obstore.put_async(self.store, _place(sha256), content)
        return sha256

    async def get(self, sha256: str) -> bytes:
        with _there():
            answer = await obstore.get_async(self.store, _place(sha256))
            return bytes(await answer.bytes_async())

    async def remove(self, sha256: str, written_before: datetime) -> bool:
        try:
            with _there():
                known = await obstore.head_async(self.store, _place(sha256))
        except NotFound:
            return True
        if known["last_modified"] >= written_before:
            return False
        with _there():
            await obstore.delete_async(self.store, _place(sha256))
        return True

    async def names(self) -> AsyncIterator[str]:
        with _there():
            async for found in obstore.list(self.store):
                for one in found:
                    yield one["path"].replace("/", "")

    async def require_usable(self) -> str:
        """As FileStore says; asked at most every quarter of a minute, as each asking goes over the network."""
        if monotonic() > self._answered + FRESH:
            with _there():
                await obstore.list_with_delimiter_async(self.store, "asked")
            self._answered = monotonic()
        return "the bucket answers"


def open_store(url: str) -> FileStore:
    """The store that a URL names; Invalid("unknown-file-store") for another scheme."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderStore(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        return BucketStore(url)
    raise Invalid("unknown-file-store")
