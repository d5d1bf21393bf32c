#!/usr/bin/env python3
"""
Writes the tables in README.md and the chart beside it from the newest result of each scenario, and
the sentence of the README at the top from that of `small`: `loadtest/report.py`.
"""

import sys

from bench import headline, result


def main():
    """Exit code 1 when there is nothing to show."""
    newest = result.newest()
    if not newest:
        sys.exit("no result in loadtest/results: loadtest/run.sh --save makes one")
    result.show()
    headline.show(each for _, each in newest)
    print("README.md shows " + ", ".join(file.name for file, _ in newest))


if __name__ == "__main__":
    main()
