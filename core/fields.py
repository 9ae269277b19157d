"""Bounded types for what comes in: the same at the edge of both databases, each refusing with a code of its own."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

import idna
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from core import countries, signs, typed

FIRST_YEAR, LAST_YEAR = 1900, 2200
_EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,64}@([A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+[A-Za-z]{2,63}")
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_SITE = re.compile(r"https://[^\s/]+\.[^\s/]{2,}\S*")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{7,18}")
_DIGITS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


def refuse(code: str, **facts: str) -> PydanticCustomError:
    """An error of a schema whose type is our code, with the facts of its sentence."""
    return PydanticCustomError(code, code, facts or None)


def _readable(value: str) -> str:
    if word := signs.unreadable(value):
        raise refuse("unprintable-text", word=word)
    return unicodedata.normalize("NFC", value)


def _text(value: str) -> str:
    return _readable(signs.paragraphs(value)).strip()


def _line(value: str) -> str:
    plain = signs.line(value).strip()
    if "\n" in plain or "\r" in plain:
        raise refuse("one-line-only")
    return _readable(" ".join(plain.split()))


def _name(value: str) -> str:
    if not signs.latin(value):
        raise refuse("name-not-latin")
    return value


def _given(value: str) -> str:
    if not value:
        raise refuse("field-missing")
    return value


def _bsn_free(value: str) -> str:
    for found in _DIGITS.findall(value):
        if _passes_eleven_test(found):
            raise refuse("looks-like-bsn")
    return value


def _passes_eleven_test(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return int(digits) > 0 and sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def address_key(value: str) -> str:
    """An e-mail address as it is kept and compared: nothing invisible, small letters, the domain in ASCII (IDNA)."""
    local, at, domain = signs.line(value).strip().lower().rpartition("@")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            return value.strip().lower()
    return f"{local}{at}{domain}"


def _email(value: str) -> str:
    plain = address_key(value)
    if len(plain) > 254 or not plain.isprintable() or not _EMAIL.fullmatch(plain):
        raise refuse("email")
    return plain


def _postcode(value: str) -> str:
    if not _POSTCODE.fullmatch(value):
        raise refuse("postcode")
    return value.replace(" ", "").upper()


def country_code(value: str) -> str:
    """A country by its two letters; refused as `country`."""
    code = value.strip().upper()
    if code not in countries.names("nl"):
        raise refuse("country")
    return code


def postcode_of(value: str, info: ValidationInfo) -> str:
    """A postcode by the rule of its country, which stands before it in the schema: only ours is checked, and needed."""
    if (info.data.get("country") or countries.HOME) == countries.HOME:
        return _postcode(_given(value))
    return value.upper()


def one_name_at_least(value: str, info: ValidationInfo) -> str:
    """A family name may be lacking where there is a given name, which stands before it in the schema."""
    if not value and not info.data.get("given_name"):
        raise refuse("name-missing")
    return value


def _phone(value: str) -> str:
    if not _PHONE.fullmatch(value):
        raise refuse("telephone")
    return value


def _day(value: Any) -> Any:
    """ISO only: a day that is written otherwise is refused, not guessed; pages read it before (core.typed)."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError as error:
            raise refuse("no-such-day" if typed.is_written_as_day(value) and not _exists(value) else "day") from error
    if not isinstance(value, date):
        raise refuse("day")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise refuse("year-out-of-range")
    return value


def _exists(value: str) -> bool:
    return isinstance(typed.day(value), date)


def _clock(value: str) -> str:
    if not _CLOCK.fullmatch(value):
        raise refuse("time")
    return value


def _site(value: str) -> str:
    if value and not _SITE.fullmatch(value):
        raise refuse("site")
    return value


def _bounded(most: int) -> StringConstraints:
    return StringConstraints(max_length=most, strict=True)


# Bounded again at the end where composing can lengthen: U+0958 becomes two characters under NFC.
Line = Annotated[str, _bounded(160), AfterValidator(_line), _bounded(160)]
"""One line of text, 160 characters; may be empty."""
NeededLine = Annotated[Line, AfterValidator(_given)]
"""One line of text that must be given (`field-missing`)."""
Name = Annotated[Line, AfterValidator(_name)]
"""A name of a person in Latin script, as in a passport (`name-not-latin`); may be empty."""
NeededName = Annotated[NeededLine, AfterValidator(_name)]
"""A name of a person that must be given."""
Text = Annotated[str, _bounded(20_000), AfterValidator(_text), _bounded(20_000)]
"""Text of several lines, 20,000 characters."""
NeededText = Annotated[Text, AfterValidator(_given)]
"""Text that must be given."""
Identifier = Annotated[str, _bounded(60), AfterValidator(_line), AfterValidator(_bsn_free), _bounded(60)]
"""A number or code; one that could be a citizen service number is refused (`looks-like-bsn`)."""
Email = Annotated[str, _bounded(254), AfterValidator(_email)]
Postcode = Annotated[str, _bounded(12), AfterValidator(_line), AfterValidator(_postcode)]
Country = Annotated[str, _bounded(2), AfterValidator(_line), AfterValidator(country_code)]
"""Two letters (ISO 3166)."""
AnyPostcode = Annotated[
    str, _bounded(12), AfterValidator(_line), AfterValidator(postcode_of), Field(validate_default=True)
]
"""A postcode in the country that stands before it in the schema; may be empty abroad."""
GivenName = Annotated[Name, StringConstraints(max_length=80)]
FamilyName = Annotated[
    Name, StringConstraints(max_length=120), AfterValidator(one_name_at_least), Field(validate_default=True)
]
"""Either name may be empty, but not both (`name-missing`): there are people with one."""
Telephone = Annotated[str, _bounded(20), AfterValidator(_line), AfterValidator(_phone)]
Day = Annotated[date, BeforeValidator(_day)]
"""A day, written as 2026-05-01, in the years 1900-2200."""
Clock = Annotated[str, BeforeValidator(typed.clock), _bounded(20), AfterValidator(_clock)]
"""A time of day, kept as 14:30."""
Site = Annotated[Line, BeforeValidator(typed.site), AfterValidator(_site)]
"""The address of a site, kept with https://; may be empty."""


TYPED_NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")


def in_digits(value: object) -> object:
    """A number as Dutch people type it, refused in words of its own: `not-a-number`."""
    read = typed.number(value)
    if isinstance(read, str) and not TYPED_NUMBER.fullmatch(read.strip()):
        raise refuse("not-a-number")
    return read


TypedDay = Annotated[Day, BeforeValidator(typed.day)]
