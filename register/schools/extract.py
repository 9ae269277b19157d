"""The DUO files that the product ships: the published lines with the columns that we read, in one archive.

`python -m register.schools.extract FOLDER` makes the archive anew from the files that DUO publishes. Nothing but
columns is left out, order and encoding stay, so `duo.reading` reads both and finds the same rows. The same files
give the same bytes.
"""

import csv
import io
import lzma
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from core.errors import Invalid
from core.store import tables
from register.schools.duo.layouts import LAYOUTS
from register.schools.duo.reading import SHAPE, opened, read
from register.schools.duo.rows import Reading

ARCHIVE = Path(__file__).parents[1] / "data" / "duo.tar.xz"
ORDER = [layout.source for layout in LAYOUTS]


def shipped() -> Iterator[tuple[str, bytes]]:
    """The files in the archive, with their names, in the order in which an import takes them."""
    with tarfile.open(ARCHIVE, "r:xz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            assert content is not None  # the archive holds plain files only
            yield member.name, content.read()


def read_extract() -> Iterator[Reading]:
    """Every shipped file, read."""
    for _, content in shipped():
        yield read(content)


def reduce(content: bytes) -> tuple[str, bytes]:
    """The name of a DUO file and its content without the columns that we do not read."""
    table = tables.parsed(content, SHAPE)
    layout, header = opened(table)
    kept = [place for place, column in enumerate(header) if layout.reads(column)]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.delimiter, lineterminator="\n")
    writer.writerow(header[place] for place in kept)
    for _, cells in table.rows:
        writer.writerow(cells[place] for place in kept)
    return f"{layout.source}.csv", text.getvalue().encode(layout.encoding)


def pack(files: dict[str, bytes]) -> bytes:
    """One archive, of which nothing but names and contents decides the bytes."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files, key=lambda name: ORDER.index(read(files[name]).source)):
            member = tarfile.TarInfo(name)
            member.size = len(files[name])
            archive.addfile(member, io.BytesIO(files[name]))
    return lzma.compress(plain.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def main(arguments: list[str]) -> int:
    """Make the archive from every DUO file in the folder; files of another kind are named and left out."""
    if len(arguments) != 1:
        sys.stderr.write("python -m register.schools.extract FOLDER\n")
        return 2
    files: dict[str, bytes] = {}
    for path in sorted(Path(arguments[0]).glob("*.csv")):
        try:
            name, content = reduce(path.read_bytes())
        except Invalid as error:
            sys.stderr.write(f"{path.name}: {error.code}\n")
        else:
            files[name] = content
            sys.stderr.write(f"{path.name}: {name}, {len(content)} bytes\n")
    ARCHIVE.write_bytes(pack(files))
    sys.stderr.write(f"{ARCHIVE.name}: {ARCHIVE.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
