"""The sentences: what a code, a label or a page says, in Dutch and in English.

Each room keeps `locale/nl/messages.po` and `locale/en/messages.po`, read as they stand,
not compiled. Two kinds of msgid:

- coded, `group.code` (`error.wrong-state`, `status.lapsed`, `ground.…`): a sentence in both catalogues;
- prose, the Dutch text of a page itself: only the English catalogue has an entry, Dutch is the text.

Facts stand as `{name}`; days, amounts and known codes are written out in the language that is spoken.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, pass_context
from jinja2.runtime import Context, Undefined
from markupsafe import Markup

from core.clock import AMSTERDAM, legal_day
from core.labels import named

ROOMS = ("core", "auth", "register", "accreditation", "appeals")
LANGUAGES = ("nl", "en")
LOCALES = {"nl": "nl_NL", "en": "en_GB"}

_spoken: ContextVar[str] = ContextVar("spoken", default="nl")

Forms = tuple[str, ...]
"""One sentence, or the singular and the plural."""


def spoken() -> str:
    """The language of this request: "nl" unless `speaking` says otherwise."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything inside is said in this language."""
    token = _spoken.set(language if language in LANGUAGES else "nl")
    try:
        yield
    finally:
        _spoken.reset(token)


FACTS = {
    "grounds": ("ground", "institutional-ground", "audit-ground", "conflict"),
    "missing": ("form-item",),
    "needed": ("member-role",),
    "roles": ("user-role",),
}
"""Which groups of labels say the codes of a fact; any other fact is called as its group."""


class Texts:
    """The merged catalogues of the rooms."""

    def __init__(self, catalogues: Mapping[str, Mapping[str, Forms]]) -> None:
        self.catalogues = catalogues

    def has(self, msgid: str, language: str) -> bool:
        return msgid in self.catalogues[language]

    def sentence(self, code: str, /, language: str | None = None, **facts: object) -> str:
        """What a refusal says: `error.<code>` with its facts; the bare code when nobody wrote the sentence."""
        return self._say(f"error.{code}", code, language, {**getattr(code, "facts", {}), **facts})

    def title(self, code: str, /, language: str | None = None, status: int | None = None) -> str:
        """A few words above the sentence: `title.<code>`, or those of the HTTP status."""
        speech = language or spoken()
        for msgid in (f"title.{code}", f"title.status-{status}", "title.other"):
            if self.has(msgid, speech):
                return self._say(msgid, code, speech, {})
        return code

    def label(self, value: object, group: str, language: str | None = None) -> str:
        """An enum value in words: `<group>.<value>`; the value itself, as it is, when there are none."""
        msgid, speech = f"{group}.{value}", language or spoken()
        return self._say(msgid, msgid, speech, {}) if self.has(msgid, speech) else str(value)

    def field(self, name: str) -> str:
        """What a field is called by itself: `field.<name>`; "" when nobody wrote it."""
        msgid = f"field.{name.replace('_', '-')}"
        return self._say(msgid, "", None, {}) if self.has(msgid, spoken()) else ""

    def gettext(self, msgid: str, /, language: str | None = None, **facts: object) -> str:
        """A text of a page; the msgid is the Dutch."""
        return self._say(msgid, msgid, language, facts)

    def ngettext(self, one: str, many: str, n: int, /, language: str | None = None, **facts: object) -> str:
        """As gettext, by number; `{n}` is the number."""
        speech = language or spoken()
        one_said, *more = self.catalogues[speech].get(one, (one, many))
        return _filled(one_said if n == 1 else (more or [many])[0], self._facts({"n": n, **facts}, speech))

    def _say(self, msgid: str, fallback: str, language: str | None, facts: Mapping[str, object]) -> str:
        speech = language or spoken()
        said = self.catalogues[speech].get(msgid, (fallback,))[0]
        return _filled(said, self._facts(facts, speech)) if "{" in said else said

    def _facts(self, facts: Mapping[str, object], language: str) -> dict[str, str]:
        return {name: self._fact(name, value, language) for name, value in facts.items()}

    def _fact(self, name: str, value: object, language: str) -> str:
        if isinstance(value, datetime):
            return day_time(value, language)
        if isinstance(value, date):
            return day(value, language)
        if isinstance(value, float | Decimal):
            return number(value, language)
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(self._fact(name, one, language) for one in value)
        groups = FACTS.get(name, (name,))
        group = next((one for one in groups if self.has(f"{one}.{value}", language)), groups[0])
        return self.label(value, group, language)


def load(rooms: Iterable[str] = ROOMS) -> Texts:
    """The catalogues of these packages, merged; a later room does not change an earlier one's words."""
    return Texts({language: _merged(tuple(rooms), language) for language in LANGUAGES})


def catalogue(room: str, language: str) -> dict[str, Forms]:
    """One room's entries as they stand in its file; empty when it has none."""
    path = files(room).joinpath("locale", language, "messages.po")
    if not path.is_file():
        return {}
    entries = read_po(BytesIO(path.read_bytes()), locale=language, abort_invalid=True)
    found: dict[str, Forms] = {}
    for entry in entries:
        if entry.id:
            msgid = entry.id if isinstance(entry.id, str) else entry.id[0]
            said = entry.string or ""
            found[msgid] = (said,) if isinstance(said, str) else tuple(said)
    return found


@cache
def _merged(rooms: tuple[str, ...], language: str) -> dict[str, Forms]:
    merged: dict[str, Forms] = {}
    for room in rooms:
        merged = catalogue(room, language) | merged
    return {msgid: said for msgid, said in merged.items() if all(said)}


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _filled(said: str, facts: Mapping[str, str]) -> str:
    return said.format_map(_Facts(facts))


def day(value: date | datetime | str | None, language: str | None = None) -> str:
    """1 mei 2026. Takes a day, an instant (its legal day), ISO text of either; other text comes back as it is."""
    found = _dated(value)
    if isinstance(found, datetime):
        found = legal_day(found)
    return format_date(found, "d MMMM y", _locale(language)) if isinstance(found, date) else found


def day_time(value: datetime | str | None, language: str | None = None) -> str:
    """1 mei 2026, 14.30 uur (Dutch time)."""
    found = _dated(value)
    if not isinstance(found, datetime):
        return day(found, language)
    form = "d MMMM y, HH.mm 'uur'" if (language or spoken()) == "nl" else "d MMMM y, HH:mm"
    return format_datetime(found, form, tzinfo=AMSTERDAM, locale=_locale(language))


def weekday(value: date | str | None, language: str | None = None) -> str:
    """vrijdag 1 mei 2026."""
    found = _dated(value)
    return format_date(found, "EEEE d MMMM y", _locale(language)) if isinstance(found, date) else found


def euro(value: Decimal | float | int | str, language: str | None = None) -> str:
    """€ 270,00; the value is in euros."""
    return format_currency(Decimal(str(value)), "EUR", locale=_locale(language))


def number(value: Decimal | float | int | str, language: str | None = None) -> str:
    """1.328 or 1,5: no more than two decimals."""
    return format_decimal(Decimal(str(value)), "#,##0.##", locale=_locale(language))


def hours(value: Decimal | float | int | str, language: str | None = None) -> str:
    """12 u."""
    return f"{number(value, language)}\N{NO-BREAK SPACE}{'u' if (language or spoken()) == 'nl' else 'h'}"


def _dated(value: date | datetime | str | None) -> date | datetime | str:
    if not isinstance(value, str):
        return value or ""
    try:
        return datetime.fromisoformat(value) if len(value) > len("2026-05-01") else date.fromisoformat(value)
    except ValueError:
        return value


def _locale(language: str | None) -> str:
    return LOCALES[language or spoken()]


def install(environment: Environment, texts: Texts) -> None:
    """Give the templates `_`, `ngettext`, `spoken` and the filters day, day_time, weekday, euro, number, hours, label.

    The filters take the context: without it Jinja works out a constant once, in the language of that moment.
    """
    environment.globals.update(
        {"_": texts.gettext, "gettext": texts.gettext, "ngettext": texts.ngettext, "spoken": spoken}
    )
    environment.filters["named"] = lambda html: Markup(named(str(html), texts.field))
    for shape in (day, day_time, weekday, euro, number, hours, texts.label):
        environment.filters[shape.__name__] = _late(shape)


def _late(shape: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def filtered(_context: Context, value: object, *rest: object) -> str:
        if isinstance(value, Undefined):
            str(value)  # StrictUndefined says which name is missing
        return shape(value, *rest)

    return filtered
