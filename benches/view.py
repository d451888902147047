#!/usr/bin/env python3
"""Components in minirun beside miniprogram-simulate (npm, jsdom), and what the framework's load costs.

    benches/view.py target/release/minirun [--rounds 5]

Both run the components of benches/list: a list of 50 items. Each round runs every case once, and a ratio is the median
of the rounds' own ratios. Only the standard library is used; the peer comes from benches/peers by `npm ci`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
LIST = HERE / "list"
WORDS = {
    "render": "a page of 50 items, from nothing to its tree",
    "oneField": "setData of one field",
    "oneOfFifty": "setData of a field of one item",
    "fifty": "setData of all 50 items",
}


def entries(argv):
    ran = subprocess.run(argv, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def first_ready(binary, more):
    """Milliseconds from `boot` to the first page's onReady, as the timeline says."""
    at = {}
    for entry in entries([binary, "run", str(LIST), "--page", "pages/again/again", "--json", "--for", "0s", *more]):
        at.setdefault(entry["kind"], entry["at"])
    return at["page.ready"] - at["boot"]


def minirun(binary):
    said = [e["text"] for e in entries([binary, "run", str(LIST), "--json", "--for", "0s"]) if e["kind"] == "console"]
    return json.loads(said[-1])


def simulate():
    node = shutil.which("node") or sys.exit("view: node is not on the path")
    ran = subprocess.run([node, str(PEERS / "list.js")], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout.splitlines()[-1])


def restarted(binary):
    """Milliseconds from `restart` to the page's onReady, in a world that was made ready, framework and all."""
    again = None
    for entry in entries([binary, "run", str(LIST), "--page", "pages/again/again", "--json", "--for", "3s"]):
        if entry["kind"] == "restart":
            again = entry["at"]
        elif entry["kind"] == "page.ready" and again is not None:
            return entry["at"] - again
    sys.exit("view: the app did not restart")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("minirun", help="path of the minirun binary (a release build)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    binary = os.path.abspath(options.minirun)
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PEERS, check=True, stdout=sys.stderr)
    ours, peers, bare, loaded, again = [], [], [], [], []
    for _ in range(options.rounds):
        ours.append(minirun(binary))
        peers.append(simulate())
        bare.append(first_ready(binary, ["--no-view"]))
        loaded.append(first_ready(binary, []))
        again.append(restarted(binary))
        time.sleep(0.1)
    print(f"{'':48}{'minirun':>10}{'simulate':>10}{'ratio':>8}")
    for name, words in WORDS.items():
        ratio = statistics.median(a[name] / b[name] for a, b in zip(ours, peers))
        mine, other = (statistics.median(run[name] for run in runs) for runs in (ours, peers))
        print(f"{words:48}{mine:7.2f} ms{other:7.2f} ms{ratio:8.2f}")
    print(f"boot to the first onReady, without a view: {statistics.median(bare):.0f} ms; with it: {statistics.median(loaded):.0f} ms;"
          f" after a restart, in a world made ready: {statistics.median(again):.0f} ms")


main()
