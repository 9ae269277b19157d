"""What would repair a line or a file of another system that was refused, by code."""

from core import texts
from register.schools.duo.rows import REPAIRS as OF_CELLS

REPAIRS = {
    **OF_CELLS,
    "empty-file": "The file is empty. Put the names of the columns on the first line.",
    "not-utf-8": "This line is not UTF-8 as the others are. Save the whole file as UTF-8, or as Windows-1252.",
    "not-cp1252": "This line is neither UTF-8 nor Windows-1252. Save the file as UTF-8.",
    "list-too-long": "The file is too large: at most 64 MiB and 500,000 lines. Hand it over in parts.",
    "list-unreadable": "This is no list. Hand over a CSV file or a workbook (.xlsx), without a password.",
    "file-too-heavy": "This file takes too much time or memory to open. Save it as CSV, or hand it over in parts.",
    "unreadable-workbook": "This workbook cannot be read. Save it again as .xlsx without a password, or as CSV.",
    "unsafe-workbook": "This workbook unpacks to more than is safe, or brings a document type along. Save it as CSV.",
    "unknown-column": "A column has a name that we do not know. See `--columns`; leave other columns out.",
    "column-twice": "A column stands twice in the first line. Keep one of the two.",
    "column-missing": "A column that is needed is missing. See `--columns`.",
    "bsn-column": "A file with citizen service numbers is refused whole: the ground for having them lapsed. "
    "Take the column out and identify people by register number.",
    "missing-value": "This cell is empty and must have a value. Fill it in.",
    "post-incomplete": "Of a post all four cells are needed: board_number, location_code, role and appointed_on. "
    "Fill this one in, or empty the other three.",
    "bad-date": "A date is written as 2026-09-01 or 01-09-2026, in a year from 1900 to 2200. Correct it.",
    "no-such-day": "This day is not in the calendar. Correct day, month and year: 2026-09-01 or 01-09-2026.",
    "email-twice": "An earlier line of this file has this e-mail address with another source_number. Give both lines "
    "the same source_number if it is the same person, or this one another address.",
    "unknown-word": "This word is none of those that the column may hold. See `--columns`.",
    "bad-register-number": "A register number is eight digits, of which the last is a check digit. Correct it.",
    "bad-points": "Points are a whole number from 0 to 1000. Correct it.",
    "bad-hours": "Hours are a number from 0 to 10,000 with two decimals at most. Correct it.",
    "day-to-come": "This day is still to come. Correct it.",
    "looks-like-bsn": "This number could be a citizen service number. Use another number of the old system.",
    "email": "This is no e-mail address. Correct it.",
    "country": "A country is two letters, such as BE. Correct it, or leave it empty for the Netherlands.",
    "name-missing": "Nobody is without a name. Fill in a given name, a family name, or both.",
    "postcode": "A postcode is four digits and two letters, such as 7522GK. Correct it.",
    "telephone": "This is no telephone number. Correct it, or leave it empty.",
    "field-missing": "This cell is empty and must have a value. Fill it in.",
    "string-too-long": "This text is too long for its column. Shorten it.",
    "one-line-only": "This cell holds several lines. Make it one.",
    "unprintable-text": "This cell holds a character that is not text. Remove it.",
    "level-missing": "Somebody who is or was registered has a level. Fill in the level, or the old title.",
    "level-not-in-register": "This register has no levels and titles. Leave the cell empty.",
    "dates-missing": "Somebody who is or was registered has a day of registration and a due date. Fill them in.",
    "due-before-period": "The due date lies before the period that it ends. Correct one of the two.",
    "ended-before-begun": "The appointment ends before it begins. Correct one of the two.",
    "points-not-counted": "This register counts hours and no points. Fill in the hours.",
    "hours-not-counted": "This register counts points and no hours. Fill in the points.",
    "points-without-period": "Only who is registered has a period in which something counts. Correct the status.",
    "application-missing": "Of an application that runs we must know kind, route and day of receipt. Fill them in.",
    "application-does-not-fit": "This request does not go with this status. Correct one of the two.",
    "application-differs": "A request that was taken over is dealt with here. Put the cells back as they were.",
    "changed-here-since": "Person, entry or credits were changed here since the first import. Make the change here.",
    "unknown-register-number": "Nobody here has this register number. Correct it, or leave it empty for somebody new.",
    "person-differs": "Two lines with this number tell different things of the person. Make them alike.",
    "email-known": "Somebody else has this e-mail address. Fill in their register number if it is the same person, "
    "or another address.",
    "in-register-already": "This person stands in this register already. Take the line out.",
    "unknown-brin": "There is no such school. Correct the BRIN, or import the schools first.",
    "unknown-board": "There is no such board. Correct the number, or import the schools first.",
}


def repair(code: str) -> str:
    """What would repair it; for a code of another room the sentence that its pages say."""
    return REPAIRS.get(code) or texts.load().sentence(code, "en")
