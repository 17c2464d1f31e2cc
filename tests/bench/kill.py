#!/usr/bin/env python3
"""Kills builds at random moments and looks at what is left.

kill.py --binary parkpress --site DIR [--rounds 100] [--seed 1]

The site has two states, one word different. Every round starts a build of the state that is not online, kills it with SIGKILL
after a random delay that may lie anywhere in a build, until so many builds were killed, and compares the output
folder, file by file, with complete builds of both. A folder that is neither is mixed.
"""
import argparse, hashlib, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, time

parser = argparse.ArgumentParser()
parser.add_argument("--binary", required=True)
parser.add_argument("--site", required=True)
parser.add_argument("--rounds", type=int, default=100)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
random.seed(args.seed)
binary = os.path.abspath(args.binary)


def digest(folder):
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file():
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def build(site, out, wait=True):
    command = [binary, "build", "--root", str(site), "--out", str(out), "--at", "2026-11-24 09:00"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return process.wait() if wait else process


with tempfile.TemporaryDirectory() as temp:
    temp = pathlib.Path(temp)
    site = temp / "site"
    for part in ("content", "themes", "docs"):
        if (pathlib.Path(args.site) / part).is_dir():
            shutil.copytree(pathlib.Path(args.site) / part, site / part)
    texts = [path for path in (site / "content").rglob("*.md")]
    originals = {path: path.read_text() for path in texts}

    def turn(state):
        for path, text in originals.items():
            path.write_text(text + f"\n\n状态{state}。\n" if "---" in text else text)

    wanted, longest = {}, 0.0
    for state in "AB":
        turn(state)
        start = time.monotonic()
        assert build(site, temp / f"whole-{state}") == 0, "the site must build"
        longest = max(longest, time.monotonic() - start)
        wanted[state] = digest(temp / f"whole-{state}")
    turn("A")
    assert build(site, temp / "out") == 0
    counts = {"A": 0, "B": 0, "mixed": 0, "killed": 0}
    state = "A"
    while counts["killed"] < args.rounds:
        turn("A" if state == "B" else "B")
        process = build(site, temp / "out", wait=False)
        time.sleep(random.random() * longest * 1.1)
        if process.poll() is None:
            counts["killed"] += 1
            process.send_signal(signal.SIGKILL)
        elif process.returncode != 0:
            sys.exit(f"after {counts['A'] + counts['B']} rounds a build failed with exit code {process.returncode}")
        process.wait()
        left = digest(temp / "out")
        state = next((state for state in "AB" if left == wanted[state]), "mixed")
        counts[state] += 1
        if state == "mixed":
            break
    print(f"{counts['killed']} builds killed while running, whole site A {counts['A']}, whole site B {counts['B']}, mixed {counts['mixed']}")
    sys.exit(1 if counts["mixed"] else 0)
