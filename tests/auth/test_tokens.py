"""Access tokens: everything that a JWT library has ever believed, refused (security.md F6, R14)."""

import base64
import hashlib
import hmac
import json
import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st
from jose import jwk, jws

from auth.keys import load_or_create, new_keys, rotate_document_key
from auth.tokens import LIFETIME, Tokens
from core.errors import Invalid, Unauthenticated

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
AT = int(NOW.timestamp())
KEYS = new_keys()
TOKENS = Tokens(KEYS.signing_key_pem, "https://bekwaam.example", "bekwaam-api")
ACCOUNT, SESSION = uuid.UUID(int=1), uuid.UUID(int=2)
TOKEN, _ = TOKENS.issue(ACCOUNT, SESSION, NOW)
HEADER = {"alg": "ES256", "kid": TOKENS.kid, "typ": "JWT"}
CLAIMS: dict[str, Any] = {
    "iss": TOKENS.issuer,
    "aud": TOKENS.audience,
    "sub": str(ACCOUNT),
    "sid": str(SESSION),
    "jti": str(uuid.UUID(int=3)),
    "iat": AT,
    "nbf": AT,
    "exp": AT + LIFETIME,
}
PRIVATE = serialization.load_pem_private_key(KEYS.signing_key_pem.encode(), password=None)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def public(encoding: serialization.Encoding) -> bytes:
    return PRIVATE.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)


def signed(header: dict[str, Any] | bytes, claims: dict[str, Any] | bytes) -> str:
    """A token with our own, right signature under whatever header and claims."""
    parts = [
        part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
        for part in (header, claims)
    ]
    message = ".".join(b64(part) for part in parts)
    return message + "." + b64(TOKENS._signatures._private.sign(message.encode()))


def refused(token: str, now: datetime = NOW) -> None:
    with pytest.raises(Unauthenticated, match=r"^invalid-token$"):
        TOKENS.read(token, now)


def test_a_token_says_who_and_which_session_and_lives_a_quarter_of_an_hour() -> None:
    token, expires_in = TOKENS.issue(ACCOUNT, SESSION, NOW)

    assert expires_in == 900
    assert len(token) < 800
    for seconds in (-5, 0, 899):
        claims = TOKENS.read(token, NOW + timedelta(seconds=seconds))
        assert (claims.sub, claims.sid) == (ACCOUNT, SESSION)
    for seconds in (-6, 900, 1_000_000):
        refused(token, NOW + timedelta(seconds=seconds))


def test_every_token_has_an_id_of_its_own() -> None:
    assert len({TOKENS.read(TOKENS.issue(ACCOUNT, SESSION, NOW)[0], NOW).jti for _ in range(20)}) == 20


def test_the_helper_of_these_tests_signs_what_is_accepted() -> None:
    assert TOKENS.read(signed(HEADER, CLAIMS), NOW).jti == uuid.UUID(int=3)


@pytest.mark.parametrize(
    "alg", ["none", "None", "nOnE", "NONE", "", "HS256", "RS256", "ES384", "ES256 ", "es256", None, 1, ["ES256"]]
)
@pytest.mark.parametrize("signature", ["", "A" * 86])
def test_no_other_algorithm_is_believed(alg: Any, signature: str) -> None:
    head, body = ({**HEADER, "alg": alg}, CLAIMS)
    unsigned = b64(json.dumps(head).encode()) + "." + b64(json.dumps(body).encode()) + "." + signature

    refused(unsigned)
    refused(signed(head, body))


@pytest.mark.parametrize("encoding", [serialization.Encoding.PEM, serialization.Encoding.DER])
@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512", "ES256"])
def test_the_public_key_is_no_shared_secret(encoding: serialization.Encoding, alg: str) -> None:
    header = json.dumps({**HEADER, "alg": alg}, separators=(",", ":")).encode()
    message = b64(header) + "." + b64(json.dumps(CLAIMS).encode())
    digest = {"HS384": hashlib.sha384, "HS512": hashlib.sha512}.get(alg, hashlib.sha256)
    for secret in (public(encoding), public(encoding).strip(), b""):
        mac = hmac.new(secret, message.encode(), digest).digest()
        refused(message + "." + b64(mac))
        refused(message + "." + b64((mac * 2)[:64]))


def test_another_key_of_ours_is_another_key() -> None:
    other = Tokens(new_keys().signing_key_pem, TOKENS.issuer, TOKENS.audience)

    refused(other.issue(ACCOUNT, SESSION, NOW)[0])
    assert other.kid != TOKENS.kid


@pytest.mark.parametrize(
    "change",
    [
        {"kid": "../../dev/null"},
        {"kid": "x' OR '1'='1"},
        {"kid": ""},
        {"kid": None},
        {"typ": "at+jwt"},
        {"typ": "jwt"},
        {"typ": None},
        {"crit": ["exp"]},
        {"crit": ["x"], "x": 1},
        {"crit": []},
        {"jku": "https://evil.example/jwks"},
        {"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}},
        {"x5u": "https://evil.example/c"},
        {"x5c": ["AA"]},
        {"b64": False},
        {"zip": "DEF"},
        {"cty": "JWT"},
    ],
)
def test_a_header_that_is_not_exactly_ours_is_refused_even_with_a_right_signature(change: dict[str, Any]) -> None:
    refused(signed({**HEADER, **change}, CLAIMS))


@pytest.mark.parametrize("missing", ["alg", "kid", "typ"])
def test_a_header_lacks_nothing(missing: str) -> None:
    refused(signed({name: value for name, value in HEADER.items() if name != missing}, CLAIMS))


@pytest.mark.parametrize("missing", sorted(CLAIMS))
def test_a_token_lacks_no_claim(missing: str) -> None:
    refused(signed(HEADER, {name: value for name, value in CLAIMS.items() if name != missing}))
    refused(signed(HEADER, {**CLAIMS, missing: None}))


@pytest.mark.parametrize(
    "change",
    [
        {"exp": AT},
        {"exp": AT - 1},
        {"exp": AT + LIFETIME + 1},  # longer than we ever issue
        {"exp": str(AT + 900)},
        {"exp": float(AT + 900)},
        {"exp": True},
        {"exp": 10**400},
        {"nbf": AT + 6},
        {"nbf": AT + 300},
        {"iat": AT + 6, "exp": AT + 300},
        {"iat": "now"},
        {"aud": "other"},
        {"aud": ["bekwaam-api"]},
        {"aud": ["bekwaam-api", "other"]},
        {"iss": "https://evil.example"},
        {"iss": "https://bekwaam.example/"},
        {"iss": ["https://bekwaam.example"]},
        {"sub": "1 OR 1=1"},
        {"sub": 1},
        {"sub": ""},
        {"sid": "\ud800"},
        {"jti": {"a": 1}},
        {"role": "admin"},
    ],
)
def test_a_claim_of_another_kind_or_value_is_refused_even_with_a_right_signature(change: dict[str, Any]) -> None:
    refused(signed(HEADER, {**CLAIMS, **change}))


@pytest.mark.parametrize("expires", [b"1e999", b"1e10", b"NaN", b"Infinity", b"9" * 5000])
def test_an_expiry_beyond_all_numbers_is_refused(expires: bytes) -> None:
    body = json.dumps({**CLAIMS, "exp": 0}).encode().replace(b'"exp": 0', b'"exp": ' + expires)

    refused(signed(HEADER, body))


@pytest.mark.parametrize("payload", [b"", b"[]", b'"x"', b"null", b"\xff", b"[" * 2_000, b'{"a":' * 500, b'"\\ud800"'])
def test_a_payload_that_is_no_set_of_claims_is_refused(payload: bytes) -> None:
    refused(signed(HEADER, payload))


@pytest.mark.parametrize(
    "header", [b"", b"[]", b"\xff", b"[" * 2_900, b'{"alg":' * 400, b'{"alg":"ES256","alg":"none"}']
)
def test_a_header_that_is_no_object_is_refused(header: bytes) -> None:
    refused(signed(header, CLAIMS))


def test_an_edited_payload_is_refused() -> None:
    head, _, signature = TOKEN.split(".")

    refused(".".join([head, b64(json.dumps({**CLAIMS, "sub": str(SESSION)}).encode()), signature]))


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        TOKEN + ".",
        "." + TOKEN,
        TOKEN + ".x",
        "Bearer " + TOKEN,
        TOKEN + "\n",
        " " + TOKEN,
        TOKEN + "\0",
        TOKEN[:-1],
        TOKEN + "é",
        "\ud800",
        TOKEN + "\udcff",
        TOKEN.replace(".", "．"),
    ],
)
def test_what_does_not_look_like_a_token_is_refused(token: str) -> None:
    refused(token)


HUGE = ("A" * 5_000_000, TOKEN + "A" * 5_000_000, "." * 5_000_000, "[" * 5_000_000)


@pytest.mark.parametrize("token", HUGE, ids=range(len(HUGE)))
def test_five_megabytes_are_refused(token: str) -> None:
    """Unread: how fast is in tests/benchmarks/test_hostile.py."""
    refused(token)


def test_a_token_has_one_spelling() -> None:
    """python-jose takes the last character in four variants, and "=" or "!!" behind the token."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    head, body, signature = TOKEN.split(".")
    variants = [TOKEN + tail for tail in ("=", "==", "!!", "!", "%3D", "A", " ")]
    variants += [TOKEN[:-1] + last for last in alphabet if last != TOKEN[-1]]
    variants += [
        f"{head}=.{body}.{signature}",
        f"{head}.{body}==.{signature}",
        f"{head}.{body}.{signature[:40]}!{signature[40:]}",
    ]
    variants += [TOKEN.replace("-", "+"), TOKEN.replace("_", "/")]

    for variant in set(variants) - {TOKEN}:
        refused(variant)


def test_python_jose_alone_still_takes_the_variants() -> None:
    """When this fails the library has been mended, and the test above guards less."""
    assert jws.verify(
        TOKEN + "=", jwk.construct(public(serialization.Encoding.PEM).decode(), "ES256"), algorithms=["ES256"]
    )


@given(st.integers(0, len(TOKEN) - 1), st.characters())
def test_no_character_of_a_token_can_be_another(place: int, character: str) -> None:
    edited = TOKEN[:place] + character + TOKEN[place + 1 :]

    if edited != TOKEN:
        refused(edited)


@given(st.text(max_size=60))
def test_no_text_at_all_is_an_error_of_ours(text: str) -> None:
    refused(text)


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "bekwaam.key"

    with ThreadPoolExecutor(8) as together:
        found = list(together.map(lambda _: load_or_create(path, production=True), range(8)))

    assert len(set(found)) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert load_or_create(path) == found[0]


def test_a_file_from_before_documents_had_a_key_of_their_own_signs_both_with_one(tmp_path: Path) -> None:
    path = tmp_path / "bekwaam.key"
    load_or_create(path)
    found = json.loads(path.read_text())
    path.write_text(json.dumps({name: found[name] for name in ("signing_key", "secret")}))

    old = load_or_create(path)
    new = rotate_document_key(path)

    assert old.document_key_pem == old.signing_key_pem
    assert load_or_create(path) == new
    assert new.signing_key_pem == old.signing_key_pem != new.document_key_pem
    assert len(new.earlier_document_keys) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_file_with_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bekwaam.key"
    load_or_create(path)
    found = json.loads(path.read_text())
    for broken in ({"earlier_document_keys": ["no key"]}, {"document_key": "none"}, {"earlier_document_keys": 5}):
        path.write_text(json.dumps({**found, **broken}))
        with pytest.raises(Invalid, match="key-file-broken"):
            load_or_create(path)


def test_a_key_file_that_others_may_read_is_refused_in_production(tmp_path: Path) -> None:
    path = tmp_path / "bekwaam.key"
    load_or_create(path)
    for mode in (0o640, 0o604, 0o620):
        os.chmod(path, mode)

        assert load_or_create(path)
        with pytest.raises(Invalid, match="key-file-open-to-others"):
            load_or_create(path, production=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: "",
        lambda found: [],
        lambda found: {},
        lambda found: {**found, "secret": "AAAA"},
        lambda found: {**found, "secret": "é"},
        lambda found: {**found, "signing_key": "-----BEGIN"},
        lambda found: {**found, "signing_key": None},
    ],
)
def test_a_broken_key_file_is_refused_and_left_as_it_is(tmp_path: Path, change: Any) -> None:
    path = tmp_path / "bekwaam.key"
    load_or_create(path)
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    before = path.read_bytes()

    with pytest.raises(Invalid, match="key-file-broken"):
        load_or_create(path)
    assert path.read_bytes() == before


def test_a_key_shows_in_no_log_and_each_purpose_has_its_own() -> None:
    assert "PRIVATE" not in repr(KEYS)
    assert str(KEYS.secret) not in repr(KEYS)
    assert len({KEYS.secret_for("csrf"), KEYS.secret_for("one-time-codes"), KEYS.secret}) == 3
    assert KEYS.secret_for("csrf") == KEYS.secret_for("csrf")
