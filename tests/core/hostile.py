"""A megabyte of JSON of each kind that makes a careless reader slow, deep or wrong."""

HOSTILE_JSON = (
    b"[" * 2**20,
    b"[]," * (2**20 // 3),
    b'"' + b'\\"' * 2**19,
    b'"' * 2**20,
    b"\\" * 2**20,
    b"9" * 2**20 + b".",
    b"1e" * 2**19,
    b"-" * 2**20 + b"e",
    b'"' + b"\\ud83d" * (2**20 // 6),
    b"[" * 64 + b"[{}]," * (2**20 // 5) + b"]" * 64,
)
