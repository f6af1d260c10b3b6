"""The CSV files that --attach-data puts into a PDF, held against what the report
prints: python3 tests/pdf/attached.py RECTO REPORT.yaml [OPTION...]

Files are taken out with pdfdetach, the tables of "Data for Figure ..." read with
pdftotext, the links between them with qpdf.
"""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal

HEAD = "item,statement,group,wave,answer,printed,unrounded,count,base"
problems = []


def problem(text):
    problems.append(text)


def run(*command):
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        sys.exit(f"{command[0]} fails:\n{done.stderr.decode()}")
    return done.stdout


def spaced(text):
    return " " + " ".join(text.split()) + " "


def tables(pdf):
    """What stands under each "Data for Figure N", as words."""
    raw = run("pdftotext", "-raw", pdf, "-").decode()
    raw = re.sub(r"(Data for Figure [A-Z0-9.]+), continued", "", raw)
    parts = re.split(r"^Data for Figure ([A-Z]?[0-9.]+[0-9])(?= |$)", raw, flags=re.M)
    return {n: spaced(t) for n, t in zip(parts[1::2], parts[2::2])}


def rows_of(name, text):
    if not text.endswith("\r\n") or "\n" in text.replace("\r\n", ""):
        problem(f"{name}: lines do not end with CRLF")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if ",".join(rows[0]) != HEAD:
        problem(f"{name}: head is {rows[0]}")
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def check_row(name, row):
    """What is printed is the unrounded figure, rounded once."""
    if not row["unrounded"]:
        return
    exact = Decimal(row["unrounded"])
    if row["printed"] in ("*", "-", "0"):
        if not 0 <= exact < Decimal("0.5"):
            problem(f"{name}: {row['printed']} is printed for {exact}")
        return
    places = Decimal(1).scaleb(-len(row["printed"].partition(".")[2]))
    if str(exact.quantize(places, ROUND_HALF_UP)) != row["printed"]:
        problem(f"{name}: {row['printed']} is printed for {exact}")


def check_table(name, rows, table):
    """The printed figures of each statement, in order, are in the data table."""
    lines = {}
    trend = len({row["wave"] for row in rows}) > 1
    dots = len({row["answer"] for row in rows}) == 1
    for row in rows:
        if dots or row["group"] == rows[0]["group"]:  # others have their own
            key = (row["item"], row["group"] if trend else "")
            lines.setdefault(key, []).append(row["printed"] or "\u2013")
    if len(lines) == 1 and not trend and not dots:  # ranked by answers?
        values = list(lines.values())[0]
        if spaced(" ".join(values)) not in table:
            lines = {i: [value] for i, value in enumerate(values)}
    at = 0
    for key, values in lines.items():
        found = table.find(spaced(" ".join(values)), at)
        if found < 0:
            problem(f"{name}: the table has no row {values} for {key}")
            return
        at = found + 1


def check_links(pdf, names):
    """Each Figure with a file is associated with it; the catalog names all."""
    objects = json.loads(run("qpdf", "--json=2", "--json-key=qpdf", pdf))["qpdf"][1]

    def get(ref):
        held = objects[f"obj:{ref}"]
        return held["stream"]["dict"] if "stream" in held else held["value"]

    linked = []
    dated = get(objects["trailer"]["value"]["/Info"]).get("/ModDate")
    for held in objects.values():
        value = held.get("value")
        if not isinstance(value, dict) or "/AF" not in value:
            continue
        if value.get("/S") != "/Figure" or len(value["/AF"]) != 1:
            problem(f"an associated file of {value.get('/S')}")
        spec = get(value["/AF"][0])
        stream = get(spec["/EF"]["/F"])
        name = spec["/UF"].removeprefix("u:")
        linked.append(name)
        if spec["/AFRelationship"] != "/Data" or spec["/F"] != spec["/UF"]:
            problem(f"{name}: file specification {spec}")
        if stream["/Subtype"] != "/text/csv":
            problem(f"{name}: is {stream['/Subtype']}")
        if get(stream["/Params"]).get("/ModDate") != dated:
            problem(f"{name}: another date than the report's")
    if sorted(linked) != sorted(names):
        problem(f"linked are {len(linked)} files, attached {len(names)}")


def main(recto, report, *options):
    with tempfile.TemporaryDirectory() as tmp:
        pdf, again = os.path.join(tmp, "a.pdf"), os.path.join(tmp, "b.pdf")
        for out in (pdf, again):
            run(recto, "build", report, "--attach-data", *options, "-o", out)
        with open(pdf, "rb") as a, open(again, "rb") as b:
            if a.read() != b.read():
                problem("two runs give different bytes")
        folder = os.path.join(tmp, "files")
        os.mkdir(folder)
        run("pdfdetach", "-saveall", "-o", folder, pdf)
        names = sorted(os.listdir(folder))
        shown = tables(pdf)
        if names != sorted(f"figure-{n}.csv" for n in shown):
            problem(f"{len(names)} files, {len(shown)} tables")
        checked = 0
        for name in names:
            with open(os.path.join(folder, name), newline="", encoding="utf-8") as f:
                rows = rows_of(name, f.read())
            for row in rows:
                check_row(name, row)
            checked += len(rows)
            number = name[len("figure-"):-len(".csv")]
            if number in shown:
                check_table(name, rows, shown[number])
        check_links(pdf, names)
    print("\n".join(problems[:20]) or
          f"{len(names)} files with {checked} figures, as printed")
    return bool(problems) or not names


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
