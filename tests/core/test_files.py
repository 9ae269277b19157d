"""Evidence: told by content, kept by its digest, in a folder and in S3."""

import hashlib
import io
import zlib
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from PIL import Image

from core.errors import Invalid, NotFound, Problem
from core.store.files import MOST_BYTES, FolderStore, clean_name, open_store, opened
from register.seed.documents import certificate

FIELD = Path(__file__).parents[1] / "field"


def an_image(kind: str, **more: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, kind, **more)
    return kept.getvalue()


def a_large_png(side: int) -> bytes:
    """A sound PNG of side by side pixels, all of them black."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    packer = zlib.compressobj()
    lines = b"".join(packer.compress(bytes(1 + side // 8)) for _ in range(side)) + packer.flush()
    head = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


PDF = certificate("Diploma")
PNG, JPEG = an_image("PNG"), an_image("JPEG")
LOCKED = (FIELD / "password.pdf").read_bytes()
NO_PAGES = PDF.replace(b"/Kids [3 0 R] /Count 1", b"/Kids [     ] /Count 0")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", PNG, "image/png"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("IMG_0001.jfif", JPEG, "image/jpeg"),
        ("scan.JPE", an_image("JPEG", progressive=True), "image/jpeg"),
        ("foto.mpo.jpg", an_image("MPO"), "image/jpeg"),
        ("regel.pdf", (FIELD / "leading-newline.pdf").read_bytes(), "application/pdf"),
        ("rommel.pdf", b"\xef\xbb\xbf" + b"junk " * 200 + PDF, "application/pdf"),
        ("zucht.pdf .", PDF, "application/pdf"),
        ("onzichtbaar.pdf\u200e", PDF, "application/pdf"),
    ],
)
async def test_the_kind_is_told_by_content(name, content, kind):
    assert (await opened(name, content)).media_type == kind


async def test_a_broken_file_keeps_no_other_from_being_opened():
    for broken in (b"%PDF-1.4\n", LOCKED):
        with pytest.raises(Invalid):
            await opened("a.pdf", broken)

        assert (await opened("a.pdf", PDF)).pages == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leeg.pdf", b"", "empty-file"),
        ("a.pdf", b"<html><script>alert(1)</script>", "file-kind"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file-kind"),
        ("a.exe", b"MZ" + bytes(200), "file-kind"),
        ("a.zip", b"PK\x03\x04" + bytes(60), "file-kind"),
        ("diploma.html", PDF, "file-name-differs"),
        ("diploma", PDF, "file-name-differs"),
        ("diploma.png", PDF, "file-name-differs"),
        ("groot.pdf", PDF + bytes(MOST_BYTES), "file-too-large"),
        ("kort.pdf", b"%PDF-1.4\n", "file-broken"),
        ("half.pdf", PDF[: len(PDF) // 3], "file-broken"),
        ("leeg.pdf", NO_PAGES, "file-broken"),
        ("slot.pdf", LOCKED, "file-locked"),
        ("kop.png", PNG[:33], "file-broken"),
        ("half.png", PNG[:60], "file-broken"),
        ("kop.jpg", JPEG[:4], "file-broken"),
        ("half.jpg", JPEG[: len(JPEG) // 2], "file-broken"),
        ("bom.png", a_large_png(16_000), "file-too-large"),
        ("ver.pdf", b" " * 1_024 + PDF, "file-kind"),
    ],
)
async def test_what_is_not_evidence_is_refused_with_a_code(name, content, code):
    with pytest.raises(Problem) as refusal:
        await opened(name, content)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\diploma.pdf", "diploma.pdf"),
        ("diploma\r\nX: y.pdf", "diploma__X_ y.pdf"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("  .  ", "bestand"),
        ("Één diploma.pdf", "Één diploma.pdf"),
    ],
)
def test_a_name_is_made_safe_for_headers_folders_and_pages(given, kept):
    assert clean_name(given) == kept


async def test_a_folder_keeps_bytes_by_their_digest_once(tmp_path):
    store = FolderStore(tmp_path)

    first, second = await store.put(PDF), await store.put(PDF)

    assert first == second == hashlib.sha256(PDF).hexdigest()
    assert await store.get(first) == PDF
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [first[2:]]


async def test_what_was_never_stored_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        await FolderStore(tmp_path).get("0" * 64)


async def test_s3_by_url_keeps_the_same_bytes(monkeypatch):
    server = ThreadedMotoServer(port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        for name, value in {
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "eu-west-1",
            "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ALLOW_HTTP": "true",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1").create_bucket(Bucket="bewijs")
        store = open_store("s3://bewijs/prefix")

        digest = await store.put(PDF)

        assert await store.get(digest) == PDF
        with pytest.raises(NotFound):
            await store.get("0" * 64)
    finally:
        server.stop()


def test_a_store_of_another_kind_is_refused():
    with pytest.raises(Invalid, match="unknown-file-store"):
        open_store("ftp://example.invalid/map")
