"""An extract on paper: in house style, in Dutch, with the code by which anybody can check it."""

from collections.abc import Iterator

from core.letters import Letter, Part
from core.pages import SAID
from core.settings import Settings
from core.texts import day, day_time
from register.extracts.policy import Scope
from register.extracts.schemas import OwnStanding, SignedExtract
from register.registration.schemas import PublicEntryView
from register.registration.views import public_status, title_in_words
from register.schools.naming import board_in_words

LANGUAGE = "nl"


def paper_of(extract: SignedExtract, settings: Settings) -> Letter:
    """What an extract says, on paper."""
    said = SAID.gettext
    own = {each.register_code: each for each in extract.own}
    shown = {each.register_code: each for each in extract.entries}
    parts = [_part(register, shown.get(register), own.get(register)) for register in sorted({*own, *shown})]
    nothing = Part((said("Op deze dag stond deze persoon niet in het register.", LANGUAGE),))
    changes = said("De status kan na deze dag veranderen. Controleer het uittreksel.", LANGUAGE)
    return Letter(
        language=LANGUAGE,
        written_on=extract.made_on,
        sender=settings.house.name,
        addressee=(extract.name, said("Registernummer {number}", LANGUAGE, number=extract.register_number)),
        reference=said("Uittreksel {number}", LANGUAGE, number=extract.register_number),
        subject=said("Uittreksel uit het register", LANGUAGE),
        facts=tuple(_facts(extract)),
        parts=(*(parts or [nothing]), Part((changes,))),
        page=said("pagina", LANGUAGE),
        verification=said(
            "Controleer dit uittreksel op {address} met code {code}.",
            LANGUAGE,
            address=f"{settings.address}/uittreksel-controleren",
            code=extract.code,
        ),
    )


def _facts(extract: SignedExtract) -> Iterator[tuple[str, str]]:
    said = SAID.gettext
    kind = "Eigen uittreksel" if extract.scope == Scope.OWN else "Openbaar uittreksel"
    yield said("Soort", LANGUAGE), said(kind, LANGUAGE)
    yield said("Stand op", LANGUAGE), day(extract.on, LANGUAGE)
    yield said("Zoals vastgelegd op", LANGUAGE), day_time(extract.recorded_at, LANGUAGE)
    yield said("Gemaakt op", LANGUAGE), day(extract.made_on, LANGUAGE)


def _part(register: str, shown: PublicEntryView | None, own: OwnStanding | None) -> Part:
    lines = [*_public(shown)] if shown else []
    lines += _own(own, known=shown is not None) if own else []
    items = tuple(f"{SAID.gettext(name, LANGUAGE)}: {value}" for name, value in lines if value)
    return Part((), SAID.label(register, "register", LANGUAGE), items)


def _public(shown: PublicEntryView) -> Iterator[tuple[str, str]]:
    yield "Status", SAID.label(public_status(shown), "status", LANGUAGE)
    yield "Titel", title_in_words(shown.title, shown.level)
    yield "Geldig tot en met", day(shown.valid_until, LANGUAGE)
    yield (
        "School of bestuur",
        ", ".join(
            part for part in (shown.school, shown.town, board_in_words(shown.board or shown.board_number or "")) if part
        ),
    )


def _own(own: OwnStanding, *, known: bool) -> Iterator[tuple[str, str]]:
    if not known:
        yield "Status", SAID.label(own.status, "status", LANGUAGE)
    yield "Geregistreerd sinds", day(own.registered_on, LANGUAGE)
    yield "Periode begonnen op", day(own.period_began_on, LANGUAGE)
    yield "Vernieuwen uiterlijk op", day(own.due_on, LANGUAGE)
