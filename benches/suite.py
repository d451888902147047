#!/usr/bin/env python3
"""A suite of 1,000 launches under `minirun test`, beside 1,000 component loads of miniprogram-simulate under jest.

    benches/suite.py target/release/minirun [--launches 1000] [--files 20] [--rounds 3] [--jobs 2] [--json]

Of minirun there are four suites: each test launches an app (plain); the same with every world in a process that is
started and not forked from a zygote; each test launches an app that finds an update, downloads it, asks the person,
applies it and starts again (update); and the same, where the test looks at the new version's page as well (update and
view). Of jest: each test loads a component and renders it once. Every round runs each
case once. Only the standard library is used; the peers come from benches/peers by `npm ci`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
APPS = HERE.parent / "fixtures" / "apps" / "notes"

PLAIN = """// app: {app}
test('installs', async () => {{ await device.release.publish({v1!r}, {{ version: '1.0.0', appId: 'wxsuite' }}) }})
for (let n = 1; n <= {tests}; n++) {{
  test('launch ' + n, async () => {{
    const app = await device.launch('wxsuite')
    expect((await app.currentPage()).path).toBe('pages/list/list')
    await app.close()
  }})
}}
"""

UPDATE = """// app: {app}
const apps = [{v1!r}, {v2!r}]
test('installs', async () => {{
  await device.release.publish(apps[0], {{ version: '1.0.0', appId: 'wxsuite' }})
  await (await device.launch('wxsuite')).close()
  device.ui.onModal('confirm')
}})
for (let n = 1; n <= {tests}; n++) {{
  test('update ' + n, async () => {{
    await device.release.publish(apps[n % 2], {{ version: '1.0.' + n, appId: 'wxsuite' }})
    await device.clock.advance('1m')
    const app = await device.launch('wxsuite')
    expect((await app.waitForRestart()).to).toBe('1.0.' + n)
    {look}
    await app.close()
  }})
}}
"""

LOOK = "expect(await (await app.currentPage()).$('view')).not.toBe(null)"

JEST = """const path = require('node:path')
const simulate = require('miniprogram-simulate')
// It loads a component once in a file; the tests render it, as its suites do.
const loaded = simulate.load({component!r})
for (let n = 1; n <= {tests}; n++) {{
  test('load ' + n, () => {{
    const component = simulate.render(loaded, {{ start: 3 }})
    component.attach(document.body)
    expect(component.dom.innerHTML).toMatch(/>3<\\/wx-view>/)
    component.detach()
  }})
}}
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("minirun", help="path of the minirun binary (a release build)")
    parser.add_argument("--launches", type=int, default=1000)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2, help="worlds, and jest's workers, at the same time")
    parser.add_argument("--only", action="append", help="only these cases, such as 'minirun, update'")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def write(folder, template, options, name, look=""):
    folder.mkdir()
    values = {
        "look": look,
        "app": APPS / "1.0.0", "v1": str(APPS / "1.0.0"), "v2": str(APPS / "1.1.0"),
        "component": str(PEERS / "component" / "counter"), "tests": options.launches // options.files,
    }
    for number in range(options.files):
        (folder / f"{number:02}.test.js").write_text(template.format(**values))
    print(f"{name}: {options.files} files with {values['tests']} each", file=sys.stderr)
    return folder


def jest(folder, options):
    """jest takes its packages from benches/peers, and its tests from the folder."""
    if not (PEERS / "node_modules" / "jest").is_dir():
        print("installing the peers into benches/peers/node_modules", file=sys.stderr)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PEERS, check=True, stdout=sys.stderr)
    config = {
        "rootDir": str(folder), "testEnvironment": str(PEERS / "node_modules" / "jest-environment-jsdom"),
        "modulePaths": [str(PEERS / "node_modules")], "cache": True,
    }
    binary = str(PEERS / "node_modules" / "jest" / "bin" / "jest.js")
    return [shutil.which("node"), binary, "--config", json.dumps(config), "--silent", f"--maxWorkers={options.jobs}"]


def cases(options, folder):
    binary = os.path.abspath(shutil.which(options.minirun) or sys.exit(f"suite: no program at {options.minirun}"))
    run = lambda tests, *more: [binary, "test", str(tests), "--jobs", str(options.jobs), *more]
    plain = write(folder / "plain", PLAIN, options, "launches")
    update = write(folder / "update", UPDATE, options, "launches with an update")
    view = write(folder / "view", UPDATE, options, "launches with an update and a look at the page", LOOK)
    loads = write(folder / "jest", JEST, options, "component loads")
    every = {
        "minirun, plain": run(plain),
        "minirun, plain, no zygote": run(plain, "--carrier", "process"),
        "minirun, update": run(update),
        "minirun, update and view": run(view),
        "jest": jest(loads, options),
    }
    return {name: argv for name, argv in every.items() if not options.only or name in options.only}


def seconds(name, argv):
    begin = time.monotonic()
    ran = subprocess.run(argv, capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"suite: {name} failed:\n{ran.stdout[-3000:]}\n{ran.stderr[-3000:]}")
    return time.monotonic() - begin


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="minirun-suite-") as folder:
        every = cases(options, Path(folder))
        times = {name: [] for name in every}
        for _ in range(options.rounds):
            for name, argv in every.items():
                times[name].append(seconds(name, argv))
    result = {name: statistics.median(each) for name, each in times.items()}
    if options.json:
        print(json.dumps({"launches": options.launches, "cores": os.cpu_count(), "seconds": result}))
        return
    for name, taken in result.items():
        beside = f"  {taken / result['jest']:.2f} of jest" if "jest" in result else ""
        print(f"{name:<28} {taken:7.1f} s  {options.launches / taken:7.1f} a second{beside}")


if __name__ == "__main__":
    main()
