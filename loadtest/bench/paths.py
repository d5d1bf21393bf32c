"""Where things lie, relative to this file."""

from pathlib import Path

LOADTEST = Path(__file__).resolve().parent.parent
ROOT = LOADTEST.parent
CONF = LOADTEST / "conf"
PEERS = LOADTEST / "peers"
TOOLS = LOADTEST / "tools"
RESULTS = LOADTEST / "results"
FRONT = ROOT / "README.md"
HOPS = RESULTS / "jmh-hop.json"
README = LOADTEST / "README.md"
JAR = ROOT / "target" / "weir.jar"
RECORDINGS = ROOT / "target" / "loadtest"
CHART = LOADTEST / "chart.svg"
