#!/usr/bin/env python3
"""Batches of volumes: the same bytes however they are made, nothing lost
whatever is killed, only what changed is made.

    check.py RECTO [NAME...]     all tests, or those whose names are given
"""
import glob
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from survey import ITEMS, Survey  # noqa: E402

RECTO = os.path.abspath(sys.argv[1])
TOP = os.path.dirname(os.path.dirname(HERE))
SCHEMA = jsonschema.Draft202012Validator(json.load(open(f"{TOP}/docs/manifest.schema.json")))
SEED = int(os.environ.get("SEED", "5"))
PATIENCE = 60  # seconds, for what should take less than one


class Failed(Exception):
    pass


def need(truth, *words):
    if not truth:
        raise Failed(" ".join(str(w) for w in words))


def same(a, b, *words):
    need(a == b, *words, f"{a!r} is not {b!r}")


# -- running -------------------------------------------------------------------
def start(*args, **more):
    return subprocess.Popen([RECTO, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def run(*args, status=0, **more):
    p = start(*args, **more)
    out, err = p.communicate(timeout=PATIENCE)
    same(p.returncode, status, "exit status of", *args, "\n" + err)
    return out, err


def volumes(survey, out, *args, status=0):
    """Runs it, checks the manifest, and gives the events by key, and the last."""
    said, err = run("volumes", f"{survey.folder}/report.yaml", "-o", out, "--format=json", *args, status=status)
    events = [json.loads(line) for line in said.splitlines()]
    manifest(out)
    return {e["key"]: e for e in events if e["event"] == "volume"}, events[-1] if events else None


def manifest(out):
    m = json.load(open(f"{out}/manifest.json", encoding="utf-8"))
    for wrong in SCHEMA.iter_errors(m):
        raise Failed(f"{out}/manifest.json: {wrong.message} at {list(wrong.path)}")
    by_key = {v["key"]: v for v in m["volumes"]}
    for v in m["volumes"]:
        if v["status"] == "made":
            bytes_ = open(f"{out}/{v['file']}", "rb").read()
            same(hashlib.sha256(bytes_).hexdigest(), v["output"], v["file"])
    return by_key


def pdfs(out):
    return {os.path.basename(p)[:-4]: open(p, "rb").read() for p in glob.glob(f"{out}/*.pdf")}


def clean(out):
    """Nothing but volumes and the manifest."""
    odd = [n for n in os.listdir(out) if not n.endswith(".pdf") and n != "manifest.json"]
    same(odd, [], f"left in {out}:")


def workers(pid):
    try:
        return [int(p) for p in open(f"/proc/{pid}/task/{pid}/children").read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def is_at_work(worker, parent):
    """Past its first steps: stderr is a pipe of its own."""
    return os.readlink(f"/proc/{worker}/fd/2") != os.readlink(f"/proc/{parent}/fd/2")


def catch_worker(p):
    """The first worker of a run, stopped."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for w in workers(p.pid):
            try:
                if is_at_work(w, p.pid):
                    os.kill(w, signal.SIGSTOP)
                    return w
            except (FileNotFoundError, ProcessLookupError):
                pass
        need(p.poll() is None, "the run was over before it had a worker")
    raise Failed("no worker came")


# -- what all tests share -----------------------------------------------------------
class World:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        self.survey = Survey(f"{folder}/survey")
        self.report = f"{self.survey.folder}/report.yaml"
        self.reference = None

    def new(self):
        self.count += 1
        return f"{self.folder}/out{self.count}"

    def alone(self):
        """Each volume made by a process of its own, by `recto build`."""
        if not self.reference:
            self.reference = {}
            for a in self.survey.areas:
                out = f"{self.folder}/alone-{a}.pdf"
                run("build", self.report, "--volume", a, "-o", out)
                self.reference[a] = open(out, "rb").read()
        return self.reference

    def check(self, out):
        got = pdfs(out)
        same(sorted(got), sorted(self.alone()), "volumes in", out)
        for k, v in self.alone().items():
            need(got[k] == v, f"{out}/{k}.pdf is not as it is alone")
        clean(out)


# -- tests -----------------------------------------------------------------------------
def test_no_crosstalk(w):
    """Random orders, subsets and numbers of workers: each volume is itself
    rendered alone."""
    rnd = random.Random(SEED)
    alone = w.alone()
    for turn in range(8):
        out = w.new()
        keys = rnd.sample(w.survey.areas, rnd.randrange(1, len(w.survey.areas) + 1))
        shuffled = Survey(f"{w.folder}/shuffled{turn}", seed=7)  # the same, areas weighed otherwise
        args = [a for k in keys for a in ("--only", k)]
        volumes(shuffled, out, f"-j{rnd.randrange(1, 6)}", *args)
        same(sorted(pdfs(out)), sorted(keys), "turn", turn)
        for k, v in pdfs(out).items():
            need(alone[k] == v, f"turn {turn}: {k} differs from itself alone ({args})")
        clean(out)


def test_workers_and_shards(w):
    whole = w.new()
    volumes(w.survey, whole, "-j2")
    w.check(whole)
    for n in (1, 3, 4):
        parts = []
        for i in range(1, n + 1):
            parts.append(w.new())
            volumes(w.survey, parts[-1], "--shard", f"{i}/{n}", f"-j{1 + i % 2}")
        held = [k for p in parts for k in pdfs(p)]
        same(sorted(held), sorted(w.survey.areas), f"{n} shards")
        need(max(len(pdfs(p)) for p in parts) - min(len(pdfs(p)) for p in parts) <= 1, "shards of one weight are not even")
        joined = w.new()
        junit = f"{w.folder}/joined.xml"
        run("merge", *parts, "-o", joined, "--junit", junit)
        w.check(joined)
        manifest(joined)
        same(len(xml.parse(junit).findall(".//testcase")), len(w.survey.areas), "test cases")
        _, end = volumes(w.survey, joined)
        same((end["made"], end["unchanged"]), (0, len(w.survey.areas)), "after merge")


def test_merge_is_strict(w):
    parts = [w.new() for _ in range(3)]
    for i, p in enumerate(parts):
        volumes(w.survey, p, "--shard", f"{i + 1}/3")
    _, err = run("merge", parts[0], parts[2], status=1)
    need("shard-missing" in err, err)
    _, err = run("merge", *parts, parts[1], status=1)
    need("shards-overlap" in err, err)
    other = Survey(f"{w.folder}/other")
    other.text("chapters/volume.md", open(f"{other.folder}/chapters/volume.md").read().replace("agreed on", "agreed about"))
    volumes(other, parts[1], "--shard", "2/3")
    _, err = run("merge", *parts, status=1)
    need("shards-differ" in err and "chapters" in err, err)
    volumes(w.survey, parts[1], "--shard", "2/3")
    lost = glob.glob(f"{parts[1]}/*.pdf")[0]
    os.remove(lost)
    _, err = run("merge", *parts, status=1)
    need("volume-missing" in err, err)
    _, err = run("merge", w.new(), status=3)
    volumes(w.survey, parts[1], "--shard", "2/3")
    said, _ = run("merge", *parts)
    same(sorted(v["key"] for v in json.loads(said)["volumes"]), sorted(w.survey.areas), "printed by merge")


def test_wrong_use(w):
    out = w.new()
    for args in (["--shard", "0/2"], ["--shard", "3/2"], ["--shard", "1/0"], ["--shard", "a/b"], ["--shard", "2"], ["--shard", "1/99"],
                 ["--only", "at-slw"], ["-j", "0"], ["--timeout", "soon"], ["--force=1"], ["--jobs", "2"], ["--per"], ["--json"],
                 ["--volume", "at-01"]):
        _, err = run("volumes", w.report, "-o", out, *args, status=2)
        need(err, "nothing said of", args)
    _, err = run("volumes", w.report, "-o", out, "--only", "at-slw", status=2)
    need("did you mean 'at-slow'?" in err, err)
    _, err = run("volumes", w.report, "-o", out, "--per", "aria", status=1)
    need("area" in err, err)
    need(not glob.glob(f"{out}/*"), "something was written")


def test_list(w):
    said, _ = run("list", w.report, "--json")
    data = json.loads(said)
    same([v["key"] for v in data["volumes"]], w.survey.areas, "list")
    said, _ = run("list", w.report, "--json", "--per", "region")
    same([v["key"] for v in json.loads(said)["volumes"]], ["r0", "r1", "r2"], "regions")
    run("list", w.report, status=2)


def made(events):
    return sorted(k for k, e in events.items() if e["status"] == "made")


def test_only_what_changed(w):
    s = Survey(f"{w.folder}/changing")
    out = w.new()
    events, _ = volumes(s, out)
    same((made(events), events["at-01"]["why"]), (sorted(s.areas), "new"), "first run")
    events, end = volumes(s, out)
    same((events, end["unchanged"]), ({}, len(s.areas)), "second run")

    s.comments[3][5] = "Now we say something else."  # of at-01
    s.save()
    events, _ = volumes(s, out)
    same(list(events), ["at-01"], "one changed comment")
    same(events["at-01"]["why"], "data changed")

    # one answer more for yes in place of no: the area, its region, all
    area = s.areas[4]
    s.counts[area]["work", "clear"][0] += 1
    s.counts[area]["work", "clear"][2] -= 1
    s.save()
    before = pdfs(out)
    events, _ = volumes(s, out)
    same(len(events), len(s.areas), "all read the nation's counts")
    after = pdfs(out)
    changed = {k for k in s.areas if after[k] != before[k]}
    same(made(events), sorted(changed), "one changed count")
    need(area in made(events), "the area itself is not made")
    for k, e in events.items():
        same(e["why"], "data changed", k)
    fresh = w.new()
    volumes(s, fresh)
    same(pdfs(fresh), after, "made anew")

    s.text("chapters/only/at-02.md", "Only here.\n")
    events, _ = volumes(s, out)
    same((made(events), events["at-02"]["why"]), (["at-02"], "chapters changed"), "one chapter")
    s.text("chapters/only/none.md", "# Unused\n")
    events, end = volumes(s, out)
    same((made(events), end["same"]), ([], len(s.areas)), "a chapter nobody reads")

    os.remove(f"{out}/at-03.pdf")
    with open(f"{out}/at-04.pdf", "r+b") as f:
        f.truncate(1000)
    os.utime(f"{out}/at-05.pdf")  # touched, not changed
    events, _ = volumes(s, out)
    same({k: e["why"] for k, e in events.items()}, {"at-03": "output missing", "at-04": "output changed"}, "outputs")

    events, _ = volumes(s, out, "--house", "plain")
    same((made(events), events["at-01"]["why"].split()[-3:]), (sorted(s.areas), ["house", "style", "changed"]), "house style")
    events, _ = volumes(s, out, "--force", "--only", "at-0[12]")
    same({k: e["why"] for k, e in events.items()}, {"at-01": "forced", "at-02": "forced"}, "forced")


def test_program(w):
    """Another program makes all anew; the same without its symbols does not.
    One without the linker's digest is read whole."""
    out, copy = w.new(), f"{w.folder}/recto-copy"

    def by(*command):
        subprocess.run([*command], check=True)
        p = subprocess.run([copy, "volumes", w.report, "-o", out, "--share", TOP, "--format=json"], capture_output=True, text=True)
        same(p.returncode, 0, p.stderr)
        return {e["why"] for e in map(json.loads, p.stdout.splitlines()) if e["event"] == "volume"}

    volumes(w.survey, out)
    same(by("strip", "-o", copy, RECTO), set(), "stripped")
    same(by("objcopy", "--remove-section", ".note.gnu.build-id", RECTO, copy), {"program changed"}, "without its note")
    same(by("true"), set(), "without its note, again")
    with open(copy, "ab") as f:
        f.write(b"more")
    same(by("true"), {"program changed"}, "a byte more")


def test_seen(w):
    """Files as the last run saw them are not read again; whatever happens to
    one is noticed, whoever sets its time back."""
    s = Survey(f"{w.folder}/seen")
    out, path = w.new(), f"{s.folder}/data/comments.csv"

    def seen():
        manifest(out)
        return [i.get("seen") for i in json.load(open(f"{out}/manifest.json"))["inputs"].values()]

    def edit(text):
        before = os.stat(path)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        same(os.stat(path).st_size, before.st_size)

    volumes(s, out)
    same(seen(), [None], "files that have just been changed")
    time.sleep(3.1)
    _, end = volumes(s, out)
    first = seen()
    need(end["unchanged"] == len(s.areas) and first[0], "nothing changed")
    written = os.stat(f"{out}/manifest.json").st_mtime_ns
    volumes(s, out)
    same((seen(), os.stat(f"{out}/manifest.json").st_mtime_ns), (first, written), "seen again")
    text = open(path, encoding="utf-8").read()
    edit(text.replace("In at-01 we said 0", "In at-01 we said 9"))
    time.sleep(3.1)
    events, _ = volumes(s, out)
    same((made(events), seen()[0] == first[0]), (["at-01"], False), "changed, its time set back")
    edit(text.replace("In at-01 we said 0", "In at-01 we said 8"))
    events, _ = volumes(s, out)
    same(made(events), ["at-01"], "changed again at once")
    shutil.copy2(path, path + ".new")
    os.replace(path + ".new", path)
    events, end = volumes(s, out)
    same(made(events), [], "another file, the same in it")
    volumes(s, out, "--house", "plain", "--only", "at-01")
    events, _ = volumes(s, out, "--only", "at-0[12]")
    same((made(events), len(seen())), (["at-01"], 1), "another house style, and back")


MARKS = """
```bars
item: work.clear
groups: [group, parent, whole]
```

```chart
type: dots
id: fig-dots
question: work
headline: Dots
groups: [parent, group]
```
"""


def printed(s, area):
    """The figures of a volume: the area's own counts, and of its region and the
    nation the whole percentages of MARKS and of the text."""
    figures = [tuple(map(tuple, s.counts[area].values()))]
    for members in ([a for a in s.areas if s.region[a] == s.region[area]], s.areas):
        for item in (i[:2] for i in ITEMS if i[0] == "work"):
            counts = [sum(s.counts[a][item][n] for a in members) for n in range(3)]
            all_ = sum(counts)
            shown = counts if item == ("work", "clear") else counts[:1]
            figures.append([(200 * c + all_) // (2 * all_) for c in shown])
    return figures


def test_one_count(w):
    """Counts changed by chance: made are the volumes that print a figure that
    is another now, and those that are not made would be the same bytes."""
    rnd = random.Random(SEED)
    s = Survey(f"{w.folder}/counts", areas=23)

    def save():
        s.save()
        for a in s.areas:
            s.text(f"chapters/only/{a}.md", MARKS)

    save()
    out, kept = w.new(), 0
    volumes(s, out)
    for turn in range(12):
        before = {a: printed(s, a) for a in s.areas}
        area, item = rnd.choice(s.areas), rnd.choice(ITEMS)[:2]
        give, take = rnd.sample(range(3), 2)
        give, take = (give, take) if s.counts[area][item][give] else (take, give)
        s.counts[area][item][give] -= 1
        s.counts[area][item][take] += 1
        save()
        events, _ = volumes(s, out)
        changed = sorted(a for a in s.areas if printed(s, a) != before[a])
        same(made(events), changed, f"turn {turn}: {area}, {item}")
        fresh = w.new()
        volumes(s, fresh)
        need(pdfs(fresh) == pdfs(out), f"turn {turn}: a volume that was kept is not as it is made anew")
        kept += len(events) - len(changed)
    need(kept > 12 * len(s.areas) / 3, f"only {kept} volumes were bound and kept")


def test_dry_run(w):
    out = w.new()
    said, _ = run("volumes", w.report, "-o", out, "--dry-run")
    same(said.splitlines()[0], "at-slow: new")
    need(not os.path.exists(out), "--dry-run made the folder")


def test_gone(w):
    s = Survey(f"{w.folder}/shrinking")
    out = w.new()
    volumes(s, out)
    with open(f"{out}/mine.pdf", "w") as f:
        f.write("not from here")
    gone = s.areas.pop()
    del s.region[gone], s.size[gone]
    s.comments = [c for c in s.comments if c[1] != gone]
    s.save()
    _, err = run("volumes", s.folder + "/report.yaml", "-o", out)
    need(f"{gone}: no longer wanted" in err and "--prune" in err, err)
    need(os.path.exists(f"{out}/{gone}.pdf"), "removed without --prune")
    run("volumes", s.folder + "/report.yaml", "-o", out, "--prune", "--dry-run")
    need(os.path.exists(f"{out}/{gone}.pdf"), "removed by --dry-run")
    run("volumes", s.folder + "/report.yaml", "-o", out, "--per", "region", "--prune")
    need(os.path.exists(f"{out}/{gone}.pdf"), "removed for another kind of group")
    run("volumes", s.folder + "/report.yaml", "-o", out, "--prune")
    need(not os.path.exists(f"{out}/{gone}.pdf"), "not removed")
    need(os.path.exists(f"{out}/mine.pdf"), "--prune removed a file that is not its own")
    need(gone not in manifest(out), "still in the manifest")


def test_mistakes(w):
    s = Survey(f"{w.folder}/broken")
    out = w.new()
    volumes(s, out)
    before = pdfs(out)
    s.broken = "at-02"
    s.save()
    junit = f"{w.folder}/broken.xml"
    p = start("volumes", s.folder + "/report.yaml", "-o", out, "--force", "--junit", junit)
    _, err = p.communicate(timeout=PATIENCE)
    same(p.returncode, 1, "exit status")
    need("at-02: not made" in err and "unknown-item" in err and "at-03: 1 page" in err, err)
    same(pdfs(out)["at-02"], before["at-02"], "the older file")
    m = manifest(out)
    same((m["at-02"]["status"], m["at-02"]["exit"], m["at-02"]["messages"][0]["name"]), ("failed", 1, "unknown-item"))
    tree = xml.parse(junit)
    same([c.get("name") for c in tree.findall(".//testcase") if c.find("failure") is not None], ["at-02"], "failures")
    same(tree.find("testsuite").get("tests"), str(len(s.areas)))
    events, _ = volumes(s, out, status=1)
    same({k: e["why"] for k, e in events.items()}, {"at-02": "failed before"}, "again")
    s.broken = s.areas[0]  # the first to be handed out
    s.save()
    _, end = volumes(s, out, "--force", "--fail-fast", "-j1", status=1)
    need(end["left"] > 0 and end["failed"] == 1, "fail-fast", end)


def test_kill_at_any_moment(w):
    rnd = random.Random(SEED)
    alone = w.alone()
    began = time.monotonic()
    run("volumes", w.report, "-o", w.new(), "-j2")
    whole = time.monotonic() - began
    for turn in range(6):
        out = w.new()
        p = start("volumes", w.report, "-o", out, "-j2")
        time.sleep(rnd.uniform(0, whole))
        p.kill()
        p.communicate()
        held = pdfs(out)
        for k, v in held.items():
            need(v == alone[k], f"turn {turn}: {k}.pdf is not whole")
        journal = f"{out}/.recto-journal"
        noted = sum('"key"' in line for line in open(journal)) if os.path.exists(journal) else None
        events, end = volumes(w.survey, out)
        if noted is not None:
            same(end["unchanged"], noted, f"turn {turn}: kept of {noted}")
        w.check(out)


def test_torn_journal(w):
    out = w.new()
    volumes(w.survey, out)
    m = json.load(open(f"{out}/manifest.json"))
    taken = m["volumes"].pop()
    inputs = m["inputs"]
    json.dump(m, open(f"{out}/manifest.json", "w"))
    with open(f"{out}/.recto-journal", "w") as f:
        f.write(json.dumps(inputs) + "\n" + json.dumps(taken) + "\n" + json.dumps(taken)[:77])
    open(f"{out}/at-01.pdf.123-0.part", "w").close()
    _, end = volumes(w.survey, out)
    same(end["unchanged"], len(w.survey.areas), "taken over from the journal")
    w.check(out)
    open(f"{out}/manifest.json", "a").write("x")
    _, err = run("volumes", w.report, "-o", out, status=1)
    need("bad-manifest" in err, err)


def lose_workers(w, times, hurt, *args):
    """A run in which the first `times` workers are hurt while they make a
    volume; its status and what it said."""
    out = w.new()
    p = start("volumes", w.report, "-o", out, "-j1", *args)
    for _ in range(times):
        worker = catch_worker(p)
        hurt(worker)
        while os.path.exists(f"/proc/{worker}") and p.poll() is None:
            time.sleep(0.001)
    said, err = p.communicate(timeout=PATIENCE)
    manifest(out)
    return out, p.returncode, err


def crash(worker):
    os.kill(worker, signal.SIGSEGV)
    try:
        os.kill(worker, signal.SIGCONT)
    except ProcessLookupError:
        pass


def test_crash(w):
    out, status, err = lose_workers(w, 1, crash)
    same(status, 0, err)
    need("at-slow: its process was ended by signal 11; tried once more" in err, err)
    w.check(out)
    out, status, err = lose_workers(w, 2, crash)
    same(status, 4, err)
    need("worker-lost" in err, err)
    m = manifest(out)
    same([k for k in m if m[k]["status"] == "failed"], ["at-slow"], "failed")
    same(len(pdfs(out)), len(w.survey.areas) - 1, "the rest")
    _, end = volumes(w.survey, out)
    same(end["made"], 1, "tried by the next run")
    w.check(out)


def test_memory(w):
    def starve(worker):
        kib = int(next(line for line in open(f"/proc/{worker}/status") if line.startswith("VmSize")).split()[1])
        resource.prlimit(worker, resource.RLIMIT_AS, (kib * 1024, kib * 1024))
        resource.prlimit(worker, resource.RLIMIT_DATA, (4096, 4096))
        os.kill(worker, signal.SIGCONT)
    out, status, err = lose_workers(w, 1, starve)
    same(status, 0, err)
    need("at-slow: out of memory; tried once more" in err or "ended by signal" in err, err)
    w.check(out)


def test_timeout(w):
    out, status, err = lose_workers(w, 1, lambda worker: None, "--timeout", "1.5")
    same(status, 0, err)
    need("at-slow: over its time; tried once more" in err, err)
    w.check(out)
    out = w.new()
    events, _ = volumes(w.survey, out, "--timeout", "0.02", "--only", "at-slow", status=4)
    same(events["at-slow"]["messages"][0]["name"], "worker-lost")


def test_signals(w):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        out = w.new()
        p = start("volumes", w.report, "-o", out, "-j1")
        worker = catch_worker(p)
        p.send_signal(number)
        time.sleep(0.05)
        os.kill(worker, signal.SIGCONT)
        _, err = p.communicate(timeout=PATIENCE)
        same(p.returncode, 128 + number, err)
        need("Interrupted" in err, err)
        same(list(manifest(out)), ["at-slow"], "what was under way is finished")
        _, end = volumes(w.survey, out)
        same((end["made"], end["unchanged"]), (len(w.survey.areas) - 1, 1), "gone on with")
        w.check(out)
    out = w.new()  # a second signal drops what is under way
    p = start("volumes", w.report, "-o", out, "-j1")
    worker = catch_worker(p)
    p.send_signal(signal.SIGINT)
    time.sleep(0.1)
    p.send_signal(signal.SIGINT)
    p.communicate(timeout=PATIENCE)
    same(p.returncode, 130)
    same(manifest(out), {}, "dropped")


def test_workers_die_with_their_parent(w):
    p = start("volumes", w.report, "-o", w.new(), "-j2")
    worker = catch_worker(p)
    p.kill()
    p.communicate()
    end = time.monotonic() + PATIENCE
    while os.path.exists(f"/proc/{worker}") and time.monotonic() < end:
        time.sleep(0.01)
    need(not os.path.exists(f"/proc/{worker}"), "a worker outlived its parent")


def test_two_at_once(w):
    out = w.new()
    p = start("volumes", w.report, "-o", out, "-j1")
    worker = catch_worker(p)
    _, err = run("volumes", w.report, "-o", out, status=4)
    need("in-use" in err, err)
    os.kill(worker, signal.SIGCONT)
    p.communicate(timeout=PATIENCE)
    w.check(out)


def test_nowhere_to_write(w):
    place = f"{w.folder}/file"
    open(place, "w").close()
    _, err = run("volumes", w.report, "-o", f"{place}/out", status=3)
    need("unwritable-file" in err, err)
    _, err = run("volumes", w.report, "-o", place, status=3)


def test_full_disk(w):
    disk = w.new()
    os.makedirs(disk)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "none", disk], capture_output=True).returncode:
        return "needs root and leave to mount"
    try:
        p = start("volumes", w.report, "-o", disk, "-j2", "--only", "at-0*")
        _, err = p.communicate(timeout=PATIENCE)
        same(p.returncode, 4, err)
        need("no-space" in err, err)
        for k, v in pdfs(disk).items():
            need(v == w.alone()[k], f"{k}.pdf is not whole")
        same(glob.glob(f"{disk}/*.part"), [], "half written")
        need(p.returncode == 4)
        subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
        _, end = volumes(w.survey, disk, "--only", "at-0*")
        same(end["failed"], 0, "with room")
    finally:
        subprocess.run(["umount", disk])
    return None


def test_sample(w):
    """The sample's volumes, by workers and by shards."""
    report = f"{TOP}/samples/ways-of-working-2013/report.yaml"
    outs = [w.new(), w.new(), w.new(), w.new()]
    run("volumes", report, "-o", outs[0], "-j1")
    run("volumes", report, "-o", outs[1], "-j2", "--shard", "1/2")
    run("volumes", report, "-o", outs[2], "-j3", "--shard", "2/2")
    run("merge", outs[1], outs[2], "-o", outs[3])
    same(pdfs(outs[0]), pdfs(outs[3]), "sample")
    key = sorted(pdfs(outs[0]))[SEED % 27]
    run("build", report, "--volume", key, "-o", f"{w.folder}/one.pdf")
    need(open(f"{w.folder}/one.pdf", "rb").read() == pdfs(outs[0])[key], f"{key} alone")
    manifest(outs[0])


def main():
    tests = {n[5:]: f for n, f in globals().items() if n.startswith("test_")}
    bad = 0
    folder = tempfile.mkdtemp()
    try:
        world = World(folder)
        for name in sys.argv[2:] or tests:
            began = time.monotonic()
            try:
                skipped = tests[name](world)
                if skipped:
                    print(f"batch: SKIP {name}: {skipped}")
            except (Failed, subprocess.TimeoutExpired, OSError, KeyError, ValueError) as e:
                print(f"batch: {name} FAILED: {type(e).__name__} {e}")
                bad += 1
            if "TIMES" in os.environ:
                print(f"{name}: {time.monotonic() - began:.2f} s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"batch: {len(tests) - bad} passed, {bad} failed" if not sys.argv[2:] else f"batch: {bad} failed")
    sys.exit(1 if bad else 0)


main()
