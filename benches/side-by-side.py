#!/usr/bin/env python3
"""Cold start of minirun beside its peers: whole processes, wall time, in one run.

    benches/side-by-side.py target/release/minirun [--rounds 21] [--json] [--extra 'NAME=COMMAND']...

Every round runs each case once, each round beginning with another case, so that a busy
spell of the machine falls on all of them. A ratio is the median of the rounds' own
ratios. Only the standard library is used; the peers come from benches/peers by `npm ci`.
"""

import argparse
import json
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
NOTES = HERE.parent / "fixtures" / "apps" / "notes" / "1.0.0"
MINIRUN = "minirun"
NODE = "node -e 0"
SIMULATE = "miniprogram-simulate"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("minirun", help="path of the minirun binary (a release build)")
    parser.add_argument("--app", type=Path, default=NOTES, help="the app to start (default: the notes fixture, 5 pages)")
    parser.add_argument("--rounds", type=int, default=21, help="measured rounds, after two that are thrown away")
    parser.add_argument("--extra", action="append", default=[], metavar="NAME=COMMAND", help="one more case")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    return parser.parse_args()


def fail(message):
    sys.exit(f"side-by-side: {message}")


def node_cases():
    """The peers, installed when they are not there yet."""
    node = shutil.which("node")
    if not node:
        fail("node is not on the path; the peers need Node.js 18 or newer")
    if not (PEERS / "node_modules").is_dir():
        print("installing the peers into benches/peers/node_modules", file=sys.stderr)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PEERS, check=True, stdout=sys.stderr)
    return {NODE: [node, "-e", "0"], SIMULATE: [node, str(PEERS / "simulate.js")]}


def cases(options):
    binary = shutil.which(options.minirun) or fail(f"no program at {options.minirun}")
    if not (options.app / "app.json").is_file() and not (options.app / "project.config.json").is_file():
        fail(f"no app at {options.app}")
    every = {MINIRUN: [os.path.abspath(binary), "run", str(options.app), "--for", "0s"]}
    every.update(node_cases())
    every["empty process"] = [shutil.which("true")]
    for extra in options.extra:
        name, equals, command = extra.partition("=")
        if not equals:
            fail(f"--extra {extra}: NAME=COMMAND is wanted")
        argv = shlex.split(command)
        argv[0] = shutil.which(argv[0]) or fail(f"no program named {argv[0]}")
        every[name] = argv
    return every


def spawn(argv, sink):
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, sink, 1),
        (os.POSIX_SPAWN_DUP2, sink, 2),
    ]
    return os.posix_spawn(argv[0], argv, os.environ, file_actions=actions)


def wall_time(argv, sink):
    """Milliseconds from the spawn to the end of one process."""
    start = time.perf_counter()
    _, status = os.waitpid(spawn(argv, sink), 0)
    wall = (time.perf_counter() - start) * 1000
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        output = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        fail(f"{shlex.join(argv)} ended with {code}\n{output.stdout[-2000:]}{output.stderr[-2000:]}")
    return wall


def family(pid):
    """A process and everything that it started."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def peak_memory(argv, sink):
    """Kilobytes: the sum of the peaks of one run's processes, 0 for a run too short to be seen.

    The kernel's own figure for an ended child has this script's size as its floor, so the
    living processes are asked, in a run that is not timed.
    """
    root, peaks = spawn(argv, sink), {}
    while os.waitpid(root, os.WNOHANG)[0] == 0:
        try:
            for pid in family(root):
                lines = Path(f"/proc/{pid}/status").read_text().splitlines()
                if lines[0].split()[-1] not in os.path.basename(sys.executable):
                    peaks.update({pid: int(line.split()[1]) for line in lines if line.startswith("VmHWM")})
        except OSError:
            continue
    return sum(peaks.values())


def measure(every, rounds):
    names = list(every)
    walls = {name: [] for name in names}
    with open(os.devnull, "wb") as sink:
        for number in range(-2, rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                wall = wall_time(every[name], sink.fileno())
                if number >= 0:
                    walls[name].append(wall)
        memory = {name: peak_memory(argv, sink.fileno()) for name, argv in every.items()}
    return walls, memory


def restart_time(binary, sink):
    """Milliseconds from `update.apply` to the new app's `app.launch`, as the timeline's lines come out."""
    argv = [os.path.abspath(binary), "run", str(NOTES), "--simulate-update", str(NOTES.parent / "1.1.0")]
    argv += ["--modal", "confirm", "--json", "--for", "0s"]
    applied = None
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=sink) as process:
        for line in process.stdout:
            now, kind = time.perf_counter(), json.loads(line)["kind"]
            if kind == "update.apply":
                applied = now
            elif kind == "app.launch" and applied:
                process.stdout.read()
                return (now - applied) * 1000
    fail("the update was not applied")


def restarts(binary, rounds):
    with open(os.devnull, "wb") as sink:
        return statistics.median(restart_time(binary, sink) for _ in range(rounds))


def ratio(walls, name, base):
    return statistics.median(a / b for a, b in zip(walls[name], walls[base]))


def tenth(values, which):
    return sorted(values)[min(len(values) - 1, int(len(values) * which / 10))]


def report(every, walls, memory, rounds):
    return {
        "machine": {"system": platform.platform(), "cpus": os.cpu_count()},
        "rounds": rounds,
        "cases": [
            {
                "name": name,
                "command": shlex.join(every[name]),
                "median_ms": round(statistics.median(walls[name]), 2),
                "p10_ms": round(tenth(walls[name], 1), 2),
                "p90_ms": round(tenth(walls[name], 9), 2),
                "of_node": round(ratio(walls, name, NODE), 3),
                "of_minirun": round(ratio(walls, name, MINIRUN), 3),
                "peak_kb": memory[name],
            }
            for name in every
        ],
    }


def table(result):
    head = ["whole process", "median", "10 %", "90 %", f"of {NODE}", "of minirun", "peak memory"]
    rows = [
        [
            case["name"],
            f"{case['median_ms']:.1f} ms",
            f"{case['p10_ms']:.1f} ms",
            f"{case['p90_ms']:.1f} ms",
            f"{case['of_node']:.2f}",
            f"{case['of_minirun']:.2f}",
            f"{case['peak_kb'] / 1024:.1f} MB" if case["peak_kb"] else "-",
        ]
        for case in result["cases"]
    ]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        first = row[0].ljust(widths[0])
        print("  ".join([first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]))
    print(f"{result['rounds']} rounds on {result['machine']['cpus']} CPUs")


def main():
    options = arguments()
    if options.rounds < 1:
        fail("--rounds must be at least 1")
    every = cases(options)
    walls, memory = measure(every, options.rounds)
    result = report(every, walls, memory, options.rounds)
    result["restart_ms"] = round(restarts(shutil.which(options.minirun), options.rounds), 2)
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        table(result)
        print(f"applyUpdate to App.onLaunch at once after onUpdateReady, on a device on disk: {result['restart_ms']} ms")


if __name__ == "__main__":
    main()
