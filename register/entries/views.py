"""What templates of registration are given: plain values, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from core.web.pages import _, label
from register.entries.policy import Register, Route
from register.entries.schemas import PublicEntryView
from register.schools.naming import board_in_words, town_in_words


def title_in_words(title: str, level: str | None) -> str:
    """RDO, niveau 2."""
    return ", ".join(part for part in (title, label(level, "level") if level else "") if part)


def post_in_words(from_on: date, ended_on: date | None, today: date) -> str:
    """How long a post lasts, and since which day it is over; its last day is still worked."""
    if ended_on is None:
        return _("vanaf {day}", day=from_on)
    if ended_on < today:
        return _("Geëindigd op {end}. Begonnen op {start}.", end=ended_on, start=from_on)
    return _("vanaf {start}, eindigt op {end}", start=from_on, end=ended_on)


def public_status(view: PublicEntryView) -> str:
    """A teacher is registered or not; of a leader everybody may know the status."""
    teacher = view.register_code == Register.TEACHERS.value
    return "not-registered" if teacher and not view.registered else view.status


def found_of(view: PublicEntryView) -> dict[str, Any]:
    """One line of a search."""
    place = ", ".join(
        part
        for part in (view.school, town_in_words(view.town), board_in_words(view.board or view.board_number or ""))
        if part
    )
    return {
        "href": f"/register/{view.register_number}",
        "name": view.name,
        "register": view.register_code,
        "register_number": view.register_number,
        "title": title_in_words(view.title, view.level),
        "place": place,
        "status": public_status(view),
        "valid_until": view.valid_until,
    }


def entry_of(view: PublicEntryView) -> dict[str, Any]:
    """An entry with what its status means."""
    shown = found_of(view)
    return {**shown, "meaning": label(shown["status"], "meaning"), "extract_href": f"{shown['href']}/uittreksel"}


def register_in(values: Mapping[str, str]) -> Register | None:
    """The register that was chosen in a form."""
    given = values.get("register_code", "")
    return Register(given) if given in set(Register) else None


def register_choices(registers: Iterable[Register]) -> list[tuple[str, str]]:
    """The registers in words."""
    return [(each.value, label(each.value, "register")) for each in registers]


def route_choices(routes: Iterable[Route], register: Register | None) -> list[tuple[str, str, str]]:
    """The routes in words, each with what it takes in this register."""
    if register is Register.TEACHERS:
        return [(each.value, label(each, "route"), label(each, "route-hint-teacher")) for each in routes]
    return [(each.value, label(each, "route"), label(each, "route-hint")) for each in routes]


def role_choices(roles: Iterable[Any]) -> list[tuple[str, str]]:
    """The posts in words."""
    return [(each.value, label(each.value, "role")) for each in roles]


def proof_of(proof: Any, file: Any, folder: str) -> dict[str, Any]:
    """A document as its readers see it, with the way to its file."""
    return {
        "name": file.name if file else _("Zonder bestand"),
        "kind": label(proof.kind, "proof"),
        "issued_on": proof.issued_on,
        "size": size_in_words(file.size) if file else "",
        "href": f"{folder}/{proof.id}",
        "shown": f"{folder}/{proof.id}?hier=true" if file else "",
        "image": bool(file) and file.media_type.startswith("image/"),
        "programme": proof.programme_code or "",
        "ects": proof.ects,
    }


def size_in_words(size: int) -> str:
    """340 kB."""
    return f"{max(1, round(size / 1000))} kB" if size < 1_000_000 else f"{round(size / 1_000_000, 1)} MB"


def missing_in_words(paths: Sequence[str]) -> list[str]:
    """The facts without which nothing can be decided, each once; a path says where each stands."""
    names = dict.fromkeys(path.rpartition(".")[2].partition("[")[0] for path in paths)
    return [label(name.replace("_", "-"), "fact") for name in names]
