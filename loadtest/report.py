#!/usr/bin/env python3
"""
Writes the table in README.md from a result: `loadtest/report.py [results/FILE.json]`, by default
the newest.
"""

import sys
from pathlib import Path

from bench import result


def main():
    """Exit code 1 when there is nothing to show."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else result.newest()
    if file is None:
        sys.exit("no result in loadtest/results: loadtest/run.sh --save makes one")
    result.show(file)
    print(f"README.md shows {file.name}")


if __name__ == "__main__":
    main()
