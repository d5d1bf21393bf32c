"""Lines of an access log are those of the round, and all of them."""

import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from bench import access_log
from bench.errors import LoadTestError


class LinesTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.log = Path(directory.name, "access.log")
        self.peer = SimpleNamespace(name="weir@10-routes", access_log=self.log)
        for name, seconds in (("QUIET_SECONDS", 0.02), ("LONGEST_SECONDS", 0.1)):
            patched = mock.patch.object(access_log, name, seconds)
            patched.start()
            self.addCleanup(patched.stop)

    def test_lines_of_a_warm_up_do_not_stand_for_those_of_a_round(self):
        self.log.write_text("warm-up\n" * 100)
        lines = access_log.Lines(self.peer)
        self.append("round\n" * 9)
        with self.assertRaisesRegex(LoadTestError, "weir@10-routes logged 9 lines for 10 requests"):
            lines.check(10)
        self.append("round\n")
        lines.check(10)

    def test_log_that_is_not_there_has_no_lines(self):
        lines = access_log.Lines(self.peer)
        with self.assertRaisesRegex(LoadTestError, "logged 0 lines"):
            lines.check(1)

    def append(self, text):
        """What the proxy writes meanwhile."""
        with self.log.open("a") as log:
            log.write(text)


if __name__ == "__main__":
    unittest.main()
