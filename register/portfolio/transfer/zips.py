"""ZIP files: written in pieces as they are sent, and read with suspicion."""

import asyncio
import io
import stat
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterable, Mapping

from core.errors import Invalid, NotFound, TooLarge
from core.store.files import FileStore
from register.portfolio.transfer.policy import (
    DOCUMENT,
    MOST_DOCUMENT,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_UNPACKED,
    MOST_UPLOADED,
)

EPOCH = (1980, 1, 1, 0, 0, 0)
PIECE = 2**20


class _Sink(io.RawIOBase):
    """Takes what a ZIP writes, and gives it away."""

    def __init__(self) -> None:
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.kept += piece
        return len(piece)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self.kept = bytes(self.kept), bytearray()
        return taken


async def packed(
    files: Iterable[tuple[str, str]], texts: Mapping[str, bytes], store: FileStore
) -> AsyncIterator[bytes]:
    """A ZIP in pieces: files by (path, sha256), then texts. No more than one file is in memory at a time.

    A file that the store has lost is left out; the document still names it.
    """
    sink = _Sink()
    archive = zipfile.ZipFile(sink, "w")
    for path, sha256 in files:
        try:
            content = await store.get(sha256)
        except NotFound:
            continue
        await asyncio.to_thread(archive.writestr, zipfile.ZipInfo(path, EPOCH), content)
        yield sink.take()
    for path, content in texts.items():
        info = zipfile.ZipInfo(path, EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        await asyncio.to_thread(archive.writestr, info, content)
        yield sink.take()
    archive.close()
    yield sink.take()


async def unpacked(content: bytes) -> dict[str, bytes]:
    """The members of a ZIP, off the event loop.

    TooLarge("zip-too-large"); Invalid: `not-a-zip`, `zip-too-many`, `zip-path`, `zip-link`, `zip-encrypted`,
    `zip-method`, `zip-bomb`, `zip-damaged`, `not-a-portfolio`.
    """
    if len(content) > MOST_UPLOADED:
        raise TooLarge("zip-too-large", most=MOST_UPLOADED)
    return await asyncio.to_thread(_unpacked, content)


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Invalid("not-a-zip") from error
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise Invalid("zip-too-many", most=MOST_MEMBERS)
    if len({member.filename for member in members}) < len(members):
        raise Invalid("zip-path")
    for member in members:
        _require_harmless(member)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Invalid("zip-bomb")
    if DOCUMENT not in {member.filename for member in members}:
        raise Invalid("not-a-portfolio")
    left = MOST_UNPACKED
    found: dict[str, bytes] = {}
    for member in members:
        most = min(left, MOST_DOCUMENT) if member.filename == DOCUMENT else left
        found[member.filename] = _read(archive, member, most)
        left -= len(found[member.filename])
    return found


def _require_harmless(member: zipfile.ZipInfo) -> None:
    """By what the directory says of a member; what it really holds is measured when it is read."""
    name = member.orig_filename
    parts = name.split("/")
    if not name or name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts:
        raise Invalid("zip-path")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Invalid("zip-link")
    if member.flag_bits & 0x1:
        raise Invalid("zip-encrypted")
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Invalid("zip-method")
    if member.file_size > PIECE and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        raise Invalid("zip-bomb")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """The content of a member, read in pieces and never further than allowed, whatever its header says."""
    read = bytearray()
    try:
        with archive.open(member) as source:
            while piece := source.read(PIECE):
                read += piece
                if len(read) > most:
                    raise Invalid("zip-bomb")
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error) as error:
        raise Invalid("zip-damaged") from error
    return bytes(read)
