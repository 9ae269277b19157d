"""Hostile ZIPs are refused with a code, and what was packed comes out as it went in."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid, NotFound, TooLarge
from register.portfolio.transfer import zips
from register.portfolio.transfer.policy import DOCUMENT


class Store:
    def __init__(self, **files: bytes) -> None:
        self.files = files

    async def put(self, content: bytes) -> str:
        raise NotImplementedError

    async def get(self, sha256: str) -> bytes:
        if sha256 not in self.files:
            raise NotFound("no-such-file")
        return self.files[sha256]


def a_zip(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in ((DOCUMENT, b"{}"), *members):
            archive.writestr(name, content, method)
    return out.getvalue()


def a_link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("bewijs/a.pdf")
    info.external_attr = 0o120777 << 16
    return info


def lying() -> bytes:
    """A member that says to be small and is not."""
    whole = a_zip(("bewijs/a", b"\0" * 5_000_000))
    real, stated = struct.pack("<L", 5_000_000), struct.pack("<L", 100)
    return whole.replace(real, stated)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.4 no zip at all", "not-a-zip"),
        (a_zip()[:-30], "not-a-zip"),
        (a_zip(("../../etc/passwd", b"x")), "zip-path"),
        (a_zip(("/etc/passwd", b"x")), "zip-path"),
        (a_zip(("bewijs\\..\\a", b"x")), "zip-path"),
        (a_zip(("c:a", b"x")), "zip-path"),
        (a_zip((a_link(), b"/etc/passwd")), "zip-link"),
        (a_zip(("bewijs/a", b"\0" * 50_000_000)), "zip-bomb"),
        (a_zip(("bewijs/a", b"x"), method=zipfile.ZIP_BZIP2), "zip-method"),
        (a_zip(*((f"bewijs/{n}", b"") for n in range(1300))), "zip-too-many"),
        (
            a_zip(("bewijs/a", b"een bewijs"), method=zipfile.ZIP_STORED).replace(b"een bewijs", b"een ander."),
            "zip-damaged",
        ),
        (lying(), "zip-damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "zip",
)
async def test_a_hostile_zip_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        await zips.unpacked(content)

    assert refused.value.code == code


async def test_a_zip_that_is_too_large_is_not_even_opened():
    with pytest.raises(TooLarge):
        await zips.unpacked(b"\0" * (zips.MOST_UPLOADED + 1))


async def test_a_zip_without_the_document_is_no_portfolio():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("anders.json", b"{}")

    with pytest.raises(Invalid) as refused:
        await zips.unpacked(out.getvalue())

    assert refused.value.code == "not-a-portfolio"


@settings(max_examples=25)
@given(st.lists(st.binary(max_size=2000), max_size=5))
async def test_what_is_packed_in_pieces_comes_out_as_it_went_in(contents):
    names = {f"bewijs/{n}": content for n, content in enumerate(contents)}
    store = Store(**{str(n): content for n, content in enumerate(contents)})
    files = [(path, str(n)) for n, path in enumerate(names)] + [("bewijs/lost", "lost")]

    pieces = [piece async for piece in zips.packed(files, {DOCUMENT: b"{}"}, store)]

    assert await zips.unpacked(b"".join(pieces)) == {**names, DOCUMENT: b"{}"}
