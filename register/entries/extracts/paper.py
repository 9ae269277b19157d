"""An extract on paper: in house style, in the language of who asks, with the code by which anybody can check it."""

from collections.abc import Iterator

from core.letters import Letter, Part
from core.settings import Settings
from core.texts import day, day_time, spoken
from core.web.pages import _, label
from register.entries.extracts.policy import Scope
from register.entries.extracts.schemas import OwnStanding, SignedExtract
from register.entries.schemas import PublicEntryView
from register.entries.views import public_status, title_in_words
from register.schools.naming import board_in_words


def paper_of(extract: SignedExtract, settings: Settings) -> Letter:
    """What an extract says, on paper."""
    own = {each.register_code: each for each in extract.own}
    shown = {each.register_code: each for each in extract.entries}
    parts = [_part(register, shown.get(register), own.get(register)) for register in sorted({*own, *shown})]
    nothing = Part((_("Op deze dag stond deze persoon niet in het register."),))
    changes = _("De status kan na deze dag veranderen. Controleer het uittreksel.")
    return Letter(
        language=spoken(),
        written_on=extract.made_on,
        sender=settings.house.name,
        addressee=(extract.name, _("Registernummer {number}", number=extract.register_number)),
        reference=_("Uittreksel {number}", number=extract.register_number),
        subject=_("Uittreksel uit het register"),
        facts=tuple(_facts(extract)),
        parts=(*(parts or [nothing]), Part((changes,))),
        page=_("pagina"),
        verification=_(
            "Controleer dit uittreksel op {address} met code {code}.",
            address=f"{settings.address}/uittreksel-controleren",
            code=extract.code,
        ),
    )


def _facts(extract: SignedExtract) -> Iterator[tuple[str, str]]:
    yield _("Soort"), _("Eigen uittreksel") if extract.scope == Scope.OWN else _("Openbaar uittreksel")
    yield _("Stand op"), day(extract.on)
    yield _("Zoals vastgelegd op"), day_time(extract.recorded_at)
    yield _("Gemaakt op"), day(extract.made_on)


def _part(register: str, shown: PublicEntryView | None, own: OwnStanding | None) -> Part:
    lines = [*_public(shown)] if shown else []
    lines += _own(own, known=shown is not None) if own else []
    items = tuple(f"{_(name)}: {value}" for name, value in lines if value)
    return Part((), label(register, "register"), items)


def _public(shown: PublicEntryView) -> Iterator[tuple[str, str]]:
    yield "Status", label(public_status(shown), "status")
    yield "Titel", title_in_words(shown.title, shown.level)
    yield "Geldig tot en met", day(shown.valid_until)
    yield (
        "School of bestuur",
        ", ".join(
            part for part in (shown.school, shown.town, board_in_words(shown.board or shown.board_number or "")) if part
        ),
    )


def _own(own: OwnStanding, *, known: bool) -> Iterator[tuple[str, str]]:
    if not known:
        yield "Status", label(own.status, "status")
    yield "Geregistreerd sinds", day(own.registered_on)
    yield "Periode begonnen op", day(own.period_began_on)
    yield "Einddatum", day(own.due_on)
