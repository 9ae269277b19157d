"""Countries by their two letters (ISO 3166), by name, and how an address in one is written on a letter."""

from functools import cache

from babel import Locale

HOME = "NL"
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@cache
def names(language: str) -> dict[str, str]:
    """Every country by its code, the own one first and then by name."""
    listed = {
        code: str(name)
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
    return dict(sorted(listed.items(), key=lambda one: (one[0] != HOME, one[1])))


def options(language: str) -> list[tuple[str, str]]:
    """The countries as a form lists them."""
    return list(names(language).items())


def postal_lines(address: str, postcode: str, town: str, country: str, language: str = "nl") -> tuple[str, ...]:
    """The lines under a name; the country stands under an address abroad, in capitals (UPU)."""
    if country == HOME:
        return tuple(filter(None, (address, f"{postcode[:4]} {postcode[4:]}  {town}".strip())))
    where = " ".join(part for part in (postcode, town) if part)
    return tuple(filter(None, (address, where, names(language).get(country, country).upper())))
