"""The house that runs an installation: its name and addresses, as letters, mails, invoices and pages give them.

One TOML file an installation, named by `BEKWAAM_OPERATOR`; the demo runs on an example that ships, marked as such.
"""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from core.errors import Unusable
from core.fields import Email

EXAMPLE = Path(__file__).parent / "data" / "operator-example.toml"
Line = Annotated[str, Field(min_length=1, max_length=120)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=5)]


def _iban(text: str) -> str:
    """An account number in groups of four; its two check digits must hold (ISO 13616, modulo 97)."""
    plain = "".join(text.split()).upper()
    if not (plain.isalnum() and plain.isascii() and 15 <= len(plain) <= 34):
        raise ValueError("is no IBAN")
    if int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 != 1:
        raise ValueError("is no IBAN: its check digits do not hold")
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Bank(_Part):
    """The account into which invoices are paid."""

    iban: Annotated[str, AfterValidator(_iban)]
    holder: Line


class Office(_Part):
    """A body with an address of its own."""

    name: Line
    post: Lines
    email: Email | None = None

    @property
    def address(self) -> str:
        """Name and postal address in one line."""
        return ", ".join((self.name, *self.post))

    @property
    def letterhead(self) -> tuple[str, ...]:
        """The lines at the top of a letter of its own."""
        return (self.name, *self.post, *((self.email,) if self.email else ()))


class Courts(_Part):
    """Where one goes after the last instance here."""

    civil: Line
    administrative: Line


class Operator(_Part):
    """Who runs this installation. Lines of an address are as they stand on an envelope."""

    name: Line
    visit: Lines
    post: Lines
    website: HttpUrl
    email: Email
    telephone: Line
    chamber_of_commerce: Annotated[str, Field(pattern=r"^[0-9]{8}$")]
    bank: Bank
    objections: Office | None = None
    appeals: Office
    courts: Courts

    @property
    def where_to_object(self) -> Office:
        """Where an objection on paper goes."""
        return self.objections or Office(name=self.name, post=self.post)

    @property
    def site(self) -> str:
        """The web address as one says it."""
        return str(self.website).removeprefix("https://").removeprefix("http://").rstrip("/")

    @property
    def signature(self) -> str:
        """What stands under a mail: who sent it, and where to ask."""
        return f"\n-- \n{self.name}\n{self.site} · {self.email} · {self.telephone}\n"

    @property
    def letterhead(self) -> tuple[str, ...]:
        """The lines at the top of a letter: whose it is, and where they are."""
        return (self.name, *self.post, self.telephone, self.email, self.site, f"KvK {self.chamber_of_commerce}")


def read_operator(file: Path | None) -> Operator:
    """The operator of a file, or the example; Unusable."""
    try:
        return Operator.model_validate(tomllib.loads((file or EXAMPLE).read_text(encoding="utf-8")))
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"{file} is no TOML: {error}") from error
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, one['loc']))}: {one['msg'].lower()}" for one in error.errors())
        raise Unusable(*(f"{file}: {line}" for line in lines)) from error
