#!/bin/sh
# Every key, role, directive, function and field that an author or a designer
# can write stands in docs/layout-format.md or docs/house-format.md, and every
# key that house-format.md names is one. docs/accessibility.md has every check
# and every criterion.
#   sh tests/docs.sh
set -u
python3 - <<'PY' || exit 1
import glob, re, sys

def read(path):
    return open(path, encoding="utf-8").read()

def strings(text):
    return re.findall(r'"([a-zA-Z0-9_.?-]+)"', text)

bad = False
def need(name, where, doc):
    """`name` as a word of its own in the document."""
    global bad
    if not re.search(r"(?<![\w-])" + re.escape(name) + r"(?![\w-])", doc):
        print(f"docs: {where} has no '{name}'")
        bad = True

layout = read("docs/layout-format.md")
house = read("docs/house-format.md")

# -- docs/house-format.md -----------------------------------------------------
CALL = re.compile(r'\b(?:LEN|LEN_OR|SHIFT|LENS|LEN2|INT|PCT|REAL|STR|COLOUR|'
                  r'COLOURS|FILLS|RULE|OTHER)\("([a-z0-9.-]+)"')
ROW = re.compile(r'\{"([a-z0-9.-]+)", KEY_')
keys = read("src/style/keys.c")
house_keys = set(CALL.findall(keys)) | set(ROW.findall(keys))
roles = set(re.findall(r'\[RC_ROLE_\w+\] = "([a-z0-9-]+)"',
                       read("src/style/text.c")))
role_keys = set(ROW.findall(read("src/style/text.c")))
master_keys = set(ROW.findall(read("src/style/masters.c")))
if len(house_keys) < 150 or len(roles) < 50 or len(master_keys) < 30:
    print("docs: too few keys found in src/style: look at tests/docs.sh")
    bad = True
for k in sorted(house_keys | roles | role_keys | master_keys):
    need(k, "docs/house-format.md", house)
# the first column of its tables names keys, and nothing else
for cell in re.findall(r"^\| (`.*?) \|", house, re.M):
    for k in re.findall(r"`([^`]+)`", cell):
        if k not in house_keys | roles | role_keys | master_keys:
            print(f"docs: '{k}' in docs/house-format.md is no key")
            bad = True

# -- docs/layout-format.md ----------------------------------------------------
ARRAY = re.compile(r"\*const (\w*keys)\[\] = \{(.*?)\}", re.S)
for path in sorted(glob.glob("src/doc/*.c")):
    for name, body in ARRAY.findall(read(path)):
        for k in strings(body):
            need(k, "docs/layout-format.md", layout)
for k in re.findall(r'WORD\("([a-z-]+)"', read("src/doc/words.c")):
    need(k, "docs/layout-format.md", layout)
table = read("src/doc/dir.c")
table = table[table.index("#define COMMON"):table.index("enum { DIRECTIVES")]
directives = set(strings(table)) - {"list"}  # the body itself may be the list
if len(directives) < 40:
    print("docs: too few directives found in src/doc/dir.c")
    bad = True
for k in sorted(directives):
    need(k, "docs/layout-format.md", layout)
functions = set()
for path in glob.glob("src/script/*.c"):
    functions |= set(re.findall(r'\{"([a-z_]+)", (?:word|math|string)_',
                                read(path)))
fields = set()
for body in re.findall(r"\*const \w+\[\] = \{(.*?)NULL", read(
        "src/script/fields.c"), re.S):
    fields |= set(strings(body))
if len(functions) < 50 or len(fields) < 40:
    print("docs: too few functions or fields found in src/script")
    bad = True
for k in sorted(functions | fields):
    need(k, "docs/layout-format.md", layout)

# -- docs/accessibility.md ------------------------------------------------------
access = read("docs/accessibility.md")
allow = read("src/doc/allow.c")
checks = strings(re.search(r"checks\[\] = \{(.*?)\}", allow, re.S).group(1))
if len(checks) < 5:
    print("docs: too few checks found in src/doc/allow.c")
    bad = True
for k in checks:
    need(k, "docs/layout-format.md", layout)
    if f"| `{k}` |" not in access:
        print(f"docs: docs/accessibility.md has no row for '{k}'")
        bad = True
criteria = re.findall(r"^\| (\d\.\d\.\d+) ", access, re.M)
if len(criteria) != 55 or criteria != sorted(
        criteria, key=lambda c: [int(n) for n in c.split(".")]):
    print(f"docs: docs/accessibility.md has {len(criteria)} criteria of WCAG 2.2, "
          "A and AA: 55 in order are wanted")
    bad = True
sys.exit(bad)
PY
echo 'docs: every key, directive and function is explained'
