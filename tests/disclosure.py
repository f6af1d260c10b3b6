"""Can anybody's answers be worked out from all the volumes and the report?

Takes what the volumes print (block trees of all of them), gives the reader more
than the report does (every count of every region and of the nation, where it
prints percentages), and solves for each team that is not printed by itself, item
by item and cell by cell: first the linear system of all sums, then the whole
numbers that its cells can still be.

    python3 tests/disclosure.py RECTO REPORT.yaml DATA   exit status 1: somebody's can
"""
import collections
import csv
import json
import os
import re
import subprocess
import sys
from fractions import Fraction


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.decode("utf-8")


def rows(data, name):
    with open(os.path.join(data, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def plain(text):
    return re.sub(r"[~\u00a0]", " ", text).replace("’", "'").strip()


class Survey:
    def __init__(self, data):
        self.groups = {g["group"]: g for g in rows(data, "groups.csv")}
        self.labels = collections.defaultdict(set)  # a wording -> the items that have it
        for q in rows(data, "questions.csv"):
            for column, text in q.items():
                if "item_text" in column and text:
                    self.labels[plain(text)].add(f"{q['question']}.{q['item']}")
        keys = [s["category"] for s in rows(data, "scales.csv") if s["scale"] == "agree5"]
        self.cells = collections.defaultdict(lambda: [0] * len(keys))
        for r in rows(data, "results.csv"):
            self.cells[r["group"], f"{r['question']}.{r['item']}"][keys.index(r["category"])] = \
                int(r["count"])

    def teams_of(self, group):
        below = [k for k, g in self.groups.items() if g["parent"] == group]
        if self.groups[group]["kind"] == "area_team":
            return {group}
        return set().union(*(self.teams_of(k) for k in below)) if below else set()

    def size(self, team):
        return int(self.groups[team]["responses"])


def which_items(labels, survey):
    """The items of one chart's bars: where a wording is that of several, the one
    whose question the chart's other bars are of."""
    found = [survey.labels[label] for label in labels]
    sure = collections.Counter(next(iter(f)).split(".")[0] for f in found if len(f) == 1)
    return [max(sorted(f), key=lambda item: sure[item.split(".")[0]]) for f in found]


def printed_bars(tree, survey):
    """(whose, item, cells) of every bar of counts in the charts of a volume."""
    charts, whose = [], None
    for line in map(str.strip, tree.splitlines()):
        if re.match(r"(chart|table|heading|section|bars|finding)\b", line):
            whose = None
        elif line.startswith("scope "):
            whose = plain(line[6:])
            charts.append((whose, []))
        elif line.startswith("bar ") and whose:
            label, cells = line[4:].split(" | ")[:2]
            if plain(label) in survey.labels:
                charts[-1][1].append((plain(label), cells))
    for whose, bars in charts:
        for item, (_, cells) in zip(which_items([b[0] for b in bars], survey), bars):
            yield whose, item, [0 if c == "." else int(c) for c in cells.split()]


def read_volumes(recto, report, survey):
    """By the name that is printed: its teams; and by name and item: the cells."""
    members, printed = collections.defaultdict(set), {}
    for volume in json.loads(run(recto, "list", report, "--json"))["volumes"]:
        tree = run(recto, "dump", "doc", report, "--volume", volume["key"])
        for whose, item, cells in printed_bars(tree, survey):
            members[whose].add(volume["key"])
            if printed.setdefault((whose, item), cells) != cells:
                sys.exit(f"{whose}: {item} is printed in two ways")
    return members, printed


def follows(known, teams):
    """The teams whose answers are a sum of multiples of what is known."""
    table = [[Fraction(int(t in group)) for t in teams] for group in known]
    done = 0
    for column in range(len(teams)):
        pivot = next((r for r in range(done, len(table)) if table[r][column]), None)
        if pivot is None:
            continue
        table[done], table[pivot] = table[pivot], table[done]
        table[done] = [x / table[done][column] for x in table[done]]
        for r, row in enumerate(table):
            if r != done and row[column]:
                table[r] = [x - row[column] * y for x, y in zip(row, table[done])]
        done += 1
    return {teams[c] for row in table[:done]
            for c in range(len(teams)) if sum(map(bool, row)) == 1 and row[c]}


def ranges(sums, size):
    """What each cell of a team of `size` can be, within a joined set's cells."""
    rest = sum(sums)
    return [(max(0, size - (rest - n)), min(n, size)) for n in sums]


def main():
    recto, report, data = sys.argv[1:]
    survey = Survey(data)
    teams = sorted(survey.teams_of("england"))
    members, printed = read_volumes(recto, report, survey)
    bad = []
    items = {item for _, item in printed}
    if len(items) < 38 or set().union(*members.values()) != set(teams):
        bad.append(f"{len(items)} items of {len(members)} groups were read, not all")
    for (whose, item), cells in printed.items():
        want = [sum(n) for n in zip(*(survey.cells[t, item] for t in members[whose]))]
        if cells != want:
            bad.append(f"{whose}: {item} prints {cells}, the data say {want}")
    known = list(members.values()) + [survey.teams_of(g) for g, row in survey.groups.items()
                                      if row["kind"] in ("region", "nation")]
    small = [t for t in teams if survey.size(t) < 2]
    bad += [f"{t} follows by subtraction" for t in follows(known, teams) if t in small]
    solved = 0
    for whose, group in members.items():
        for team in group if len(group) > 1 else ():
            for item in items:
                cells = ranges(printed[whose, item], survey.size(team))
                solved += len(cells)
                if all(low == high for low, high in cells) or any(low for low, _ in cells) \
                        and team in small:
                    bad.append(f"{team}: what was said to {item} follows from {whose}")
    hidden = sorted(t for g in members.values() if len(g) > 1 for t in g)
    for line in bad:
        print(line)
    print(f"disclosure: {len(printed)} bars of {len(members)} groups read; {solved} cells of "
          f"{len(hidden)} teams solved for; {'FAILED' if bad else 'nobody is told'}")
    return 1 if bad or not hidden else 0


sys.exit(main())
