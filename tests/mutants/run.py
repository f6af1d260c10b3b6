"""Breaks the program on purpose, one line at a time, and sees whether the tests
notice: a test that cannot fail tests nothing. Reads tests/mutants/list.txt.

    make mutants                 all of them (some minutes)
    make mutants ONLY=rounding   those with the word in their name

Each is built and tested in a copy of the tree; the tree itself is not touched.
Exit status 1 if one survives, or if its line is no longer there, once.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

PARTS = ["src", "tests", "layouts", "samples", "fonts", "assets", "docs", "bench",
         "Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"]


def read_list(path):
    """Blocks of `## name`, `file:`, `-` lines, `+` lines, `test:`."""
    mutants = []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("## "):
            mutants.append({"name": line[3:], "old": [], "new": []})
        elif not mutants or not line.strip():
            continue
        elif line.startswith("- ") or line.startswith("+ "):
            mutants[-1]["old" if line[0] == "-" else "new"].append(line[2:])
        elif ": " in line:
            key, value = line.split(": ", 1)
            mutants[-1][key] = value
        else:
            sys.exit(f"{path}:{number}: neither key, '- ' nor '+ '")
    return mutants


def make(tree, goal):
    env = dict(os.environ, MAKEFLAGS="")
    said = subprocess.run(["make", "--no-print-directory", "-j2", goal], cwd=tree,
                          env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return said.returncode, said.stdout.decode("utf-8", "replace")


def change(path, old, new):
    """None when done, else what is wrong."""
    text = open(path, encoding="utf-8").read()
    count = text.count(old)
    if count != 1:
        return f"its line stands there {count} times, not once"
    with open(path, "w", encoding="utf-8") as out:
        out.write(text.replace(old, new))
    return None


def main():
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    mutants = [m for m in read_list("tests/mutants/list.txt") if only in m["name"]]
    tree = tempfile.mkdtemp(prefix="recto-mutants-")
    for part in PARTS:
        copy = shutil.copytree if os.path.isdir(part) else shutil.copy
        copy(part, os.path.join(tree, part))
    bad = 0
    try:
        for goal in sorted({m["test"] for m in mutants}):
            status, said = make(tree, goal)
            if status:
                sys.exit(f"{goal} fails before anything is broken:\n{said[-2000:]}")
        for m in mutants:
            path = os.path.join(tree, m["file"])
            kept = open(path, encoding="utf-8").read()
            why = change(path, "\n".join(m["old"]), "\n".join(m["new"]))
            if not why:
                status, said = make(tree, m["test"])
                if not status:
                    why = f"survives {m['test']}"
                elif re.search(r"^src/\S+\.[ch]:\d+:\d+: error: ", said, re.M):
                    why = "does not compile:\n" + said[-600:]
            with open(path, "w", encoding="utf-8") as out:
                out.write(kept)
            bad += why is not None
            print(f"{'ALIVE ' if why else 'caught'}  {m['name']}"
                  + (f": {m['file']}: {why}" if why else f"  ({m['test']})"), flush=True)
    finally:
        shutil.rmtree(tree)
    print(f"mutants: {len(mutants) - bad} caught, {bad} not")
    return 1 if bad else 0


sys.exit(main())
