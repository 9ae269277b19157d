"""The layout of each DUO file: its header, its bytes, and what one line of it becomes."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date

from accreditation.programmes.schemas import ProgrammeRow
from register.schools.duo import cells as shape
from register.schools.duo.cells import BadCell, Cells
from register.schools.duo.columns import (
    BOARD_ADDRESS_COLUMNS,
    BOARD_COLUMNS,
    HISTORY_COLUMNS,
    MAP_COLUMNS,
    MBO_COLUMNS,
    PO_COLUMNS,
    PROGRAMME_COLUMNS,
    VO_COLUMNS,
)
from register.schools.duo.rows import BoardRow, Kind, LocationRow, Row, Source

SCHOOL_YEAR_BEGINS = (8, 1)  # 1 August: WPO 1, WVO 1.1
COUNTS = "LEERLINGEN_"


@dataclass(frozen=True)
class Layout:
    """How DUO writes one kind of file; `columns` are the ones we read, and what its header is told by."""

    source: Source
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    row: Callable[[Cells], Row]
    key: Callable[[Row], Hashable] | None
    """What no two lines may share; None where a thing may have several lines."""
    prefix: str | None = None
    """Columns of which there may be any number."""
    but_not: str | None = None
    """A column by which another file with the same columns is told apart."""

    def reads(self, column: str) -> bool:
        return column in self.columns or (self.prefix is not None and column.startswith(self.prefix))

    def fits(self, header: list[str]) -> bool:
        return (
            set(self.columns) <= set(header)
            and self.but_not not in header
            and (self.prefix is None or any(column.startswith(self.prefix) for column in header))
        )


def _codes(cells: Cells, location: str, brin: str) -> tuple[str, str]:
    code = cells.need_code(location, shape.LOCATION, "bad-location-code")
    institution = cells.need_code(brin, shape.BRIN, "bad-brin")
    if not code.startswith(institution):
        raise BadCell("brin-differs", location)
    return code, institution


def _listed(cells: Cells, source: Source, kind: Kind, structure: str | None = None) -> LocationRow:
    code, brin = _codes(cells, "VESTIGINGSCODE", "INSTELLINGSCODE")
    return _placed(cells, source, kind, code, brin, cells.need("VESTIGINGSNAAM"), structure)


def _placed(
    cells: Cells, source: Source, kind: Kind, code: str, brin: str, name: str, structure: str | None = None
) -> LocationRow:
    return LocationRow(
        source=source,
        code=code,
        brin=brin,
        kind=kind,
        name=name,
        board_number=cells.need_code("BEVOEGD GEZAG NUMMER", shape.FIVE_DIGITS, "bad-board-number"),
        street=cells.text("STRAATNAAM"),
        house_number=cells.text("HUISNUMMER-TOEVOEGING"),
        postcode=cells.postcode("POSTCODE"),
        town=cells.text("PLAATSNAAM"),
        municipality_code=cells.municipality_code("GEMEENTENUMMER"),
        municipality=cells.text("GEMEENTENAAM"),
        province=cells.text("PROVINCIE"),
        denomination=cells.text("DENOMINATIE"),
        site=cells.text("INTERNETADRES"),
        structure=structure,
    )


def po_location(cells: Cells) -> LocationRow:
    return _listed(cells, Source.PO_LIST, Kind.BO)


def vo_location(cells: Cells) -> LocationRow:
    return _listed(cells, Source.VO_LIST, Kind.VO, cells.text("ONDERWIJSSTRUCTUUR"))


def mbo_institution(cells: Cells) -> LocationRow:
    """An institution for vocational education: DUO lists institutions and not their locations, so the main one."""
    brin = cells.need_code("INSTELLINGSCODE", shape.BRIN, "bad-brin")
    return _placed(cells, Source.MBO_LIST, Kind.MBO, f"{brin}00", brin, cells.need("INSTELLINGSNAAM"))


def board(cells: Cells) -> BoardRow:
    return BoardRow(
        number=cells.need_code("BEVOEGD_GEZAG_NUMMER", shape.FIVE_DIGITS, "bad-board-number"),
        name=cells.need("NAAM"),
        kvk=cells.code("KVK", shape.EIGHT_DIGITS, "bad-kvk-number"),
        sectors=cells.text("SECTOR"),
    )


def board_address(cells: Cells) -> BoardRow:
    return BoardRow(
        number=cells.need_code("BEVOEGD GEZAG NUMMER", shape.FIVE_DIGITS, "bad-board-number"),
        name=cells.need("BEVOEGD GEZAG NAAM"),
        kvk=cells.code("KVK-NUMMER", shape.EIGHT_DIGITS, "bad-kvk-number"),
        sectors=None,
    )


HISTORY_KINDS = {"BO": Kind.BO, "SBO": Kind.SBO, "SO": Kind.SO, "VSO": Kind.VSO, "SO/VSO": Kind.SO_VSO}


def past_location(cells: Cells) -> LocationRow:
    """A location and the years in which it had pupils.

    Pupils are counted on 1 October, so pupils in 2012 means that school year 2012-2013 was held: the location opened on
    1 August of its first counted year and closed on 1 August of the year after its last. Where the series begins or
    ends with pupils, the day is not known. Years without pupils in between (a count that was missed) say nothing.
    """
    code, brin = _codes(cells, "VESTIGINGSCODE", "INSTELLINGSCODE")
    kind = HISTORY_KINDS.get(cells.need("SOORT_VESTIGING"))
    if kind is None:
        raise BadCell("bad-kind", "SOORT_VESTIGING")
    number = cells.text("BEVOEGD_GEZAG_NUMMER")
    known = number not in {None, "0"}  # "0": DUO no longer knows the board of a location that closed
    years = {int(column.removeprefix(COUNTS)): cells.pupils(column) for column in cells.columns(COUNTS)}
    counted = [year for year, pupils in years.items() if pupils]
    opened = counted and counted[0] > min(years)
    closed = counted and counted[-1] < max(years)
    return LocationRow(
        source=Source.HISTORY,
        code=code,
        brin=brin,
        kind=kind,
        name=cells.need("NAAM_VESTIGING").replace('""', '"'),  # DUO doubles quotes twice in this file
        board_number=cells.code("BEVOEGD_GEZAG_NUMMER", shape.FIVE_DIGITS, "bad-board-number") if known else None,
        municipality_code=cells.municipality_code("GEMEENTECODE_VESTIGING"),
        municipality=cells.text("GEMEENTENAAM_VESTIGING"),
        denomination=cells.text("DENOMINATIE_VESTIGING"),
        opened_on=date(counted[0], *SCHOOL_YEAR_BEGINS) if opened else None,
        counted_until=counted[-1] if counted else None,
        closed_on=date(counted[-1] + 1, *SCHOOL_YEAR_BEGINS) if closed else None,
    )


MAP_KINDS = {"basisschool": Kind.BO, "SBAO": Kind.SBO, "SO": Kind.SO, "VSO": Kind.VSO, "(V)SO": Kind.SO_VSO}


def mapped_location(cells: Cells) -> LocationRow:
    code, brin = _codes(cells, "VESTIGINGSCODE", "BRIN_NUMMER")
    type_of_school = cells.need("TYPE")
    kind = MAP_KINDS.get(type_of_school, Kind.VO)
    letter = "".join(cells.text(column) or "" for column in ("HUISLETTER", "HUISNUMMERTOEVOEGING"))
    return LocationRow(
        source=Source.MAP,
        code=code,
        brin=brin,
        kind=kind,
        name=cells.need("NAAM"),
        street=cells.text("STRAAT"),
        house_number="-".join(part for part in (cells.text("HUISNUMMER"), letter) if part) or None,
        postcode=cells.postcode("POSTCODE"),
        town=cells.text("PLAATS"),
        municipality=cells.text("GEMEENTE"),
        province=cells.text("PROVINCIE"),
        denomination=cells.text("DENOMINATIE"),
        site=cells.text("INTERNETADRES"),
        structure=type_of_school if kind is Kind.VO else None,
        longitude=cells.coordinate("LON", 3.0, 7.5),
        latitude=cells.coordinate("LAT", 50.5, 54.0),
    )


def programme(cells: Cells) -> ProgrammeRow:
    return ProgrammeRow(
        unit_code=cells.need_code("OPLEIDINGSEENHEIDCODE", shape.UNIT, "bad-unit-code"),
        offer_code=cells.text("AANGEBODEN_OPLEIDINGCODE") or "",
        own_name=cells.text("EIGENNAAM") or "",
        study_choice_check=cells.slug("STUDIEKEUZECHECK") or "",
        croho_code=cells.code("ERKENDEOPLEIDINGSCODE", shape.FIVE_DIGITS, "bad-croho-code"),
        variant_of=cells.code("VARIANT_VAN", shape.FIVE_DIGITS, "bad-croho-code"),
        kind=cells.slug("SOORT") or "opleiding",
        name=cells.need("NAAM_LANG"),
        name_en=cells.text("INTERNATIONALE_NAAM"),
        level=cells.need("NIVEAU").lower(),
        degree=cells.slug("GRAAD"),
        credits=cells.number("STUDIELAST"),
        nlqf=cells.number("NLQF"),
        document_kind=cells.slug("WAARDEDOCUMENTSOORT") or "",
        accreditor=cells.text("ERKENNER"),
        begins_on=cells.day("BEGINDATUM"),
        ends_on=cells.day("EINDDATUM"),
        board_code=cells.need("ONDERWIJSBESTUURID"),
        board_name=cells.need("ONDERWIJSBESTUUR_NAAM"),
        provider_code=cells.text("ONDERWIJSAANBIEDERID"),
        provider_name=cells.text("ONDERWIJSAANBIEDER_NAAM"),
        form=cells.slug("VORM"),
        languages=cells.text("VOERTAAL"),
        offered_from=cells.day("AANGEBODEN_OPLEIDING_BEGINDATUM"),
        offered_until=cells.day("AANGEBODEN_OPLEIDING_EINDDATUM"),
        first_intake_on=cells.day("EERSTE_INSTROOMDATUM"),
        last_intake_on=cells.day("LAATSTE_INSTROOMDATUM"),
        town=cells.text("ONDERWIJSLOCATIEPLAATS"),
    )


def _location_code(row: Row) -> Hashable:
    assert isinstance(row, LocationRow)
    return row.code


def _board_number(row: Row) -> Hashable:
    assert isinstance(row, BoardRow)
    return row.number


def _programme_key(row: Row) -> Hashable:
    assert isinstance(row, ProgrammeRow)
    return row.unit_code, row.offer_code, row.own_name, row.study_choice_check


LAYOUTS = (
    Layout(Source.PO_LIST, "cp1252", ";", PO_COLUMNS, po_location, _location_code, but_not="ONDERWIJSSTRUCTUUR"),
    Layout(Source.VO_LIST, "utf-8", ";", VO_COLUMNS, vo_location, _location_code),
    Layout(Source.MBO_LIST, "utf-8", ";", MBO_COLUMNS, mbo_institution, _location_code),
    Layout(Source.BOARDS, "utf-8", ";", BOARD_COLUMNS, board, _board_number),
    # The address files of boards (bo, so, vo, mbo, ho) as the catalogue describes them; their bytes as the PO list's.
    Layout(Source.BOARD_ADDRESSES, "cp1252", ";", BOARD_ADDRESS_COLUMNS, board_address, _board_number),
    Layout(Source.HISTORY, "utf-8", ";", HISTORY_COLUMNS, past_location, _location_code, prefix=COUNTS),
    # A location with several addresses has a line for each, so nothing is a duplicate there.
    Layout(Source.MAP, "utf-8", ";", MAP_COLUMNS, mapped_location, None),
    Layout(Source.PROGRAMMES, "utf-8", ",", PROGRAMME_COLUMNS, programme, _programme_key),
)
"""In the order in which an import takes them: what stands first is needed by what follows."""
