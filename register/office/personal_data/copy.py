"""All that is kept of somebody as a letter, for who cannot sign in or asks for paper (AVG 15)."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from auth import queries as people
from auth.persons import Person
from core import letters as paper
from core.letters import Letter, Part
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID
from register.office.personal_data.service import Package

LANGUAGE = "nl"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "register_code": ("register",),
    "status": ("status",),
    "state": (
        "state",
        "email-state",
        "delivery",
        "dispute",
        "dialogue-state",
        "attendance-state",
        "endorsement",
        "entry",
        "invoice",
        "post-claim",
        "name-change",
        "publication",
        "proposal",
        "proposal-state",
        "authorisation",
        "measure-state",
        "correction-state",
    ),
    "reason": ("wrong-day", "came-back", "role-end"),
    "ground": ("hiding", "ground"),
    "kind": ("decision-kind", "kind", "dispute-kind", "proof", "entry-kind"),
    "outcome": ("outcome",),
    "level": ("level-is", "staff-level", "level"),
    "role": ("role", "user-role", "member-role"),
    "route": ("route",),
    "channel": ("channel",),
    "category": ("category",),
    "grounds": ("ground",),
    "items": ("lacking",),
    "name_order": ("name-order",),
    "scope": ("share-scope", "register"),
    "sector": ("sector",),
}
"""By which groups of labels the codes of a column are said."""


async def copy(work: Work, person: Person, package: Package) -> bytes:
    """The package as PDF: every subject with its rows, each value under what it is called."""
    addressee = await people.addressee(work.session, person.id)
    letter = Letter(
        language=LANGUAGE,
        written_on=work.today,
        sender=SAID.gettext("Wat wij bewaren", LANGUAGE),
        addressee=(addressee.name, *addressee.lines),
        reference=person.register_number,
        subject=SAID.gettext("Alles wat wij van u bewaren", LANGUAGE),
        facts=((SAID.gettext("Registernummer", LANGUAGE), person.register_number),),
        parts=tuple(_parts(package, work.today)),
        page=SAID.gettext("pagina", LANGUAGE),
    )
    return await paper.pdf(work, letter)


def _parts(package: Package, on: date) -> Iterable[Part]:
    sentence = SAID.gettext
    yield Part(
        (
            sentence(
                "Dit zijn alle gegevens die wij op {day} van u bewaarden. U mag altijd weten wat wij van u bewaren, en "
                "het meenemen (AVG 15 en 20). Klopt er iets niet? Laat het ons weten.",
                LANGUAGE,
                day=on,
            ),
        )
    )
    if package.hidden is not None:
        hidden = {"day": package.hidden.since, "ground": SAID.label(package.hidden.ground, "hiding", LANGUAGE).lower()}
        yield Part((sentence("U bent verborgen sinds {day}. De reden: {ground}.", LANGUAGE, **hidden),))
    for subject, tables in package.data.items():
        yield Part((), SAID.label(subject, "kept-subject", LANGUAGE))
        for table, rows in tables.items():
            lines = tuple(line for row in rows if (line := _line(row)))
            yield Part((SAID.label(table.replace("_", "-"), "kept-table", LANGUAGE) + ":",), "", lines)


def _line(row: Mapping[str, Any]) -> str:
    """One row: each value that is there, after what its column is called."""
    told = [
        f"{SAID.label(name.replace('_', '-'), 'kept-column', LANGUAGE)}: {said(name, value)}"
        for name, value in row.items()
        if value not in (None, "", [], {})
    ]
    return "; ".join(told)


def said(name: str, value: Any) -> str:
    """A value in words, by the column in which it stands."""
    if isinstance(value, bool):
        return SAID.gettext("Ja" if value else "Nee", LANGUAGE)
    if isinstance(value, date | datetime):
        return day(value, LANGUAGE)
    if isinstance(value, list):
        return ", ".join(said(name, one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    codes = str(value).split() if name in {"grounds", "items"} else [str(value)]
    found = [_label(name, code) for code in codes]
    return ", ".join(one for one in found if one) if all(found) else " ".join(str(value).split())


def _label(name: str, code: str) -> str:
    for group in GROUPS.get(name, ()):
        if SAID.has(f"{group}.{code}", LANGUAGE):
            return SAID.label(code, group, LANGUAGE)
    return ""
