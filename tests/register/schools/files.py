"""DUO files for tests: a few lines in the bytes in which DUO publishes them."""

from register.schools.duo.columns import PROGRAMME_COLUMNS

PO_HEADER = (
    "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;"
    "POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES;VAKANTIEREGIO"
)
VO_HEADER = (
    "VESTIGINGSCODE;INSTELLINGSCODE;BEVOEGD GEZAG NUMMER;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER;HUISNUMMER-TOEVOEGING;"
    "POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;PROVINCIE;DENOMINATIE;INTERNETADRES;ONDERWIJSSTRUCTUUR"
)
HISTORY_HEADER = (
    "INSTELLINGSCODE;VESTIGINGSCODE;NAAM_VESTIGING;SOORT_VESTIGING;DENOMINATIE_VESTIGING;BEVOEGD_GEZAG_NUMMER;"
    "GEMEENTECODE_VESTIGING;GEMEENTENAAM_VESTIGING;LEERLINGEN_1996;LEERLINGEN_1997;LEERLINGEN_1998;LEERLINGEN_1999"
)


def po_line(
    code: str = "05OC00",
    name: str = "De Brug",
    board: str = "32073",
    postcode: str = "9514 CA",
    town: str = "GASSELTERNIJVEEN",
) -> str:
    return (
        f"Drenthe;{board};{code[:4]};{code};{name};Ceresstraat;3-A;{postcode};{town};1680;AA EN HUNZE;"
        f"Openbaar; ; ;Noord"
    )


def po_file(*lines: str) -> bytes:
    return "\r\n".join([PO_HEADER, *lines, ""]).encode("cp1252")


def history_file(*lines: str) -> bytes:
    return "\r\n".join([HISTORY_HEADER, *lines, ""]).encode("utf-8-sig")


def past(*pupils: str, board: str = "41797", code: str = "00AR00") -> str:
    return f"{code[:4]};{code};BS De Maasparel;BO;Openbaar;{board};285;VOORST;{';'.join(pupils)}"


def programmes_file(*unit_codes: str, **others: str) -> bytes:
    """Programmes that nobody offers yet; `others` by column name."""
    values = {
        "ONDERWIJSBESTUURID": "107B555",
        "ONDERWIJSBESTUUR_NAAM": 'Stichting "De Kempel"',
        "SOORT": "OPLEIDING",
        "ERKENDEOPLEIDINGSCODE": "04808",
        "NAAM_LANG": "Opleiding, tot leraar\x7f\x7f",
        "BEGINDATUM": "2027-09-01",
        "NIVEAU": "HBO-BA",
        "GRAAD": "ASSOCIATE_DEGREE",
        "STUDIELAST": "240",
        "WAARDEDOCUMENTSOORT": "GETUIGSCHRIFT",
        **others,
    }
    lines = [dict(zip(PROGRAMME_COLUMNS, PROGRAMME_COLUMNS, strict=True))]
    lines += [{**values, "OPLEIDINGSEENHEIDCODE": code} for code in unit_codes]
    return "".join(
        ",".join(f'"{line.get(column, "")}"' for column in PROGRAMME_COLUMNS) + "\n" for line in lines
    ).encode()
