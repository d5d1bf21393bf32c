"""How many open files the scenarios need."""

import unittest

from bench import files
from bench.errors import LoadTestError
from bench.scenarios import SCENARIOS


class FilesTest(unittest.TestCase):
    def test_they_are_those_of_the_proxy_or_of_the_service(self):
        needed = {name: files.needed(each, 10_000) for name, each in SCENARIOS.items()}
        self.assertEqual(needed["idle"], 10_000 + files.SPARE)
        self.assertGreater(needed["endpoints"], 1000 + 4 * 2000)
        self.assertGreater(needed["small"], len(SCENARIOS["small"].peers) * 512)

    def test_too_few_are_refused(self):
        files.check(SCENARIOS["idle"], 3000, 4096)
        with self.assertRaisesRegex(LoadTestError, "limit is 4096"):
            files.check(SCENARIOS["idle"], 10_000, 4096)


if __name__ == "__main__":
    unittest.main()
