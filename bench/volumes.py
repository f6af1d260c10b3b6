#!/usr/bin/env python3
"""Times batches of volumes and prints the tables of `make bench-volumes`. CPU
is that of a run with all its workers; peak is the largest of its processes."""
import csv
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

recto, sample, out, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
AREA = "at-essex-0001"
cores = sorted(os.sched_getaffinity(0))


def once(command, on=None):
    """Wall, CPU (seconds), peak (MiB) and what it wrote to stdout. A process
    between reaps it with its workers, so that peaks of others do not count."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        if on:
            os.sched_setaffinity(0, on)
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        wall = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.stdout, done.returncode])
        with os.fdopen(writer, "w") as f:
            f.write(told)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as f:
        wall, cpu, peak, said, status = json.loads(f.read())
    os.waitpid(pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: exit {status}")
    return wall, cpu, peak, said


def volumes(report, folder, *args, on=None):
    return once([recto, "volumes", report, "-o", folder, "--format=json", *args], on)


def end_of(said):
    return json.loads(said.splitlines()[-1])


def line(what, wall, cpu, peak, made):
    print(f"{what:44} {made:>6} {wall:9.2f} {cpu:9.2f} {peak:9.1f}", flush=True)


# -- the sample's own --------------------------------------------------------
one = {cores[0]}
floor = [f"build/bench/floor", f"{out}/texts", f"{out}/streams", "fonts"]
for command in (floor,):
    once(command, one)
both = ["sh", "-c", '"$@" & "$@"; wait', "sh", *floor]  # what two cores here are worth
took, base, two, pair = [], [], [], []
for _ in range(runs):
    took.append(volumes(sample, f"{out}/own", "-j1", "--force", on=one))
    two.append(volumes(sample, f"{out}/own", "-j2", "--force"))
    base.append(once(floor, one))
    pair.append(once(both))
n = end_of(took[0][3])["made"]
again = volumes(sample, f"{out}/own")
ratio = statistics.median(a[1] / b[1] for a, b in zip(took, base))
cpu, bottom = min(t[1] for t in took), min(t[1] for t in base)
wall1, wall2 = min(t[0] for t in took), min(t[0] for t in two)
faster = statistics.median(a[0] / b[0] for a, b in zip(took, two))
limit = statistics.median(2 * a[0] / b[0] for a, b in zip(base, pair))
print(f"{'least of ' + str(runs) + ' runs':44} {'made':>6} {'wall s':>9} {'CPU s':>9} {'peak MiB':>9}")
line("the sample, one worker on one core", wall1, cpu, max(t[2] for t in took), n)
line("the sample, two workers", wall2, min(t[1] for t in two), max(t[2] for t in two), n)
line("the sample, nothing changed", *again[:3], 0)
line("floor: the same texts and streams", min(t[0] for t in base), bottom, max(t[2] for t in base), "")
print(f"CPU to the floor's: {ratio:.2f}, of the least {cpu / bottom:.2f}   (median of turns; aim: at most 1.5)")
print(f"two workers are {faster:.2f} times as fast as one, two floors at once {limit:.2f} times "
      f"(median of turns; aim: at least 1.8; {len(cores)} cores, load {os.getloadavg()[0]:.1f})")


# -- surveys of more -----------------------------------------------------------
def change_comment(folder):
    """What a comment of one area was counted under."""
    path = f"{folder}/data/mentions.csv"
    rows = list(csv.reader(open(path, encoding="utf-8", newline="")))
    group, text = rows[0].index("group"), rows[0].index("label")
    row = next(r for r in rows if r[group] == AREA)
    row[text] = "Another comment than before"
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


def change_count(folder):
    """One answer of one person: in the area, its region and the nation."""
    path = f"{folder}/data/results.csv"
    groups = {r["group"]: r["parent"] for r in csv.DictReader(open(f"{folder}/data/groups.csv", encoding="utf-8", newline=""))}
    lineage = {AREA, groups[AREA], groups[groups[AREA]]} | {"role-clinical", "conditions-yes"}
    step = {"tend_agree": -1, "neither": 1}
    with open(path, encoding="utf-8") as f, open(path + ".new", "w", encoding="utf-8") as to:
        for row in f:
            group, rest = row.split(",", 1)
            if group in lineage and rest.startswith("overall,at_effective,"):
                question, item, category, count = rest.strip().split(",")
                row = f"{group},{question},{item},{category},{int(count) + step.get(category, 0)}\n"
            to.write(row)
    os.replace(path + ".new", path)


def survey(name):
    report, folder = f"{out}/{name}/report.yaml", f"{out}/{name}-volumes"
    shutil.rmtree(folder, ignore_errors=True)
    loaded = once([recto, "list", report, "--json"])
    count = len(json.loads(loaded[3])["volumes"])
    line(f"{count} volumes: only loading", *loaded[:3], 0)
    if count > 1000:
        part = volumes(report, folder, "-j1", "--only", "*-000[0-3]", on=one)
        line(f"{count} volumes: a few of them", *part[:3], end_of(part[3])["made"])
        shutil.rmtree(folder)
    beside = [volumes(sample, f"{out}/own", "-j1", "--force", on=one) for _ in range(runs)]
    first = volumes(report, folder, "-j1", on=one)
    beside += [volumes(sample, f"{out}/own", "-j1", "--force", on=one) for _ in range(runs)]
    line(f"{count} volumes: all", *first[:3], end_of(first[3])["made"])
    second = volumes(report, folder, "-j1", on=one)
    line(f"{count} volumes: nothing changed", *second[:3], end_of(second[3])["made"])
    if count <= 1000:
        turns = [(volumes(report, folder, "-j1", "--force", on=one), volumes(report, folder, "-j2", "--force")) for _ in range(runs)]
        print(f"two workers are {statistics.median(a[0] / b[0] for a, b in turns):.2f} times as fast as one   (median of turns; aim: at least 1.8)")
    change_comment(f"{out}/{name}")
    comment = volumes(report, folder, "-j1", on=one)
    line(f"{count} volumes: one comment changed", *comment[:3], end_of(comment[3])["made"])
    change_count(f"{out}/{name}")
    changed = volumes(report, folder, "-j1", on=one)
    line(f"{count} volumes: one count changed", *changed[:3], end_of(changed[3])["made"])
    own = statistics.mean(t[1] for t in beside) / n
    print(f"CPU a volume {first[1] / count * 1000:.1f} ms, of the sample's, {runs} times before and after, {own * 1000:.1f} ms; "
          f"a second run costs {second[1] / first[1] * 100:.2f}% of the first   (aim: at most 1%)")
    if count > 1000:
        print(f"peak of all {first[2]:.0f} MiB, of a few {part[2]:.0f} MiB: {first[2] / part[2]:.3f}   (aim: at most 1.05)")


survey("small")
survey("large")
