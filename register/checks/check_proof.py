"""Checks a proof of `bekwaam audit prove` with nothing but Python: `python check_proof.py PROOF.json [HASH]`.

HASH is the hash of that event, or of a later one in its stream, that was noted down before: whoever holds one sees
a trail that was written anew since. Exit codes: 0 proven, 1 not proven (said why), 2 the proof cannot be read.
"""

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PROVEN, NOT_PROVEN, CANNOT = 0, 1, 2


def check(proof: Mapping[str, Any], noted: str = "") -> str:
    """Why the proof does not hold, or nothing; KeyError, TypeError or ValueError when it is no proof."""
    tag = str(proof["proof"]).encode()
    passed: list[str] = []
    for at, spelled in enumerate(proof["links"]):
        event = json.loads(spelled)
        if event["stream"] != proof["stream"] or event["seq"] != proof["seq"] + at:
            return f"link {at} is not event {proof['seq'] + at} of {proof['stream']}"
        if passed and event["prev_hash"] != passed[-1]:
            return f"link {at} does not follow the one before it"
        if at == 0 and event["id"] != proof["event"]:
            return f"the first link is not event {proof['event']}"
        passed.append(hashlib.sha256(b"\0" + tag + spelled.encode()).hexdigest())
    if not passed or passed[0] != proof["hash"]:
        return "the event does not have the hash that is said"
    if (proof["head"]["seq"], proof["head"]["hash"]) != (proof["seq"] + len(passed) - 1, passed[-1]):
        return "the links do not lead to the head that is said"
    if noted and noted not in passed:
        return f"no link has the hash {noted}"
    return ""


def main(arguments: Sequence[str]) -> int:
    """Say whether it holds, in one line."""
    try:
        path, noted = (*arguments, "")[:2]
        proof = json.loads(Path(path).read_text(encoding="utf-8"))
        why = check(proof, noted)
    except (OSError, LookupError, TypeError, ValueError, AttributeError) as error:
        sys.stderr.write(f"the proof cannot be read: {type(error).__name__}: {error}\n")
        return CANNOT
    place = f"event {proof['event']} is {proof['stream']}#{proof['seq']}"
    until = f"of {proof['head']['seq']} up to {proof['head']['hash']}"
    sys.stdout.write(f"not proven: {why}\n" if why else f"proven: {place} {until}\n")
    return NOT_PROVEN if why else PROVEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
