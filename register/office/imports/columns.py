"""PURE: the columns of the two files that come from other systems, each with what it must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import Invalid
from core.store.tables import plain


@dataclass(frozen=True)
class Column:
    """One column by its English and its Dutch name; `digits` fills up a number that a spreadsheet made shorter."""

    name: str
    dutch: str
    holds: str
    needed: bool = False
    digits: int = 0


PLACE = (
    Column("board_number", "bestuursnummer", "five digits", digits=5),
    Column("location_code", "brin", "BRIN (`00AH`) or BRIN and location (`00AH01`)"),
    Column("role", "functie", "`director`, `deputy`, `teacher`; or `directeur`, `adjunct`, `leraar`"),
    Column("appointed_on", "benoemd_op", "first day of the appointment"),
)

REGISTER = (
    Column("source_number", "bronnummer", "the person's number in the system that this comes from", needed=True),
    Column("register", "register", "`schoolleiders-po`, `schoolleiders-vo` or `leraren`", needed=True),
    Column("register_number", "registernummer", "our own eight digits, for somebody who is known here already"),
    Column("given_name", "voornaam", "empty for who has one name", needed=True),
    Column("prefix", "tussenvoegsel", ""),
    Column("family_name", "achternaam", "", needed=True),
    Column("email", "e-mail", "one address, of nobody else", needed=True),
    Column("address", "adres", "street and number"),
    Column("country", "land", "two letters (ISO 3166); the Netherlands when empty"),
    Column("postcode", "postcode", "`1234AB`; another country has its own"),
    Column("town", "plaats", ""),
    Column("telephone", "telefoon", ""),
    Column(
        "status",
        "status",
        "`enrolled` (ingeschreven), `in-training` (in opleiding), `registered` (geregistreerd), `postponed` (uitstel), "
        "`conditional` (onder voorwaarden), `lapsed` (verlopen), `struck-off` (doorgehaald), `deregistered` "
        "(uitgeschreven)",
        needed=True,
    ),
    Column("status_since", "status_sinds", "first day of that status, when it is known"),
    Column("title", "titel", "`RDO`, `RADO`, `aspirant RDO`, `aspirant RADO`; empty for teachers"),
    Column(
        "level",
        "niveau",
        "`niveau-1`, `niveau-2`, `master`, `in-opleiding`; or `basisbekwaam`, `vakbekwaam`, `leidinggeven 1`, "
        "`leidinggeven 2`; empty for teachers",
    ),
    Column("registered_on", "registratiedatum", "day of the first registration"),
    Column("period_began_on", "periode_vanaf", "first day of the running period; the registration when empty"),
    Column("due_on", "herregistratiedatum", "last day of the running period"),
    Column("points", "punten", "school leaders: points earned in the running period, a whole number"),
    Column("hours_subject", "uren_vakinhoud", "teachers: hours on the subject, in the running period"),
    Column("hours_primary", "uren_primair", "teachers: other hours in the primary process"),
    Column("hours_other", "uren_overig", "teachers: all other hours"),
    *PLACE,
    Column("application", "aanvraag", "a request that still runs: `registration` or `reregistration`"),
    Column("application_route", "route", "on what a first registration rests: `programme`, `master`, … (rules 2.1)"),
    Column("application_received_on", "aanvraag_ontvangen_op", "the day from which the term to decide runs"),
    Column("sector", "sector", "teachers with a request: `po`, `vo` or `mbo`"),
)

APPOINTMENTS = (
    Column("register_number", "registernummer", "our own eight digits", needed=True),
    *(Column(each.name, each.dutch, each.holds, needed=True, digits=each.digits) for each in PLACE),
    Column("ended_on", "geeindigd_op", "last day of the appointment; empty while it runs"),
)

BSN = frozenset({"bsn", "burgerservicenummer", "sofinummer", "citizen_service_number"})


def recognised(header: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    """The column behind each name of a header, in English or Dutch, in capitals or not.

    Invalid: `bsn-column` (no legal ground to keep one), `unknown-column`, `column-twice`, `column-missing`.
    """
    known: Mapping[str, Column] = {name: each for each in columns for name in (each.name, each.dutch)}
    found = []
    for name in (plain(name) for name in header):
        if name in BSN:
            raise Invalid("bsn-column", column=name)
        if name not in known:
            raise Invalid("unknown-column", column=name)
        if known[name] in found:
            raise Invalid("column-twice", column=name)
        found.append(known[name])
    if missing := [each.name for each in columns if each.needed and each not in found]:
        raise Invalid("column-missing", column=", ".join(missing))
    return found


def described(columns: Sequence[Column]) -> str:
    """The list of columns, for a terminal and for the documentation."""
    lines = ["| column | or | needed | what it holds |", "|---|---|---|---|"]
    lines += [f"| `{c.name}` | `{c.dutch}` | {'yes' if c.needed else ''} | {c.holds} |" for c in columns]
    return "\n".join(lines)
