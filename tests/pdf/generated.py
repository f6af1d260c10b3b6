#!/usr/bin/env python3
"""Text comes out as it went in, whatever it is: small reports made by chance, set
and read back (readback.py).

    generated.py RECTO [--seed N] [--count N] [--keep DIR]

Document k of seed s is the same wherever it is made. A failure prints the seed
and the first complaints; `--seed S --count 1` makes that document again, and
`--keep DIR` leaves it there.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import readback

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "cases")

PLAIN = ("bus road tide office harbour morning walk ticket people bridge because under light slow quarter and the of "
         "to in they we it is was for with path winter council evening ferry market stone late early never").split()
LETTERS = ("Łódź Ærøskøbing Çeşme naïve Straße Þingvellir Ångström crème brûlée Škoda Dvořák Győr Tōkyō façade Øresund "
           "Ñandú Ġgantija Ħamrun Ķekava Šiauliai Ţara Ţepeş Ÿser Œuvre œil ßharp ĳsberg Đakovo Iğdır").split()
LIGATURES = ("office difficult fjord flight waffle affluent fit fluff effort fi fl ff ffi ffl offline Pfiff "
             "shelfful sniff efflux fjell cliff").split()
LONG = ("state-of-the-art Donaudampfschifffahrtsgesellschaft mother-in-law's well-thought-out "
        "counter-revolutionary Rindfleischetikettierung north-north-east once-in-a-lifetime-and-never-again").split()
SIGNS = ("5% £3 A&B C++ 24/7 x² 10°C ½ § † … — – @home #1 & ≤ 3×4 ‘so’ “thus” l'été O'Neill e.g. No. a/b").split()
ITEMS = ["journey.easy", "journey.safe", "journey.affordable", "bus.punctual"]


class Writer:
    def __init__(self, rng):
        self.rng = rng
        self.ids, self.notes, self.used = [], [], 0  # `used`: names given so far
        self.lines = []

    def chance(self, p):
        return self.rng.random() < p

    def word(self):
        pool = self.rng.choices((PLAIN, LETTERS, LIGATURES, LONG, SIGNS), (60, 12, 14, 5, 5))[0]
        return self.rng.choice(pool)

    def words(self, least, most):
        return " ".join(self.word() for _ in range(self.rng.randint(least, most)))

    def clause(self, least=2, most=9):
        text = self.words(least, most)
        r = self.rng.random()
        if r < 0.06:
            return f"*{text}*" if text[0].isalnum() and text[-1].isalnum() else text
        if r < 0.12:
            return f"**{text}**" if text[0].isalnum() and text[-1].isalnum() else text
        if r < 0.16:
            return f'"{text}"'
        if r < 0.19:
            return f"({text})"
        return text

    def sentence(self):
        parts = [self.clause() for _ in range(self.rng.randint(1, 3))]
        text = self.rng.choice((", ", "; ", " -- ", ": ")).join(parts)
        return text[:1].upper() + text[1:] + self.rng.choice((".", ".", ".", "?", "!"))

    def prose(self, least=1, most=6, notes=True):
        out = []
        for _ in range(self.rng.randint(least, most)):
            out.append(self.sentence())
            r = self.rng.random()
            if notes and r < 0.06:
                self.used += 1
                self.notes.append(self.used)
                out[-1] += f"[^n{self.used}]"
            elif r < 0.10 and self.ids:
                out.append(f"See [](#{self.rng.choice(self.ids)}).")
            elif r < 0.13 and self.ids:
                out.append(f"It is on [](#{self.rng.choice(self.ids)} \"page\").")
            elif r < 0.15 and self.ids:
                out.append(f"So says [{self.words(1, 4)}](#{self.rng.choice(self.ids)}).")
            elif r < 0.17:
                out.append(f"Ask [{self.words(1, 3)}](https://example.org/a).")
            elif r < 0.19:
                out.append(f"In [{self.rng.choice(LETTERS)}](lang:de) it is so.")
            elif r < 0.22:
                out.append("EM says so, and EM knows.")
            elif r < 0.25:
                out.append("{{ agree \"journey.easy\" }} agree.")
        return " ".join(out)

    def plain(self, least=2, most=9):
        """For keys of directives: nothing that YAML or Markdown reads."""
        text = re.sub(r"[\"*_\[\]{}|#`<>:&@]", "", self.words(least, most))
        text = re.sub(" +", " ", text).strip()
        return (text[:1].upper() + text[1:]) or "Something"

    def paragraph(self):
        self.lines += [self.prose(), ""]

    def heading(self):
        level = self.rng.choice((2, 3, 3))
        self.used += 1
        name = f"s{self.used}"
        self.lines += [f"{'#' * level} {self.plain(1, 7)} {{#{name}}}", ""]
        self.ids.append(name)
        self.paragraph()

    def items(self, depth=0):
        for k in range(self.rng.randint(1, 4)):
            mark = f"{k + 1}." if self.ordered else "-"
            self.lines.append("   " * depth + f"{mark} {self.prose(1, 2, notes=False)}")
            if depth == 0 and self.chance(0.2):
                was, self.ordered = self.ordered, False
                self.items(1)
                self.ordered = was

    def list(self):
        self.ordered = self.chance(0.4)
        self.items()
        self.lines.append("")

    def quote(self):
        self.lines += [f"> {self.prose(1, 3, notes=False)}", ""]

    def table(self):
        columns, rows = self.rng.randint(2, 4), self.rng.choice((2, 3, 5, 60))
        head = [self.plain(1, 2) for _ in range(columns)]
        body = ["| " + " | ".join(head) + " |", "|" + " --- |" * columns]
        for _ in range(rows):
            body.append("| " + " | ".join(self.plain(1, 3) for _ in range(columns)) + " |")
        if self.chance(0.5):
            self.lines += body + [""]
            return
        self.lines += ["```table", f"headline: {self.plain(3, 8)}", "body: |"] + ["  " + b for b in body] + ["```", ""]

    def chart(self):
        self.used += 1
        name = f"f{self.used}"
        self.ids.append(name)
        kind = self.rng.choice(("stacked", "stacked", "compare", "dots", "trend", "ranked", "glance", "bars"))
        head = [f"id: {name}", f"headline: {self.plain(3, 12)}"]
        if self.chance(0.4):
            head.append("float: true")
        if kind == "stacked":
            self.lines += ["```chart"] + head + ["question: journey"]
        elif kind == "compare":
            self.lines += ["```chart"] + head + ["question: journey", "group: night", "compare: whole"]
        elif kind == "dots":
            self.lines += ["```chart"] + head + ["type: dots", "question: journey", "groups: [district]"]
        elif kind == "trend":
            self.lines += ["```chart"] + head + ["type: trend", "items: [journey.easy, journey.safe]"]
        elif kind == "ranked":
            self.lines += ["```chart"] + head + ["type: ranked", "items: [modes.used]"]
        elif kind == "glance":
            self.ids.pop()
            self.lines += ["```glance", f"headline: {self.plain(3, 8)}", "groups: [district, shift]",
                           f"items: [{', '.join(ITEMS)}]"]
        else:
            self.ids.pop()
            self.lines += ["```bars", f"item: {self.rng.choice(ITEMS[:3])}", "groups: [harbour, whole]"]
        if kind not in ("bars", "glance") and self.chance(0.3):
            self.lines.append(f"subtitle: {self.plain(3, 20)}")
        self.lines += ["```", ""]

    def box(self):
        kind = self.rng.choice(("brief", "columns", "diagram", "break"))
        if kind == "brief":
            self.lines += ["```brief", self.prose(1, 3, notes=False), "```"]
        elif kind == "columns":
            self.lines += ["```columns", "count: 2", "body: |"]
            for _ in range(2):
                self.lines.append(f"  #### {self.plain(1, 2)}")
                self.lines += [f"  - {self.plain(1, 3)}" for _ in range(self.rng.randint(1, 5))]
            self.lines.append("```")
        elif kind == "diagram":
            self.lines += ["```figure", f"headline: {self.plain(3, 8)}", "columns:"]
            for _ in range(self.rng.randint(2, 3)):
                names = ", ".join(re.sub(r"[,.]", "", self.plain(1, 3)) for _ in range(2))
                self.lines.append(f"  - {{head: {self.plain(1, 2)}, items: [{names}]}}")
            self.lines.append("```")
        else:
            self.lines += ["```pagebreak", "```"]
        self.lines.append("")

    def chapter(self, number):
        self.lines, self.notes = [], []
        if self.chance(0.5):
            self.lines += ["---", "bar: journey.easy", "---"]
        name = f"c{number}"
        self.lines += [f"# {self.plain(1, 6)} {{#{name}}}", ""]
        self.ids.append(name)
        if self.chance(0.5):
            self.lines += ["```lead", self.prose(1, 2, notes=False), "```", ""]
        for _ in range(self.rng.randint(3, 12)):
            self.rng.choices((self.paragraph, self.heading, self.list, self.quote, self.table, self.chart, self.box),
                             (40, 18, 10, 5, 7, 14, 6))[0]()
        for n in self.notes:
            self.lines += [f"[^n{n}]: {self.prose(1, 2, notes=False)}", ""]
        return "\n".join(self.lines) + "\n"


def make(folder, seed):
    """A report in `folder`; returns the arguments that set it."""
    rng = random.Random(seed)
    shutil.copytree(os.path.join(CASES, "small"), folder)
    shutil.rmtree(os.path.join(folder, "chapters"))
    os.mkdir(os.path.join(folder, "chapters"))
    writer = Writer(rng)
    names = []
    for k in range(rng.randint(1, 3)):
        names.append(f"c{k}.md")
        with open(os.path.join(folder, "chapters", names[-1]), "w", encoding="utf-8") as f:
            f.write(writer.chapter(k))
    path = os.path.join(folder, "report.yaml")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    text = text[:text.index("chapters:")] + f"chapters: {{body: [{', '.join(names)}]}}\n"
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return [path, "--share", os.path.join(CASES, "share"), "--house", rng.choice(("axis", "plain"))]


def complaints(recto, folder, seed):
    report = make(folder, seed)
    pdf, dump = os.path.join(folder, "report.pdf"), os.path.join(folder, "doc")
    done = subprocess.run([recto, "build", *report, "-o", pdf], capture_output=True, text=True)
    if done.returncode:
        errors = [s for s in done.stderr.split("\n") if "error" in s]
        return [f"exit status {done.returncode}: {(errors or [done.stderr[-300:]])[0]}"]
    with open(dump, "w", encoding="utf-8") as f:
        subprocess.run([recto, "dump", "doc", *report], stdout=f, stderr=subprocess.DEVNULL, check=True)
    return readback.check(pdf, dump)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("recto")
    parser.add_argument("--seed", type=int, default=2013)
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--keep")
    options = parser.parse_args()
    recto, failed = os.path.abspath(options.recto), 0
    for seed in range(options.seed, options.seed + options.count):
        with tempfile.TemporaryDirectory() as tmp:
            folder = os.path.join(options.keep or tmp, f"seed-{seed}")
            shutil.rmtree(folder, ignore_errors=True)
            said = complaints(recto, folder, seed)
        if said:
            failed += 1
            print(f"seed {seed}:")
            for line in said[:4]:
                print("  " + line)
    print(f"generated: seeds {options.seed} to {options.seed + options.count - 1}, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
