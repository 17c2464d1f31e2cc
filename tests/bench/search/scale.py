#!/usr/bin/env python3
"""scale.py --binary parkpress --work DIR [--sizes 600,4000,10000,50000] [--threads 1]: what the search costs at each size.

Builds every site with and without search (processor time, memory), measures the index on disk and asks the questions
in Chromium (run.js). Needs `npm ci` in tests/browser."""
import argparse, os, pathlib, shutil, subprocess, sys

parser = argparse.ArgumentParser()
parser.add_argument("--binary", required=True)
parser.add_argument("--work", required=True)
parser.add_argument("--sizes", default="600,4000,10000,50000")
parser.add_argument("--threads", default="1", help="for the builds (RAYON_NUM_THREADS)")
parser.add_argument("--times", type=int, default=3, help="builds of each kind; the quickest counts")
args = parser.parse_args()
here, work = pathlib.Path(__file__).parent, pathlib.Path(args.work)

def build(site, out):
    """Seconds of processor time and megabytes of memory of the best build into an empty folder."""
    best = None
    for _ in range(args.times):
        shutil.rmtree(out, ignore_errors=True)
        child = subprocess.Popen([args.binary, "build", "--root", site, "--out", out], env={**os.environ, "RAYON_NUM_THREADS": args.threads}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            sys.exit(f"the build of {site} failed")
        one = (usage.ru_utime + usage.ru_stime, usage.ru_utime, usage.ru_maxrss / 1024)
        best = min(best, one) if best else one
    return best

for size in map(int, args.sizes.split(",")):
    place = work / str(size)
    subprocess.run([sys.executable, here / "generate.py", "--n", str(size), "--out", place], check=True)
    for kind in (["on"], ["off", "--off"]):
        subprocess.run([sys.executable, here / "convert.py", "--corpus", place / "corpus.jsonl", "--out", place / kind[0], *kind[1:]], check=True)
    on, off = build(place / "on", place / "on-out"), build(place / "off", place / "off-out")
    files = [file for file in (place / "on-out" / "search").rglob("*.js")]
    total = lambda prefix: sum(file.stat().st_size for file in files if file.name.startswith(prefix)) / 1e6
    print(f"== {size} pages: search adds {on[0] - off[0]:.2f} s of processor time ({on[1] - off[1]:.2f} s of it computing; build {off[0]:.2f} → {on[0]:.2f}), memory {off[2]:.0f} → {on[2]:.0f} MB")
    print(f"   on disk: {len(files)} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB; terms {total('t'):.1f} MB, documents {total('d'):.1f} MB, head {total('head') * 1000:.0f} KB", flush=True)
    subprocess.run(["node", here / "run.js", place / "on-out", place / "queries.jsonl"], check=True)
