"""PURE: the numbers and sentences of PE-online's answers, and how long a key of a platform lives."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

MOST_ROWS = 1_000
"""More rows in one call is error 500."""
OVERLAP_DAYS = 30
"""How long the key before still opens the door after a new one was drawn: platforms change theirs by hand."""
MOST_KEYS = 20
"""Of one provider that open the door at the same time."""
MOST_FAILURES = 20
FAILURE_MINUTES = 15
EDUCATOR = "EDU"
"""The only `userRole` that this message has."""

ORGANISATIONS = {"101": "schoolleiders-po", "102": "schoolleiders-vo", "103": "leraren"}
"""`orgID`: platforms keep a number for it. The code of the register itself is read as well."""


def register_of(organisation: str) -> str | None:
    """The register that an `orgID` names."""
    named = organisation.strip().lower()
    return ORGANISATIONS.get(named) or (named if named in ORGANISATIONS.values() else None)


def organisation_of(register: str) -> str:
    """The `orgID` of a register."""
    return next(number for number, code in ORGANISATIONS.items() if code == register)


class Number(IntEnum):
    """`errorNR`: about the whole message, or (100) about one row with one of the codes inside."""

    ROW = 100
    NO_ACCESS = 400
    TOO_MANY_ROWS = 500
    UNREADABLE = 505


class Inner(IntEnum):
    """The code inside an error 100."""

    COURSE_NOT_UNIQUE = 1020
    COURSE_UNKNOWN = 1021
    EDITION_MISSING = 1022
    NOT_THIS_PROVIDER = 1030


@dataclass(frozen=True)
class Error:
    """One `<Error>` of the answer."""

    number: Number
    message: str


NO_ACCESS = Error(Number.NO_ACCESS, "Geen toegang: gebruiker, sleutel of register (orgID) klopt niet.")
TOO_MANY_ROWS = Error(Number.TOO_MANY_ROWS, f"Een bericht mag niet meer dan {MOST_ROWS} regels hebben.")
UNREADABLE = Error(Number.UNREADABLE, "De XML kan niet worden gelezen.")

# What a row of ours is refused with, in the numbers and words of PE-online.
REFUSALS = {
    "course-not-unique": (Inner.COURSE_NOT_UNIQUE, "meer dan één cursus heeft deze naam"),
    "no-such-course": (Inner.COURSE_UNKNOWN, "de cursus is onbekend of niet geaccrediteerd voor dit register"),
    "outside-accreditation": (Inner.COURSE_UNKNOWN, "de datum ligt buiten elke accreditatieperiode"),
    "run-missing": (Inner.EDITION_MISSING, "de uitvoering ontbreekt of is onbekend"),
    "run-withdrawn": (Inner.EDITION_MISSING, "de uitvoering is ingetrokken"),
    "no-such-meeting": (Inner.EDITION_MISSING, "de bijeenkomst is onbekend"),
    "not-this-provider": (Inner.NOT_THIS_PROVIDER, "u mag voor deze aanbieder geen presentie invoeren"),
    "outside-run": (None, "de datum ligt buiten de uitvoering"),
    "not-yet": (None, "de datum ligt in de toekomst"),
    "date-unreadable": (None, "de datum kan niet worden gelezen"),
    "number-missing": (None, "het registernummer ontbreekt"),
    "not-a-register-number": (None, "dit is geen registernummer"),
    "looks-like-bsn": (None, "het nummer lijkt een burgerservicenummer en is niet bewaard"),
    "text-unreadable": (None, "een veld is te lang of bevat tekens die niet kunnen"),
    "taken-back": (None, "deze presentie is eerder teruggenomen"),
}


def row_error(row: int, code: str) -> Error:
    """The error of one row: a sentence that names the row, with the code inside where PE-online has one."""
    inner, why = REFUSALS[code]
    number = f" ({inner.value})" if inner else ""
    return Error(Number.ROW, f"Regel {row} is niet verwerkt{number}: {why}.")


@dataclass(frozen=True)
class KeyDays:
    """From when until when a key opens the door, both days included; no end while it is the newest."""

    from_on: date
    until_on: date | None

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
