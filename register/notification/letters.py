"""The letter (brief) of a decision: what it tells, as PDF, and the code by which anybody can check it.

A letter is in Dutch, whatever language its reader chose for the pages: it is the decision, not a page about it.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from core.decisions import ALPHABET, Decision, works_from
from core.law.terms import objection_last_day
from core.letters import Letter, Part
from core.remedies import Remedy, remedy_of
from core.settings import Settings
from core.store.db import canonical
from core.store.work import Means
from core.texts import day, euro
from core.web.pages import SAID
from register.notification import told
from register.notification.remedy import remedy_clause

LANGUAGE = "nl"
CODE_LENGTH = 12
DRAFT = "Concept. Dit is nog geen besluit: het kan nog anders worden."
CONTEST = "U kunt bezwaar maken tot en met {day}."
RULING = "appeal"
ENDINGS = frozenset(
    {
        "lapse",
        "strike-off",
        "leave-untreated",
        "penalty",
        "course-withdrawal",
        "provider-suspension",
        "provider-withdrawal",
        "institutional-withdrawal",
    }
)
"""Kinds that say by their name what happens: their outcome tells nothing more."""


@dataclass(frozen=True)
class Sending:
    """What nobody knows of a letter until it goes: the day, the last day to object that follows, and the clause."""

    sent_on: date | None
    last_day: date | None
    remedy: str


def sent(decision: Decision) -> Sending:
    """How a decision was made known."""
    return Sending(decision.notified_on, decision.last_day_to_object, decision.remedy)


def if_sent_on(decision: Decision, on: date, means: Means) -> Sending:
    """How a decision would be made known on a day."""
    last_day = objection_last_day(on, means.calendar).last_day
    return Sending(on, last_day, remedy_clause(decision, last_day, means.settings, means.rules))


def draft_of(decision: Decision, addressee: tuple[str, ...], settings: Settings, sending: Sending) -> Letter:
    """The letter of a decision that is not taken: the same words, marked, with nothing by which one could check it."""
    letter = letter_of(decision, addressee, settings, sending)
    facts = tuple(fact for fact in letter.facts if fact[0] != SAID.gettext("Kenmerk", LANGUAGE))
    return replace(letter, reference="Concept", facts=facts, verification="", draft=DRAFT)


def letter_of(
    decision: Decision, addressee: tuple[str, ...], settings: Settings, sending: Sending | None = None
) -> Letter:
    """What the letter of a decision tells its addressee: as it was sent, or as it would be."""
    said, sending = SAID.gettext, sending or sent(decision)
    return Letter(
        language=LANGUAGE,
        written_on=sending.sent_on or decision.decided_on,
        sender=_sender(decision, settings),
        # A ruling is the Commissie's own (Awb 7:26); any other letter gets the head of the house.
        letterhead=settings.house.appeals.letterhead if decision.kind == RULING else (),
        addressee=addressee,
        reference=decision.number,
        subject=SAID.label(decision.kind, "decision-kind", LANGUAGE),
        facts=tuple((said(name, LANGUAGE), value) for name, value in _facts(decision, sending) if value),
        parts=tuple(part for part in _parts(decision, sending) if part.paragraphs or part.items),
        page=said("pagina", LANGUAGE),
        verification=said(
            "Controleer deze brief op {address} met kenmerk {number} en code {code}.",
            LANGUAGE,
            address=f"{settings.address}/brief-controleren",
            number=decision.number,
            code=code_of(decision, sending),
        ),
    )


def _sender(decision: Decision, settings: Settings) -> str:
    if decision.kind == RULING:
        return settings.house.appeals.name
    return SAID.label(decision.register_code, "register", LANGUAGE)


def _ruled_by(decision: Decision) -> Part:
    """In whose name a ruling is given: the chamber, its members by name and function (Awb 7:26)."""
    chamber = SAID.label(decision.taken_by.removeprefix("chamber/"), "chamber", LANGUAGE)
    names = tuple(str(one) for one in decision.facts.get("panel", ()))
    if decision.kind != RULING or not names:
        return Part(())
    said = SAID.gettext(
        "Deze uitspraak is gedaan namens de Commissie van Beroep, {chamber}, door:",
        LANGUAGE,
        chamber=chamber[:1].lower() + chamber[1:],
    )
    return Part((said,), SAID.gettext("Wie uitspraak deed", LANGUAGE), names)


def summary(decision: Decision, language: str | None = None, sent_on: date | None = None) -> str:
    """What the decision comes to, in one sentence; of a measure, from which day the entry ends if it goes on a day."""
    if decision.kind == "strike-off" and (effect_on := decision.result.get("effect_on")):
        known_on = sent_on or decision.notified_on
        on = works_from(date.fromisoformat(effect_on), known_on) if known_on else date.fromisoformat(effect_on)
        return SAID.gettext(
            "Uw registratie wordt doorgehaald op {day}. Tot die dag blijft zij staan.", language, day=on
        )
    if decision.kind == "lapse":
        return SAID.gettext("Uw registratie vervalt met dit besluit.", language)
    if decision.kind == "valuation":
        what, given = told.activity(decision, language), told.amount(decision, language)
        if not given:
            return SAID.gettext("U krijgt niets voor uw activiteit: {what}.", language, what=what)
        return SAID.gettext("U krijgt {given} voor uw activiteit: {what}.", language, given=given, what=what)
    if decision.kind == "penalty":
        owed = euro(decision.result["amount_eur"], language)
        return SAID.gettext("U krijgt een dwangsom van {amount}, omdat wij te laat waren.", language, amount=owed)
    if decision.kind == "publication":
        return SAID.label(decision.outcome.value, "letter-publication", language)
    return " ".join([SAID.label(decision.outcome.value, "letter", language), *_changes(decision, language)])


def _changes(decision: Decision, language: str | None) -> list[str]:
    """Of a decision on objection and a ruling: what it puts in the place of what, revokes, or has decided anew."""
    result = decision.result
    if decision.kind not in {"objection", RULING}:
        return []
    lines = [
        SAID.gettext("Besluit {earlier} vervalt; in de plaats komt besluit {number}.", language, **_numbers(each))
        for each in result.get("replaced", [])
    ]
    lines += [
        SAID.gettext("Het besluit {number} is herroepen.", language, number=one) for one in result.get("revoked", [])
    ]
    if anew := result.get("anew"):
        committee = SAID.label(anew["body"], "committee", language)
        again = SAID.gettext("De {committee} moet opnieuw beslissen.", language, committee=committee)
        if until := anew.get("until"):
            on = date.fromisoformat(until)
            again = SAID.gettext(
                "De {committee} moet opnieuw beslissen, uiterlijk op {day}.", language, committee=committee, day=on
            )
        lines.append(again)
    return lines


def _numbers(each: dict[str, str]) -> dict[str, str]:
    return {"earlier": each["earlier"], "number": each["number"]}


def title(decision: Decision) -> str:
    """What it is about and how it ended: `Besluit op uw aanvraag om registratie: toegekend`."""
    about = SAID.label(decision.kind, "decision-kind", LANGUAGE)
    if decision.kind in ENDINGS:
        return about
    return f"{about}: {SAID.label(decision.outcome.value, 'outcome', LANGUAGE).lower()}"


def _facts(decision: Decision, sending: Sending) -> list[tuple[str, str]]:
    given = decision.outcome in told.GIVEN
    begins = told.begins_on(decision)
    return [
        ("Kenmerk", decision.number),
        ("Verzonden op", day(sending.sent_on, LANGUAGE) if sending.sent_on else ""),
        ("Genomen op", day(decision.decided_on, LANGUAGE)),
        ("Niveau", SAID.label(decision.level, "level-is", LANGUAGE) if decision.level and given else ""),
        *told.about(decision, LANGUAGE),
        ("Geldig vanaf", day(begins, LANGUAGE) if begins else ""),
        ("Geldig tot en met", day(decision.due_on, LANGUAGE) if decision.due_on and given else ""),
        ("Volgens", SAID.label(decision.rule_set, "rule-set", LANGUAGE)),
    ]


def _parts(decision: Decision, sending: Sending) -> list[Part]:
    said = SAID.gettext
    grounds = told.grounds(decision, LANGUAGE)
    last_day = sending.last_day
    # Against a decision on objection lies appeal (Awb 7:1), against a ruling nothing here: its clause says it all.
    remedy = remedy_of(decision)
    way = "U kunt beroep instellen tot en met {day}." if remedy is Remedy.APPEAL else CONTEST
    says = last_day is not None and remedy is not Remedy.COURT
    until = (said(way, LANGUAGE, day=day(last_day, LANGUAGE)),) if says else ()
    return [
        Part((summary(decision, LANGUAGE, sending.sent_on),)),
        Part(_lines(decision.reasons), said("Waarom dit besluit", LANGUAGE), grounds),
        Part(_lines(told.leads_to(decision, LANGUAGE)), said("Wat dit betekent voor uw registratie", LANGUAGE)),
        Part(_lines(decision.repair), said("Zo kan het anders worden", LANGUAGE)),
        Part((), said("Voorwaarden", LANGUAGE), _lines(decision.conditions)),
        _ruled_by(decision),
        Part((*until, *_lines(sending.remedy)), said("Niet eens met dit besluit?", LANGUAGE)),
    ]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (one.strip() for one in text.splitlines()) if line)


def code_of(decision: Decision, sending: Sending | None = None) -> str:
    """Twelve signs that only this decision has, as it was made known: `7KQ4-MX2B-9TRC`.

    Drawn from what the letter says and the row's own salt, so nobody can make one up.
    """
    sending = sending or sent(decision)
    sealed = canonical(
        {
            "number": decision.number,
            "outcome": decision.outcome.value,
            "level": decision.level,
            "due_on": decision.due_on,
            "notified_on": sending.sent_on,
            "last_day": sending.last_day,
            "reasons": decision.reasons,
        }
    )
    drawn = hmac.digest(decision.salt.encode(), sealed, hashlib.sha256)
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:CODE_LENGTH])
    return "-".join(signs[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def is_genuine(decision: Decision, code: str, sending: Sending | None = None) -> bool:
    """Whether a code that somebody typed is that of the decision; blanks, dashes and small letters are fine."""
    plain = "".join(code.upper().split()).replace("-", "")
    return hmac.compare_digest(plain.encode(), code_of(decision, sending).replace("-", "").encode())


def printing_with(decision: Decision, code: str, days: Iterable[date], means: Means) -> date | None:
    """For the post of which of these days the letter with this code was printed, if it was for one of them."""
    return next((on for on in days if is_genuine(decision, code, if_sent_on(decision, on, means))), None)
