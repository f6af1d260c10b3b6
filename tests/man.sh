#!/bin/sh
# Every short name that src/ can log has a paragraph in recto(1), and every
# paragraph a name; so has every name that a case expects. What a report may
# allow is what the page says can be. The page itself has no error, and names every command and option of --help (given RECTO).
#   sh tests/man.sh [RECTO]
set -u
page=docs/man/recto.1
python3 - "$page" <<'PY' || exit 1
import glob, re, sys

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CALLS = re.compile(r"\b(rc_log_error|rc_log_check|rc_log_warning|rc_log_note|rc_log_add|"
                   r"rc_reader_error|rc_load_bad|rc_fail_at|rc_fail_here|say|"
                   r"raise)\s*\(")
# tables whose rows begin with a name
TABLES = re.compile(r"kinds\[\] = \{(.*?)\n\};", re.S)
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')

def arguments(s, i):
    """The first four arguments of a call, as they are written."""
    out, depth, cur = [], 1, ""
    while depth and len(out) < 4:
        m = TEXT.match(s, i)
        if m:
            cur += m.group(0)
            i = m.end()
            continue
        c = s[i]
        depth += (c in "([{") - (c in ")]}")
        if depth == 1 and c == ",":
            out.append(cur)
            cur = ""
        elif depth:
            cur += c
        i += 1
    return out + [cur]

used = {"no-memory"}  # said without a log
for path in glob.glob("src/**/*.c", recursive=True):
    s = open(path, encoding="utf-8").read()
    s = re.sub(r"/\*.*?\*/", " ", s, flags=re.S)
    for m in CALLS.finditer(s):
        for a in arguments(s, m.end())[:4]:
            words = TEXT.findall(a)
            if words and all(NAME.fullmatch(w) for w in words):
                used.update(words)
                break
            if words:
                break
    for t in TABLES.findall(s):
        used.update(re.findall(r'"(unknown-[a-z]+)"', t))
for path in glob.glob("tests/cases/*/expect.diag"):
    for line in open(path, encoding="utf-8"):
        m = re.search(r": (?:error|warning|note): .* \[([a-z0-9-]+)\]$", line)
        if m:
            used.add(m.group(1))

page = open(sys.argv[1], encoding="utf-8").read()
part = page[page.index(".SH DIAGNOSTICS"):page.index(".SH SEE ALSO")]
told = {}
for m in re.finditer(r'^\.BR ([a-z0-9\\-]+) "[^"]*"\n([^.].*)?', part, re.M):
    told[m.group(1).replace("\\-", "-")] = (m.group(2) or "").strip()

bad = False
if len(used) < 80:
    print("man: only", len(used), "names found in src: look at tests/man.sh")
    bad = True
for n in sorted(used - set(told)):
    print(f"man: '{n}' has no paragraph in {sys.argv[1]}")
    bad = True
for n in sorted(set(told) - used):
    print(f"man: nothing in src says '{n}'")
    bad = True
for n, text in sorted(told.items()):
    if not text:
        print(f"man: the paragraph of '{n}' is empty")
        bad = True
# what can be allowed: warnings, notes, and the checks that say so
can = set()
for m in re.finditer(r'^\.BR ([a-z0-9\\-]+) "( \([^"]*\))"$', part, re.M):
    if re.search(r"warning|note|can be allowed", m.group(2)):
        can.add(m.group(1).replace("\\-", "-"))
listed = open("src/doc/allow.c", encoding="utf-8").read()
listed = {w for body in re.findall(r"\*const \w+\[\] = \{(.*?)\};", listed, re.S)
          for w in TEXT.findall(body)} | {"no-claim"}  # which says what was
for n in sorted(can ^ listed):
    print(f"man: '{n}' is allowed in src/doc/allow.c or in the page, not both")
    bad = True
if list(told) != sorted(told):
    print("man: the names are not in order")
    bad = True
sys.exit(bad)
PY
bad=0
if [ $# -gt 0 ]; then
    # as it is printed, without escapes
    for word in $("$1" --help | grep -oE '^  recto [a-z]+|(^| )--?[a-z]+(-[a-z]+)*' | sed 's/recto//'); do
        sed 's/\\-/-/g' $page | grep -qE -e "(^|[^a-z-])$word( |\$|\"|=)" ||
            { echo "man: --help has '$word', $page has not"; bad=1; }
    done
fi
if command -v mandoc >/dev/null; then
    mandoc -Tlint -Wwarning $page || bad=1
elif command -v man >/dev/null; then
    told=$(LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z $page 2>&1 >/dev/null)
    [ -z "$told" ] || { echo "$told"; bad=1; }
fi
[ $bad = 0 ] && echo 'man: every message has its paragraph'
exit $bad
