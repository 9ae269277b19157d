"""The command of the product, and a port for it to listen on."""

import socket
import sys
from pathlib import Path

BEKWAAM = str(Path(sys.executable).with_name("bekwaam"))


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
