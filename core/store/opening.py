"""Opens evidence: is this PDF or image one that somebody can read? Runs in a bounded process (core.store.bounded)."""

import io
import warnings

from core.errors import Invalid, TooLarge

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
MOST_PAGES = 1_000
MOST_PIXELS = 120_000_000
"""A photo of the largest telephones."""
HEAD = 1_024
"""A PDF may have something before its first line; readers look this far."""
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def kind_of(content: bytes) -> str | None:
    """The media type by the first bytes; None for what we do not take."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    return PDF if b"%PDF-" in content[:HEAD] else None


def opened(content: bytes) -> int:
    """The number of pages of a PDF; 1 for an image.

    Invalid: `file-locked` (a password is needed), `file-broken`. TooLarge("file-too-large"): pages, pixels.
    """
    return _pages(content) if kind_of(content) == PDF else _decoded(content)


def _pages(content: bytes) -> int:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(content)
        pages = len(document)
        if pages > MOST_PAGES:
            raise TooLarge("file-too-large")
        for number in range(pages):
            document[number].close()
    except PdfiumError as error:
        raise Invalid("file-locked" if error.err_code == _PASSWORD else "file-broken") from None
    if pages == 0:
        raise Invalid("file-broken")
    return pages


def _decoded(content: bytes) -> int:
    from PIL import Image

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise TooLarge("file-too-large")
        image.load()
    return 1
