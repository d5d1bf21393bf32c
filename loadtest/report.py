#!/usr/bin/env python3
"""
Writes the tables in README.md and the chart beside it from the newest result of each scenario:
`loadtest/report.py`.
"""

import sys

from bench import result


def main():
    """Exit code 1 when there is nothing to show."""
    if not result.newest():
        sys.exit("no result in loadtest/results: loadtest/run.sh --save makes one")
    result.show()
    print("README.md shows " + ", ".join(file.name for file, _ in result.newest()))


if __name__ == "__main__":
    main()
