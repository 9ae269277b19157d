"""Lists as strangers hand them over: one table, written in thousands of ways, some of which break it."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

Table = Sequence[Sequence[str]]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252")
SEPARATORS = (";", ",", "\t", "|")
ENDINGS = ("\r\n", "\n", "\r", "mixed")


@dataclass(frozen=True)
class Mutation:
    """One file; `faithful` when it still says what the table says."""

    number: int
    name: str
    content: bytes
    faithful: bool
    how: str


def mutated(table: Table, number: int) -> Mutation:
    """The same number gives the same file."""
    chance = random.Random(number)
    if number % 5 == 4:
        return _workbook(table, number, chance)
    text, how = _text(table, chance)
    encoding = chance.choice(ENCODINGS)
    content = (b"\xfe\xff" if encoding == "utf-16-be" else b"") + text.encode(encoding)
    faithful = True
    if number % 5 == 3:
        content, more = _broken(content, chance)
        how, faithful = f"{how} {more}", False
    return Mutation(number, f"lijst{number}.csv", content, faithful, f"{encoding} {how}")


def _text(table: Table, chance: random.Random) -> tuple[str, str]:
    mark, ending = chance.choice(SEPARATORS), chance.choice(ENDINGS)
    rows = [[_cell(cell, mark, chance) for cell in row] for row in table]
    leftovers = chance.sample(("hint", "title", "blank", "column", "margin", "end", "nothing"), 2)
    if "column" in leftovers:
        rows = [[*row, "", ""] for row in rows]
    if "margin" in leftovers:
        rows = [["", *row] for row in rows]
    lines = [mark.join(row) for row in rows]
    if "blank" in leftovers:
        at = chance.randrange(len(lines))
        lines[at:at] = ["", mark * (len(rows[0]) - 1), " \t"]
    if "title" in leftovers:
        lines.insert(0, "Uitdraai van maandag" + mark * (len(rows[0]) - 1))
    if "hint" in leftovers:
        lines.insert(0, f"sep={mark}")
    text = "".join(line + (chance.choice(ENDINGS[:3]) if ending == "mixed" else ending) for line in lines)
    text = text.replace("\r\n\n", "\r\n") if ending != "mixed" else text
    return text + ("\x1a" if "end" in leftovers else ""), f"{mark!r} {ending!r} {leftovers}"


def _cell(cell: str, mark: str, chance: random.Random) -> str:
    style = chance.randrange(8)
    if cell.isdigit() and len(cell) > 6 and style < 4:
        return (f"'{cell}", f'="{cell}"', f"{cell}.0", f"\u00a0{cell} ")[style]
    if mark in cell or '"' in cell or style == 5:
        return '"' + cell.replace('"', '""') + '"'
    return f" {cell}\u00a0" if style == 6 else cell


def _broken(content: bytes, chance: random.Random) -> tuple[bytes, str]:
    what = chance.choice(("cut", "flip", "insert", "quote", "noise", "repeat", "blank", "nul", "other"))
    at = chance.randrange(len(content))
    if what == "cut":
        return content[:at], what
    if what == "flip":
        return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :], what
    if what == "insert":
        return content[:at] + chance.randbytes(3) + content[at:], what
    if what == "quote":
        return content[:at] + b'"' + content[at:], what
    if what == "noise":
        return chance.randbytes(400), what
    if what == "repeat":
        return content * 30, what
    if what == "blank":
        return chance.choice(
            (b"", b"\xef\xbb\xbf", b"\r\n" * 5_000, b";;;\r\n" * 2_000, b"\xff\xfe", b"sep=;\r\n")
        ), what
    if what == "nul":
        return content[:at] + b"\0" * 3 + content[at:], what
    return chance.choice((b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), b"\x89PNG\r\n\x1a\n")), what


def _workbook(table: Table, number: int, chance: random.Random) -> Mutation:
    """A workbook with what people leave in it; every third one is cut."""
    book = Workbook()
    sheet = book.active
    if chance.random() < 0.5:
        sheet.title = "Toelichting"
        sheet.append(["Vul het tweede blad in."])
        hidden = book.create_sheet("oud")
        hidden.sheet_state = "hidden"
        for row in table:
            hidden.append(["oud", *row])
        sheet = book.create_sheet("lijst")
    if chance.random() < 0.3:
        sheet.append(["Uitdraai van maandag"])
    for row in table:
        sheet.append([_value(cell, chance) for cell in row])
        if chance.random() < 0.2:
            sheet.append([])
    sheet["Z400"] = " "
    for cell in sheet["A"]:
        if isinstance(cell.value, int) and len(str(cell.value)) < 8:
            cell.number_format = "00000000"
    kept = io.BytesIO()
    book.save(kept)
    content, faithful = kept.getvalue(), True
    if chance.random() < 0.3:
        at = chance.randrange(len(content))
        content, faithful = content[:at] + chance.randbytes(20) + content[at + 20 :], False
    return Mutation(number, f"lijst{number}.xlsx", content, faithful, "xlsx")


def _value(cell: str, chance: random.Random) -> object:
    if cell.isdigit() and len(cell) == 8 and chance.random() < 0.7:
        return chance.choice((int(cell), float(cell)))
    if len(cell) == 10 and cell[4] == cell[7] == "-" and chance.random() < 0.7:
        return date.fromisoformat(cell)
    return cell or None
