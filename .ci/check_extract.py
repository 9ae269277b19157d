"""Hold the shipped DUO extract against the original files: `check_extract.py FOLDER` (exit 1 when a row differs).

Tests never read outside the repository, so this stands beside them; without the folder it says so and passes.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from core.errors import Invalid
from register.schools.duo.reading import read
from register.schools.extract import ARCHIVE, pack, read_extract, reduce


def main(folder: Path) -> int:
    if not folder.is_dir():
        sys.stdout.write(f"skipped: there is no folder {folder}\n")
        return 0
    files: dict[str, bytes] = {}
    wrong = 0
    shipped = {reading.source: reading for reading in read_extract()}
    for path in sorted(folder.glob("*.csv")):
        try:
            original = read(path.read_bytes())
        except Invalid:
            continue
        name, content = reduce(path.read_bytes())
        files[name] = content
        ours = shipped.pop(original.source, None)
        same = ours == original
        wrong += not same
        sys.stdout.write(f"{'same' if same else 'DIFFERS'}: {original.source}, {len(original.rows)} rows\n")
    for source in shipped:
        sys.stdout.write(f"DIFFERS: {source} is in the extract only\n")
    rebuilt = pack(files) == ARCHIVE.read_bytes()
    sys.stdout.write(f"{'same' if rebuilt else 'other'} bytes when made anew\n")
    return 1 if wrong or shipped else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/duo")))
