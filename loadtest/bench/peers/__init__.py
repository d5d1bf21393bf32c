"""
The proxies that are compared: one module each, with `start(setting)` giving the peers it makes.
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

    @property
    def is_jvm(self):
        """Whether its figures fall while a compiler works."""
        return self.name.startswith("weir")
