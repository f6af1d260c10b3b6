#!/usr/bin/env python3
"""Times whole processes on one core and prints the table of `make bench`."""
import os
import re
import resource
import subprocess
import sys
import time

recto, sample, out, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
try:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
except OSError:
    pass

quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)]


def once(command):
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def build(folder, target):
    return [recto, "build", f"{folder}/report.yaml", "-o", f"{out}/{target}.pdf"]


def pages(target):
    said = subprocess.run(["pdfinfo", f"{out}/{target}.pdf"], capture_output=True, text=True).stdout
    return int(re.search(r"Pages: +(\d+)", said).group(1))


jobs = {
    "report": [recto, "build", sample, "-o", f"{out}/report.pdf"],
    "floor": [f"{out}/floor", f"{out}/texts", f"{out}/streams", "fonts"],
    "page": build(f"{out}/page", "page"),
    "x10": build(f"{out}/x10", "x10"),
    "x100": build(f"{out}/x100", "x100"),
}
# Each is run once before it is counted; report and floor are taken in turn.
times = {name: [] for name in jobs}
for name in jobs:
    once(jobs[name])
for _ in range(runs):
    for name in ("report", "floor", "page"):
        times[name].append(once(jobs[name]))
for _ in range(max(1, runs // 3)):
    times["x10"].append(once(jobs["x10"]))
times["x100"].append(once(jobs["x100"]))
best = {n: (min(t[0] for t in v), min(t[1] for t in v), max(t[2] for t in v)) for n, v in times.items()}

print(f"{'':10} {'pages':>6} {'wall ms':>9} {'CPU ms':>9} {'peak MiB':>9}   least of {runs} runs, one core")
for name in ("report", "page", "x10", "x100", "floor"):
    wall, cpu, peak = best[name]
    print(f"{name:10} {pages(name) if name != 'floor' else '':>6} {wall:9.1f} {cpu:9.1f} {peak:9.1f}")
n = pages("report")
print(f"pages a second: {n / best['report'][0] * 1000:.0f}")
print(f"CPU of the report to the floor's: {best['report'][1] / best['floor'][1]:.2f}   (aim: at most 2)")
print(f"one page to the whole report, CPU: 1/{best['report'][1] / best['page'][1]:.1f}   (aim: at most 1/6)")
for k in ("x10", "x100"):
    per = (best[k][1] / pages(k)) / (best["report"][1] / n)
    print(f"{k}: CPU a page to that of the report {per:.2f}; peak {best[k][2]:.1f} MiB, "
          f"24 MiB + 60 KiB a page is {24 + pages(k) * 60 / 1024:.1f}")
print(f"report: peak {best['report'][2]:.1f} MiB   (aim: at most 64, and {24 + n * 60 / 1024:.1f})")
