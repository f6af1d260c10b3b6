#!/usr/bin/env python3
"""The sample's report with its body chapters repeated, to see how time and
memory grow.

    repeat.py TIMES FOLDER     TIMES 1: the report as it is
    repeat.py page FOLDER      a report of one page: no parts but one chapter

Copies get ids of their own; a comment printed by an earlier copy becomes a
plain block quotation of the same words.
"""
import csv
import os
import re
import shutil
import sys

SAMPLE = "samples/ways-of-working-2013"
times, out = sys.argv[1], sys.argv[2]
shutil.rmtree(out, ignore_errors=True)
os.makedirs(f"{out}/chapters")
report = open(f"{SAMPLE}/report.yaml", encoding="utf-8").read()
data = os.path.abspath(f"{SAMPLE}/data")
report = report.replace("data: data/", f"data: {data}/")
start, body, back = report.index("  body:\n"), report.index("  body:\n") + len("  body:\n"), report.index("  back:")
chapters = report[body:back]

if times == "page":
    end = report.index("volumes:")
    rest = report[report.index("chapters:"):end]
    report = report.replace(rest, "chapters:\n  body: [{file: page.md, opening: plain}]\n")
    report = report.replace("structure: annual-report", "structure: one")
    os.makedirs(f"{out}/layouts/one")
    with open(f"{out}/layouts/one/structure.yaml", "w", encoding="utf-8") as f:
        f.write("cover: {title: One page}\nparts:\n  - {name: body, pages: arabic, numbers: none, opening: plain, chapters: [report]}\n")
    with open(f"{out}/chapters/page.md", "w", encoding="utf-8") as f:
        f.write("# One page {#one}\n\n{{ agree 'overall.at_effective' }} of leads agreed.\n")
    open(f"{out}/report.yaml", "w", encoding="utf-8").write(report)
    sys.exit()

comments = {c["id"]: c["text"] for c in csv.DictReader(open(f"{data}/comments.csv", encoding="utf-8"))}
shutil.copytree(f"{SAMPLE}/chapters", f"{out}/chapters", dirs_exist_ok=True)
files = sorted(os.path.relpath(os.path.join(d, f), f"{SAMPLE}/chapters")
               for d, _, names in os.walk(f"{SAMPLE}/chapters") for f in names if f.endswith(".md"))
texts = {f: open(f"{SAMPLE}/chapters/{f}", encoding="utf-8").read() for f in files}
kept = {"foreword.md", "working-group.md"}
ids = set()
for f in files:
    if f not in kept:
        ids |= set(re.findall(r"^#+ .*\{#(.*)\}\s*$", texts[f], re.M)) | set(re.findall(r"^id: *(.*?)\s*$", texts[f], re.M))


def quotes(match):
    names = re.search(r"^comments: *\[(.*?)\]", match.group(0), re.M | re.S)
    if not names:
        return ""
    words = [comments[c.strip()] for c in names.group(1).split(",")]
    return "\n\n".join("> " + w.replace("{", "").replace("*", "") for w in words) + "\n"


def copy(text, k):
    text = re.sub(r"^(#+ .*\{#.*)\}\s*$", rf"\1-{k}}}", text, flags=re.M)
    text = re.sub(r"^(id: *\S.*?)\s*$", rf"\1-{k}", text, flags=re.M)
    text = re.sub(r"^(\s*to: *)(\S+)\s*$", lambda m: m.group(1) + m.group(2) + (f"-{k}" if m.group(2) in ids else ""), text, flags=re.M)
    text = re.sub(r"\]\(#(.*?)(\)| \")", lambda m: f"](#{m.group(1)}{'-%d' % k if m.group(1) in ids else ''}{m.group(2)}", text)
    text = re.sub(r"^```quotes\n.*?^```\n", quotes, text, flags=re.M | re.S)
    return re.sub(r'(include\??) "(.*?)"', rf'\1 "copy{k}/\2"', text)


repeated = chapters
for k in range(2, int(times) + 1):
    for f in files:
        if f in kept:
            continue
        path = f"{out}/chapters/copy{k}/{f}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, "w", encoding="utf-8").write(copy(texts[f], k))
    repeated += re.sub(r"([\w-]+\.md)", rf"copy{k}/\1", chapters)
open(f"{out}/report.yaml", "w", encoding="utf-8").write(report[:body] + repeated + report[back:])
