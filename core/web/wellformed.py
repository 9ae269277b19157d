"""Whether what a stranger sent is well formed: paths, headers, queries, JSON and forms, each in one cheap pass.

The framework answers 500 to several of these (security.md F3, measured on Litestar 2.25), so they are refused before it
looks. Everything here is linear in the size of the input and recurses nowhere.
"""

import math
import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote_to_bytes

import msgspec
from multipart import (  # type: ignore[import-untyped]
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
)

from core.errors import Problem

Headers = Sequence[tuple[bytes, bytes]]

PATH = 2_048
# NAME_MAX of the file systems that we serve from: a longer segment names nothing.
SEGMENT = 255
QUERY = 8_192
HEADER_BYTES = 32 * 1024
FIELDS = 1_000
PARTS = 200
# RFC 2046 5.1.1
BOUNDARY = 70

# Headers that the house or the framework reads as text; a foreign user-agent may hold what it likes.
READ_AS_ASCII = frozenset(
    b"accept accept-language authorization content-length content-type cookie host idempotency-key if-match"
    b" if-none-match origin sec-fetch-site transfer-encoding x-csrf-token x-csrftoken x-forwarded-for"
    b" x-forwarded-host x-request-id".split()
)
ONCE = frozenset(
    {b"host", b"content-length", b"content-type", b"content-encoding", b"authorization", b"transfer-encoding"}
)

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd]")
_HOST = re.compile(rb"[A-Za-z0-9._~\-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")
_DIGITS = re.compile(rb"[0-9]{1,18}")
# The framework stops an unquoted boundary at the first character that is not a token's: then so do we, or refuse.
_BOUNDARY = re.compile(r";\s*boundary=(?:\"([^\"]*)\"|([\w!#$%&'*+\-.^`|~]+))\s*(?=;|$)", re.ASCII | re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset=\"?([^\s;\"]*)", re.IGNORECASE)

# A string never fails to match (the closing quote is optional), so an unclosed one costs no second scan.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_NOT_FINITE = re.compile(rb"NaN|Infinity")
_LONG_NUMBER = re.compile(rb"[-+.0-9eE]{19,}+|[-+.0-9]++[eE][-+0-9]*+")
_INTEGER = re.compile(rb"-?[0-9]+")
_SOUND_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[^u])", re.DOTALL)
_LONE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class Malformed(Problem):
    """The message itself cannot be read; `status` is the 4xx that says so."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.status = status


def check_path(raw: bytes, static: str) -> None:
    """Refuse what no route or file can be named: `path-malformed`, `path-too-long`; `no-such-file` under `static`."""
    if len(raw) > PATH:
        raise Malformed("path-too-long", 414)
    if not raw.startswith(b"/") or not raw.isascii() or b" " in raw:
        raise Malformed("path-malformed")
    path = _decoded(raw, "path-malformed")
    if _CONTROL.search(path):
        raise Malformed("path-malformed")
    segments = path.split("/")
    if len(raw) > SEGMENT and any(len(segment.encode()) > SEGMENT for segment in segments):
        raise Malformed("path-too-long", 414)
    if not {".", ".."}.isdisjoint(segments):
        raise Malformed("path-malformed")
    if static and path.startswith(static) and any("." in folder for folder in segments[:-1]):
        raise Malformed("no-such-file", 404)  # a file used as a folder is an OSError below


def check_query(raw: bytes) -> None:
    """Refuse a query that is not UTF-8 text: `query-malformed`, `query-too-long`, `too-many-fields`."""
    if len(raw) > QUERY:
        raise Malformed("query-too-long", 414)
    _fields(raw, "query-malformed")


def check_headers(headers: Headers, http_version: str) -> None:
    """Refuse headers that two readers could read in two ways."""
    once: dict[bytes, bytes] = {}
    repeated = False
    size = 0
    for name, value in headers:
        size += len(name) + len(value) + 4
        if size > HEADER_BYTES:
            raise Malformed("headers-too-large", 431)
        if b"\0" in value or b"\r" in value or b"\n" in value:
            raise Malformed("header-malformed")
        if name in READ_AS_ASCII and not value.isascii():
            raise Malformed("header-not-ascii")
        if name in ONCE:
            repeated = repeated or name in once
            once[name] = value
    # RFC 9112 6.3: a length and an encoding together are the makings of a smuggled request.
    if repeated or (b"content-length" in once and b"transfer-encoding" in once):
        raise Malformed("header-repeated")
    host = once.get(b"host")
    if not host and http_version == "1.1":  # granian writes an absent Host as an empty one
        raise Malformed("host-missing")
    if host and not _HOST.fullmatch(host):
        raise Malformed("host-malformed")
    if once.get(b"content-encoding", b"").strip().lower() not in (b"", b"identity"):
        raise Malformed("content-encoding-unknown", 415)


def stated_length(headers: Headers) -> int | None:
    """The Content-Length, or None where there is none; `content-length-malformed`."""
    stated = values(headers, b"content-length")
    if not stated:
        return None
    if not _DIGITS.fullmatch(stated[0]):
        raise Malformed("content-length-malformed")
    return int(stated[0])


def values(headers: Headers, name: bytes) -> list[bytes]:
    """Every value under this (lower-case) name."""
    return [value for at, value in headers if at == name]


def media_type(headers: Headers) -> tuple[str, str]:
    """The type in lower case, and the whole header; a charset other than UTF-8 is a 415."""
    whole = next(iter(values(headers, b"content-type")), b"").decode("ascii")
    charset = _CHARSET.search(whole)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Malformed("charset-unknown", 415)
    return whole.partition(";")[0].strip().lower(), whole


def check_json(body: bytes, max_depth: int) -> None:
    """Refuse JSON that a database or the parser would choke on; an empty body is for the route to judge."""
    if not body:
        return
    _text(body, "json-not-utf-8")
    bare = _STRING.sub(b'""', body)
    _check_depth(bare, max_depth)
    if _NOT_FINITE.search(bare):
        raise Malformed("json-number-not-finite")
    for number in _LONG_NUMBER.findall(bare):
        _check_number(number)
    if b"\\" in body:
        left = _SOUND_ESCAPE.sub(b" ", body)
        if _LONE_SURROGATE.search(left):
            raise Malformed("lone-surrogate")
        if b"\\u0000" in left:
            raise Malformed("nul-in-text")
    try:
        msgspec.json.decode(body)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise Malformed("json-malformed") from None


def check_form(body: bytes, csrf_field: str) -> None:
    """Refuse an urlencoded form that is not UTF-8 text."""
    _fields(body, "form-malformed")
    name = re.escape(csrf_field.encode())
    for token in re.findall(rb"(?:^|&)" + name + rb"=([^&]*)", body):
        _check_token(unquote_to_bytes(token))


def check_multipart(body: bytes, content_type: str, csrf_field: str, max_text: int) -> None:
    """Refuse a multipart form whose boundary, names, file names or text cannot be read; files are not looked into."""
    found = _BOUNDARY.findall(content_type)
    boundary = "".join(found[0]).encode() if len(found) == 1 else b""
    if not 1 <= len(boundary) <= BOUNDARY or content_type.lower().count("boundary=") > 1:
        raise Malformed("boundary-malformed")
    if not body.startswith(b"--" + boundary):
        raise Malformed("multipart-malformed")  # a preamble could be JSON, which a JSON route would read
    try:
        with PushMultipartParser(boundary, max_segment_count=PARTS, strict=True) as parser:
            _check_parts(parser.parse(body), csrf_field, max_text)
    except ParserLimitReached:
        raise Malformed("too-many-parts") from None
    except ValueError:  # the parser's own errors, and undecodable headers
        raise Malformed("multipart-malformed") from None


def _check_parts(events: Iterable[MultipartSegment | bytes | None], csrf_field: str, max_text: int) -> None:
    part: MultipartSegment | None = None
    text = bytearray()
    size = 0
    for event in events:
        if isinstance(event, MultipartSegment):
            part, text = event, bytearray()
            _check_part(part, csrf_field)
        elif part is not None and not part.filename:
            if event is not None:
                text += event
                size += len(event)
                if size > max_text:
                    raise Malformed("body-too-large", 413)
                continue
            if "\0" in _text(bytes(text), "form-malformed"):
                raise Malformed("nul-in-text")
            if part.name == csrf_field:
                _check_token(bytes(text))


def _check_part(part: MultipartSegment, csrf_field: str) -> None:
    if not part.name or _CONTROL.search(part.name + (part.filename or "")):
        raise Malformed("part-name-malformed")
    if part.filename and part.name == csrf_field:
        raise Malformed("csrf-token-malformed")
    if not part.filename and (part.charset or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise Malformed("charset-unknown", 415)


def _check_token(token: bytes) -> None:
    if not token.isascii():
        raise Malformed("csrf-token-malformed")


def _check_depth(bare: bytes, max_depth: int) -> None:
    """Peel off the innermost pairs, one level a round, at the speed of `bytes.replace`."""
    left = bare.translate(_BRACKETS, _NO_BRACKETS)
    for _ in range(max_depth):
        peeled = left.replace(b"[]", b"")
        if len(peeled) == len(left):
            break
        left = peeled
    if left.count(b"[") > max_depth or b"[]" in left:
        raise Malformed("json-too-deep")
    if left:
        raise Malformed("json-malformed")


def _check_number(number: bytes) -> None:
    if _INTEGER.fullmatch(number):
        if len(number) > 20 or not -(2**63) <= int(number) < 2**63:
            raise Malformed("json-number-too-large")
        return
    try:
        value = float(number)
    except ValueError:
        raise Malformed("json-malformed") from None
    if math.isinf(value):
        raise Malformed("json-number-too-large")


def _fields(raw: bytes, code: str) -> None:
    if raw.count(b"&") >= FIELDS:
        raise Malformed("too-many-fields")
    if "\0" in _decoded(raw, code):
        raise Malformed("nul-in-text")


def _decoded(raw: bytes, code: str) -> str:
    """Percent-decoded text; UTF-8 has no way to write a lone surrogate, so this refuses them too."""
    if _BROKEN_ESCAPE.search(raw):
        raise Malformed(code)
    return _text(unquote_to_bytes(raw), code)


def _text(raw: bytes, code: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Malformed(code) from None
