"""A scenario refuses what it would only seem to measure."""

import unittest

from bench import options, run
from bench.errors import LoadTestError
from bench.scenarios import SCENARIOS


class FitTest(unittest.TestCase):
    def test_scenarios_take_their_own_proxies(self):
        for name, scenario in SCENARIOS.items():
            self.assertTrue(set(scenario.peers) <= set(scenario.able), name)

    def test_proxies_that_do_not_do_what_a_scenario_is_about_are_refused(self):
        for name, proxy in (("routes", "undertow"), ("scale", "nginx"), ("idle", "direct")):
            self.refused(f"{name} cannot be measured with {proxy} ", name, "--proxies", proxy)

    def test_options_of_other_kinds_are_refused(self):
        for scenario in ("idle", "latency", "start", "scale"):
            for option in ("--jfr", "--access-log"):
                self.refused(f"{scenario} knows no {option}", scenario, option)
        self.adapted("routes", "--jfr", "--access-log")

    def refused(self, why, *arguments):
        """Before anything starts."""
        with self.assertRaisesRegex(LoadTestError, why):
            self.adapted(*arguments)

    def adapted(self, name, *more):
        """The scenario as options say."""
        return run.adapted(SCENARIOS[name], options.of_run([name, *more, "--java", "java"]))


if __name__ == "__main__":
    unittest.main()
