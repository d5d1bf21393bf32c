"""
The proxies that are compared: one module each, with `start(setting, variant)` giving the peers it
makes.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from bench.process import Process


@dataclass
class Peer:
    """
    A row of the table: where it listens, what it is, and the process to meter (none for the direct
    run).
    """

    name: str
    port: int
    version: str
    process: Optional[Process] = None
    command: str = ""
    access_log: Optional[Path] = None
    admin_port: Optional[int] = None
    is_jvm: bool = False  # Its figures may fall while a compiler works.
    difference: str = ""  # What it does otherwise than the rest, for the reader.
    host_with_port: bool = True  # Whether its X-Forwarded-Host has the port of the request.
