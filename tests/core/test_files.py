"""Evidence: told by content, kept by its digest, in a folder and in S3."""

import hashlib

import boto3
import pytest
from moto.server import ThreadedMotoServer

from core.errors import Invalid, NotFound, Problem
from core.files import MOST_BYTES, FolderStore, check, clean_name, open_store
from register.seed.documents import certificate

PDF = certificate("Diploma")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    + "01f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("a.pdf", PDF, "application/pdf"), ("a.PNG", PNG, "image/png"), ("a.jpeg", JPEG, "image/jpeg")],
)
def test_the_kind_is_told_by_content(name, content, kind):
    assert check(name, content) == kind


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
    ],
)
def test_what_is_not_evidence_is_refused_with_a_code(name, content, code):
    with pytest.raises(Problem) as refusal:
        check(name, content)

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
