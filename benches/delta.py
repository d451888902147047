#!/usr/bin/env python3
"""Bytes on the wire for an update, beside bsdiff and plain zstd.

    benches/delta.py target/release/minirun [--json] [--history GIT_DIR OLD NEW]...

Each pair of versions is published to a registry in a temporary folder, and what devices would download is read from
its manifest: for each part of the app that changed, the delta, or the whole where a delta is not smaller. bsdiff gets
the same archives, part by part; plain zstd is the whole download. The fixture apps come as adjacent versions, and with
a distant one that is made here: identifiers renamed everywhere, code added to most files, a page added, numbers of the
styles changed. --history takes two commits of an app that has its own repository. Needs bsdiff and zstd on the path;
only the standard library is used.
"""

import argparse
import base64
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "apps"
APPS = ["notes", "shop"]
APP_ID = "wxbench"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("minirun", help="path of the minirun binary")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--history", nargs=3, action="append", default=[], metavar=("GIT_DIR", "OLD", "NEW"),
                        help="two commits of an app's repository")
    return parser.parse_args()


def run(*argv, **more):
    done = subprocess.run([str(word) for word in argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    if done.returncode:
        sys.exit(f"delta: {argv[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def published(minirun, old, new, work):
    """The parts of both releases, as the registry's manifest lists them, and where its objects are."""
    store = work / "registry"
    for version, folder in [("1.0.0", old), ("2.0.0", new)]:
        run(minirun, "release", "publish", folder, "--store", store, "--app-id", APP_ID, "--version", version,
            "--max-package-kb", "1000000", "--max-total-kb", "1000000")
    manifest = json.loads((store / "apps" / APP_ID / "manifest.json").read_text())
    releases = json.loads(base64.b64decode(manifest["payload"]))["releases"]
    releases.sort(key=lambda release: int(release["id"]))
    return [release["parts"] for release in releases], store / "apps" / APP_ID / "packages"


def archive(objects, part, work):
    """The uncompressed archive of a part."""
    path = work / part["digest"].replace(":", "-")
    if not path.exists():
        name = part["whole"]["digest"].split(":")[-1] + ".zst"
        run("zstd", "--decompress", "--quiet", "--force", objects / name, "-o", path)
    return path


def measured(minirun, old, new):
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (before, after), objects = published(minirun, old, new, work)
        held = {part["digest"] for part in before}
        names = {json.dumps(part["name"]): part for part in before}
        total = {"archive": 0, "zstd": 0, "delta": 0, "bsdiff": 0}
        for part in after:
            if part["digest"] in held:
                continue
            whole = part["whole"]["length"]
            base = names.get(json.dumps(part["name"]))
            deltas = [delta["object"]["length"] for delta in part.get("deltas", []) if base and delta["base"] == base["digest"]]
            total["archive"] += part["length"]
            total["zstd"] += whole
            total["delta"] += min([whole] + deltas)
            total["bsdiff"] += difference(objects, base, part, work) if base else whole
        return total


def difference(objects, base, part, work):
    patch = work / "patch"
    run("bsdiff", archive(objects, base, work), archive(objects, part, work), patch)
    return patch.stat().st_size


def distant(folder, target):
    """A copy of the app as it may be many versions later; the same one in every run."""
    shutil.copytree(folder, target)
    dice = random.Random(7)
    texts = sorted(path for path in target.rglob("*") if path.suffix in (".js", ".ts", ".wxml", ".wxss"))
    words = [word for path in texts for word in re.findall(r"\b(?:const|let|function) ([a-z]\w{4,})", path.read_text())]
    renamed = {word: word + dice.choice(["List", "Now", "Next", "Item"]) for word in dice.sample(sorted(set(words)), len(set(words)) // 5)}
    lines = [line for path in texts if path.suffix in (".js", ".ts") for line in path.read_text().splitlines() if len(line) > 20]
    for path in texts:
        text = re.sub(r"\b\w+\b", lambda word: renamed.get(word[0], word[0]), path.read_text())
        if path.suffix == ".wxss":
            text = re.sub(r"\d+rpx", lambda _: f"{dice.randrange(4, 80)}rpx" if dice.random() < 0.3 else _[0], text)
        elif path.suffix in (".js", ".ts") and dice.random() < 0.7:
            added = "\n".join(f"  // {dice.randrange(10**6)}\n{dice.choice(lines)}" for _ in range(dice.randrange(5, 25)))
            text += f"\n/*\n{added}\n*/\n"
        path.write_text(text)
    add_page(target, dice)
    return target


def add_page(target, dice):
    root = next(path.parent for path in sorted(target.rglob("app.json")))
    app = json.loads((root / "app.json").read_text())
    like = app["pages"][-1]
    app["pages"].append(like + "-again")
    (root / "app.json").write_text(json.dumps(app, indent=2, ensure_ascii=False))
    for path in sorted(root.glob(like + ".*")):
        copy = path.read_text().splitlines()
        dice.shuffle(copy[: len(copy) // 4])
        Path(str(path).replace(like, like + "-again")).write_text("\n".join(copy) + f"\n{' ' * dice.randrange(3)}\n")


def at_commit(git_dir, commit, target):
    target.mkdir()
    packed = run("git", "-C", git_dir, "archive", commit)
    run("tar", "x", "-C", target, input=packed)
    return target


def pairs(options, work):
    for app in APPS:
        old, new = FIXTURES / app / "1.0.0", FIXTURES / app / "1.1.0"
        yield f"{app} 1.0.0 to 1.1.0", old, new
        yield f"{app} 1.0.0 to distant", old, distant(new, work / f"{app}-distant")
    for at, (git_dir, old, new) in enumerate(options.history):
        name = Path(git_dir.rstrip("/").removesuffix("/repo")).name
        yield f"{name} {old} to {new}", at_commit(git_dir, old, work / f"{at}-old"), at_commit(git_dir, new, work / f"{at}-new")


def main():
    options = arguments()
    for tool in ["bsdiff", "zstd"]:
        if not shutil.which(tool):
            sys.exit(f"delta: {tool} is not on the path")
    minirun = os.path.abspath(shutil.which(options.minirun) or sys.exit(f"delta: no program at {options.minirun}"))
    with tempfile.TemporaryDirectory() as folder:
        rows = [(name, measured(minirun, old, new)) for name, old, new in pairs(options, Path(folder))]
    if options.json:
        print(json.dumps(dict(rows), indent=2))
        return
    print(f"{'update':<44} {'changed parts':>14} {'plain zstd':>11} {'bsdiff':>9} {'delta':>9} {'of zstd':>8} {'of bsdiff':>10}")
    for name, row in rows:
        print(f"{name:<44} {row['archive']:>14} {row['zstd']:>11} {row['bsdiff']:>9} {row['delta']:>9}"
              f" {row['delta'] / row['zstd']:>8.3f} {row['delta'] / row['bsdiff']:>10.2f}")


if __name__ == "__main__":
    main()
