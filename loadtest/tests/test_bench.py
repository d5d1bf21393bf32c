"""
The parts of bench/ that compute; run by `PYTHONPATH=loadtest python3 -m unittest discover
loadtest/tests`.
"""

import importlib
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from bench import headline, labels, machine, marked, options, result, run, scenarios, setting
from bench import table, targets, warmup
from bench.kinds import idle, latency, scale, start


def figure(requests, micros, others=0.0):
    """A round of one second whose CPU time is a quarter user, the rest system."""
    return {
        "requests": requests,
        "seconds": 1.0,
        "cpuMicros": micros,
        "userMicros": micros // 4,
        "systemMicros": micros - micros // 4,
        "p50Micros": 1100,
        "p99Micros": 2400,
        "p999Micros": 3000,
        "busyRatio": 0.9,
        "othersRatio": others,
        "peakRssKiB": 20 * 1024,
        "allocatedBytes": None,
        "opened": 10,
    }


def peer(name, rounds, command="run it", **changes):
    """A row of a result."""
    return {
        "name": name,
        "load": "64 connections",
        "difference": "",
        "version": "1",
        "command": command,
        "warmup": [],
        "steady": False,
        "rounds": rounds,
        **changes,
    }


class TableTest(unittest.TestCase):
    def test_row_has_medians_spread_and_ratio_to_nginx(self):
        nginx = peer("nginx", [figure(1000, 10_000), figure(1000, 30_000), figure(1000, 20_000)])
        weir = peer("weir", [figure(500, 15_000)])
        rows = table.render({"peers": [nginx, weir]}).splitlines()
        self.assertEqual(
            rows[4],
            "| nginx | 1 000 (1 000–1 000) | 1.00 | 20.0 (10.0–30.0) | 1.00 (1.00–1.00) | 5.0 | 15.0 "
            "| 1.10 | 2.40 | 3.00 | – | 20 | 99.00% | 90% |",
        )
        self.assertEqual(
            rows[5],
            "| weir | 500 (500–500) | 0.50 | 30.0 (30.0–30.0) | 1.50 (3.00–3.00) | 7.5 | 22.5 "
            "| 1.10 | 2.40 | 3.00 | – | 20 | 98.00% | 90% |",
        )

    def test_row_of_a_jvm_has_what_a_request_allocates(self):
        jvm = peer("weir", [figure(1000, 1) | {"allocatedBytes": 4096 * 1000}])
        self.assertIn("| 4.00 |", table.render({"peers": [jvm]}))

    def test_loads_have_a_table_each(self):
        small, large = peer("nginx", [figure(1, 1)]), peer("nginx", [figure(1, 1)], load="large")
        tables = table.render({"peers": [small, large]})
        self.assertEqual(tables.count("| proxy |"), 2)
        self.assertIn("**large**", tables)

    def test_row_without_a_process_has_no_cpu(self):
        rows = table.render({"peers": [peer("direct", [figure(1000, 0)], command="")]}).splitlines()
        self.assertEqual(
            rows[4],
            "| direct | 1 000 (1 000–1 000) | – | – | – | – | – | 1.10 | 2.40 | 3.00 "
            "| – | – | – | – |",
        )

    def test_warnings_name_unsteady_and_disturbed_peers(self):
        peers = [
            peer("weir", [figure(1, 1)], warmup=[{}]),
            peer("nginx", [figure(1, 1, others=0.2)]),
            peer("haproxy", [figure(1, 1), figure(1, 1), figure(1, 1, others=0.2)]),
        ]
        self.assertEqual(
            table.warnings({"peers": peers}),
            [
                "still compiling after the warm-up: weir (64 connections)",
                "others took more than 10% of the proxy's core in most rounds: "
                "nginx (64 connections)",
            ],
        )


class WarmupTest(unittest.TestCase):
    def test_steady_needs_three_slices_without_compilation(self):
        self.assertFalse(warmup.steady(slices(0.0, 0.0)))
        self.assertTrue(warmup.steady(slices(0.6, 0.01, 0.02, 0.0)))
        self.assertFalse(warmup.steady(slices(0.0, 0.01, 0.03)))

    def test_connections_of_the_load_come_by_and_by(self):
        load = scenarios.Load("many", connections=512)
        busy = [warmup.connections(load, done) for done in range(5)]
        self.assertEqual(busy, [16, 64, 256, 512, 512])


def slices(*ratios):
    """Warm-up slices with these shares of the compilers."""
    return [{"cpuMicrosPerRequest": 30.0, "compilerRatio": ratio} for ratio in ratios]


class LabelsTest(unittest.TestCase):
    def test_jars_take_a_label_or_none(self):
        self.assertEqual(labels.jars(["a=x.jar", "y.jar"]), {"a": Path("x.jar"), "": Path("y.jar")})

    def test_flags_take_a_label_or_none(self):
        self.assertEqual(
            labels.flag_sets(["big: -Xmx1g -Da=b: c", "-Xmx64m"]),
            {"big": ["-Xmx1g", "-Da=b:", "c"], "": ["-Xmx64m"]},
        )
        self.assertIn("-Xmx256m", labels.flag_sets([])[""])

    def test_core_list_reads_what_taskset_reads(self):
        self.assertEqual(machine.core_list("0,2-4"), [0, 2, 3, 4])

    def test_free_ports_differ(self):
        self.assertEqual(len(set(setting.free_ports(20))), 20)


class ResultTest(unittest.TestCase):
    @mock.patch.object(machine, "first_line", return_value="1.0")  # Of programs that tests need not.
    def test_show_replaces_what_is_between_the_markers_by_the_newest_results(self, _):
        with tempfile.TemporaryDirectory() as directory:
            readme, chart = Path(directory, "README.md"), Path(directory, "chart.svg")
            readme.write_text(f"before\n{result.MARK}\nold\n{marked.END}\nafter\n")
            for day in ("01", "02"):
                made = result.of(
                    options.of_run([]),
                    scenarios.SCENARIOS["small"],
                    [peer("nginx", [figure(1000, 10_000)]), peer("weir", [figure(1000, 20_000)])],
                )
                Path(directory, f"2030-01-{day}.json").write_text(json.dumps(made))
            Path(directory, "jmh-x.json").write_text("[]")
            result.show(readme, Path(directory), chart)
            text, drawn = readme.read_text(), chart.read_text()
        self.assertTrue(text.startswith(f"before\n{result.MARK}\n\n### Targets"))
        self.assertTrue(
            text.endswith(f"Raw figures: `results/2030-01-02.json`.\n\n{marked.END}\nafter\n")
        )
        self.assertNotIn("old", text)
        self.assertNotIn("2030-01-01", text)
        self.assertEqual(drawn.count("<rect"), 2)
        self.assertIn("20.0 · 2.00 × nginx", drawn)


class TargetsTest(unittest.TestCase):
    def test_target_is_met_or_missed_by_the_medians(self):
        own = figure(1000, 15_000) | {"allocatedBytes": 3 * 1024 * 1000}
        peers = [
            peer("nginx", [figure(1000, 20_000)]),
            peer("haproxy", [figure(1000, 10_000)]),
            peer("weir-jdk25", [own, own, own | {"cpuMicros": 90_000}]),
        ]
        rows = targets.render({"small": {"peers": peers}}).splitlines()[2:]
        self.assertEqual(
            rows,
            [
                "| CPU time of a small GET, 64 connections, JDK 25, ÷ nginx "
                "| ≤ 1.25 | ≤ 1.0 | 0.75 |  |",
                "| CPU time of a small GET, 64 connections, JDK 25, ÷ haproxy "
                "| ≤ 1.15 | ≤ 0.9 | 1.50 | missed |",
                "| KiB allocated by it | ≤ 4 | – | 3.00 |  |",
            ],
        )

    def test_headline_has_the_medians_of_64_connections(self):
        names = ("nginx", "haproxy", "vertx-http-proxy", "vertx-http-proxy-uring", "scg")
        rows = [peer(name, [figure(1000, 20_000)]) for name in (*names, "undertow")]
        rows.append(peer("weir-jdk25", [figure(1000, 15_400)]))
        rows.append(peer("weir-jdk25", [figure(1000, 1)], load="16 connections"))
        self.assertIn("Weir 15 (15–15), nginx 20 (20–20)", headline.sentence({"peers": rows}))


class ScenarioTest(unittest.TestCase):
    def test_connections_make_one_load_of_those_that_differ_only_in_them(self):
        small = scenarios.SCENARIOS["small"].adapted(32, ["weir"], 2)
        self.assertEqual([load.label for load in small.loads], ["32 connections"])
        self.assertEqual((small.peers, small.variants[0].loops), (("weir",), 2))

    def test_rounds_are_those_asked_for_or_the_scenarios_own(self):
        for arguments, rounds in ((["idle"], 3), (["small"], 5), (["idle", "--rounds", "9"], 9)):
            chosen = options.of_run([*arguments, "--java", "java"])
            run.adapted(scenarios.SCENARIOS[chosen.scenario], chosen)
            self.assertEqual(chosen.rounds, rounds)

    def test_every_kind_can_be_carried_out_and_shown(self):
        for scenario in scenarios.SCENARIOS.values():
            kind = importlib.import_module(f"bench.kinds.{scenario.kind}")
            self.assertTrue(callable(kind.execute) and callable(kind.render), scenario.name)


def at_a_rate(**changes):
    """Rows of the scenario latency."""
    sender = {"sinceSentP99Micros": 1500, "lateP99Micros": 200}
    sender |= {"loadBusyRatio": 0.5, "loadOthersRatio": 0.0}
    return [
        peer(
            name,
            [figure(1000, 1) | {"p99Micros": p99, "maxMicros": 9000} | sender | changes],
            capacity=20,
            rate=10,
        )
        for name, p99 in (("haproxy", 2000), ("weir", 2400))
    ]


class KindTest(unittest.TestCase):
    def test_latency_compares_the_p99_with_that_of_haproxy(self):
        last = latency.render({"peers": at_a_rate()}).splitlines()[-1]
        self.assertEqual(
            last,
            "| weir | 20 | 10 | 1.10 | 2.40 (2.40–2.40) | 1.20 | 3.00 | 9.00 | 1.50 | 0.20 | 50% |",
        )

    def test_latency_warns_of_a_load_without_room(self):
        self.assertEqual(latency.warnings({"peers": at_a_rate()}), [])
        self.assertEqual(
            latency.warnings({"peers": at_a_rate(loadOthersRatio=0.49)[1:]}),
            ["the cores of the load were full when it measured weir"],
        )

    def test_latency_without_a_proxy_takes_the_highest_rate_of_any(self):
        nginx, weir = ({"command": "run it", "capacity": count} for count in (20, 30))
        direct = {"command": "", "capacity": 90}
        rows = [nginx, weir, direct]
        self.assertEqual([latency.rate(row, rows) for row in rows], [10, 15, 15])
        self.assertEqual(latency.rate(direct, [direct]), 45)

    def test_idle_divides_what_memory_grew_by_the_connections(self):
        grown = {"connections": 1000, "beforeKiB": 10_240, "afterKiB": 20_480, "heapBytes": 2_048_000}
        last = idle.render({"peers": [peer("weir", [grown])]}).splitlines()[-1]
        self.assertEqual(last, "| weir | 10 | 20 | 10.2 (10.2–10.2) | 2.0 |")

    def test_start_is_shown_in_milliseconds(self):
        rows = start.render({"peers": [peer("weir", [{"micros": 900_000}, {"micros": 1_100_000}])]})
        self.assertEqual(rows.splitlines()[-1], "| weir | 1 000 (900–1 100) |")

    def test_scale_on_shared_cores_goes_by_cpu_time_and_by_the_busiest_loop(self):
        one = peer("weir", [figure(1000, 20_000) | {"busiestLoopRatio": 1.0}])
        two = peer("weir", [figure(1000, 21_000) | {"busiestLoopRatio": 0.52}])
        apart = {"coresApart": False}
        self.assertAlmostEqual(scale.gain(two | apart, one), 20 / 21 / 0.52)

    def test_scale_on_own_cores_goes_by_requests(self):
        one, two = (peer("weir", [figure(count, 1)]) for count in (1000, 1900))
        self.assertAlmostEqual(scale.gain(two | {"coresApart": True}, one), 1.9)


if __name__ == "__main__":
    unittest.main()
