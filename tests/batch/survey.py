"""A small survey with volumes, for the tests of batches: nation, three regions,
areas, two questions. Area 'at-slow' has a volume that takes a second or so;
`broken` makes the volume of one area fail."""
import csv
import os
import random

REPORT = """\
report:
  title: The survey of the tests
  subtitle: Small
  owner: nobody
  date: 1 May 2014
  year: 2014
data: data/
house: axis
structure: leaflet
whole: nation
low-base: {caution: 20, counts: 5}
words: {nets: {agree: Agree, disagree: Disagree}}
facts: [{column: respondents, label: Who answered, base: true}]
chapters: {body: [report.md]}
volumes:
  structure: leaflet
  each: area
  cover: {title: "{{ group.name }}"}
  chapters: {body: [volume.md]}
"""
STRUCTURE = """\
cover: {title: "{{ report.title }}"}
parts:
  - {name: body, pages: arabic, numbers: "1", opening: plain, chapters: [report]}
"""
VOLUME = """\
# What {{ group.name }} said {#said}

{% for i in items "work" %}
{{ agree(i) }} of {{ group.name }} agreed on {{ i.text }}, and {{ agree(i, "nation") }} of all.

{% end %}

```chart
id: fig-work
question: work
headline: Work
beside: [parent, whole]
```

{% for c in comments_of("work", group) %}
> {{ c.text }}

{% end %}
{% include? "only/" .. group.key .. ".md" %}
"""
ITEMS = [("work", k, t) for k, t in (("clear", "The work is clear"), ("useful", "The work is useful"), ("shared", "The work is shared"))] + \
        [("place", k, t) for k, t in (("warm", "The place is warm"), ("quiet", "The place is quiet"))]
CATEGORIES = [("yes", "Agree", "agree"), ("so", "Neither", "neutral"), ("no", "Disagree", "disagree")]


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


class Survey:
    """Writes itself into a folder; change members and save again."""

    def __init__(self, folder, areas=11, seed=7):
        rnd = random.Random(seed)
        self.folder = folder
        self.areas = ["at-slow"] + [f"at-{i:02d}" for i in range(1, areas)]
        self.region = {a: f"r{n % 3}" for n, a in enumerate(self.areas)}
        self.counts = {a: {i[:2]: [rnd.randrange(4, 30), rnd.randrange(3, 9), 0] for i in ITEMS} for a in self.areas}
        self.size = {a: 40 for a in self.areas}
        for a in self.areas:
            for c in self.counts[a].values():
                c[2] = self.size[a] - c[0] - c[1]
        self.comments = [[f"c{n}-{a}", a, "work", "", "", f"In {a} we said {n} things.", "0"] for a in self.areas for n in range(2)]
        self.broken = None
        self.save()

    def save(self):
        for d in ("data", "chapters/only", "layouts/leaflet"):
            os.makedirs(f"{self.folder}/{d}", exist_ok=True)
        data = f"{self.folder}/data"
        regions = sorted({self.region[a] for a in self.areas})
        groups = [["group", "kind", "parent", "name", "invited", "respondents", "responses"]]
        total = sum(self.size.values())
        groups.append(["nation", "nation", "", "The nation", 3 * total, total, total])
        for r in regions:
            n = sum(self.size[a] for a in self.areas if self.region[a] == r)
            groups.append([r, "region", "nation", f"Region {r}", 3 * n, n, n])
        for a in self.areas:
            groups.append([a, "area", self.region[a], f"Area {a[3:]}", 3 * self.size[a], self.size[a], self.size[a]])
        write(f"{data}/groups.csv", groups)
        write(f"{data}/scales.csv", [["scale", "position", "category", "label", "net"]] + [["s", n + 1, *c] for n, c in enumerate(CATEGORIES)])
        write(f"{data}/questions.csv", [["question", "item", "position", "question_text", "item_text", "scale", "chapter", "base_text", "asked_of", "chart"]]
              + [[q, i, n + 1, f"Of the {q}", t, "s", "1", "All who answered", "", "1"] for n, (q, i, t) in enumerate(ITEMS)])
        rows = [["group", "question", "item", "category", "count"]]
        for g in ["nation", *regions, *self.areas]:
            members = [a for a in self.areas if g in ("nation", a, self.region[a])]
            for q, i, _ in ITEMS:
                rows += [[g, q, i, c[0], sum(self.counts[a][q, i][n] for a in members)] for n, c in enumerate(CATEGORIES)]
        write(f"{data}/results.csv", rows)
        write(f"{data}/comments.csv", [["id", "group", "question", "theme", "role", "text", "illustrative"]] + self.comments)
        self.text("report.yaml", REPORT)
        self.text("layouts/leaflet/structure.yaml", STRUCTURE)
        self.text("chapters/report.md", "# The report {#report}\n\nAll of it.\n")
        self.text("chapters/volume.md", VOLUME)
        slow = "".join(f"Paragraph {n}. " + "It goes on for a while, as slow ones do. " * 12 + "\n\n" for n in range(2400)).replace("Paragraph", "This")
        self.text("chapters/only/at-slow.md", "".join(c for c in slow if not c.isdigit()))
        if self.broken:
            self.text(f"chapters/only/{self.broken}.md", "{{ agree 'work.nothing' }} is no item.\n")

    def text(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as f:
            f.write(text)
