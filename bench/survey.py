#!/usr/bin/env python3
"""The sample's survey with its area teams TIMES times over, for volumes by the
thousand.

    survey.py TIMES FOLDER

Every area team has TIMES copies, each with all its results, themes, mentions
and comments; regions, roles and the nation have TIMES the counts, so that
everything adds up.
"""
import csv
import os
import shutil
import sys

SAMPLE = "samples/ways-of-working-2013"
times, out = int(sys.argv[1]), sys.argv[2]
shutil.rmtree(out, ignore_errors=True)
os.makedirs(f"{out}/data")
shutil.copytree(f"{SAMPLE}/chapters", f"{out}/chapters")
report = open(f"{SAMPLE}/report.yaml", encoding="utf-8").read()
open(f"{out}/report.yaml", "w", encoding="utf-8").write(report)


def read(name):
    with open(f"{SAMPLE}/data/{name}.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))
    return rows[0], rows[1:]


def write(name, head, rows):
    with open(f"{out}/data/{name}.csv", "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(head)
        w.writerows(rows)


head, groups = read("groups")
kind = head.index("kind")
areas = {g[0] for g in groups if g[kind] == "area_team"}


def copy_key(key, k):
    return f"{key}-{k:04d}" if key in areas else key


def copies(head, rows, counted, keyed=()):
    """Rows of areas TIMES over; of the others with TIMES the counts. `keyed`:
    columns with ids, which must differ."""
    group = head.index("group")
    for row in rows:
        if row[group] not in areas:
            yield [str(int(v) * times) if h in counted and v.isdigit() else v for h, v in zip(head, row)]
            continue
        for k in range(times):
            yield [f"{v}-{k}" if h in keyed else copy_key(v, k) if v in areas else v for h, v in zip(head, row)]


numbers = [h for n, h in enumerate(head) if all(g[n] == "" or g[n].isdigit() for g in groups) and h != "position"]
numbers = [h for h in numbers if h not in ("group", "kind", "parent", "specialised_lead")]
write("groups", head, copies(head, groups, numbers))
for name in ("scales", "questions", "facts"):
    shutil.copy(f"{SAMPLE}/data/{name}.csv", f"{out}/data")
for name, counted, keyed in (("results", ("count",), ()), ("themes", (), ()), ("mentions", (), ("id",)), ("comments", (), ("id",))):
    head, rows = read(name)
    write(name, head, copies(head, rows, counted, keyed))
