"""Files that come in with a request, are kept for a person, and go out again."""

from uuid import UUID

from litestar import Response
from litestar.datastructures import UploadFile
from pydantic import BaseModel, ConfigDict

from core.store.files import Evidence, StoredFile
from core.store.work import Work


class Upload(BaseModel):
    """One file, in the part `file`."""

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    file: UploadFile


async def keep_file(work: Work, person_id: UUID, evidence: Evidence) -> StoredFile:
    """Store an uploaded file for a person: bytes first, durable, then the row that names them."""
    sha256 = await work.files.put(evidence.content)
    file = StoredFile(
        person_id=person_id,
        sha256=sha256,
        name=evidence.name,
        media_type=evidence.media_type,
        size=len(evidence.content),
        uploaded_at=work.now,
    )
    work.add(file)
    await work.flush()
    work.log("file:store", file, sha256=sha256, size=file.size)
    return file


def download(file: StoredFile, content: bytes) -> Response[bytes]:
    """A stored file as an attachment that no browser will run."""
    return Response(
        content,
        media_type=file.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="bewijsstuk.{file.media_type.rsplit("/")[-1]}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "ETag": f'"{file.sha256}"',
        },
    )


def in_place(file: StoredFile, content: bytes) -> Response[bytes]:
    """A stored file inside a page of ours, and of nobody else; without a sandbox, in which no PDF opens."""
    return Response(
        content,
        media_type=file.media_type,
        headers={
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
            "X-Frame-Options": "SAMEORIGIN",
        },
    )
