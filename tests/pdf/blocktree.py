"""The block tree as `recto dump doc` prints it, and the words that it says must
stand on the pages, in order.

A report's words come in streams: the running text; each figure and table with
what stands round it (they may float); each footnote. A piece of a stream is
text that must stand there, or may (a value for which a bar has no room).
"""
import re

MUST, MAY, GLUED = "must", "may", "glued"


class Block:
    __slots__ = ("word", "rest", "kids")

    def __init__(self, word, rest):
        self.word, self.rest, self.kids = word, rest, []

    def first(self, word):
        for k in self.kids:
            if k.word == word:
                return k
        return None

    def every(self, *words):
        return [k for k in self.kids if k.word in words]

    def line(self, word):
        k = self.first(word)
        return k.rest if k else ""

    def walk(self):
        yield self
        for k in self.kids:
            yield from k.walk()


def parse(text):
    """The whole dump as one block; its kids are what stands at the left edge."""
    top = Block("report", "")
    stack = [(-1, top)]
    for line in text.split("\n"):
        if not line.strip():
            continue
        depth = (len(line) - len(line.lstrip(" "))) // 2
        word, _, rest = line.strip(" ").partition(" ")
        while stack[-1][0] >= depth:
            stack.pop()
        block = Block(word, rest)
        stack[-1][1].kids.append(block)
        stack.append((depth, block))
    return top


# -- inline text -----------------------------------------------------------------

LINK = re.compile(r"\[((?:[^\[\]]|\[\^\d+\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
SAYS = re.compile(r"\{(?:says|short|lang)=[^{}]*\}")


def plain(s, label=lambda target: "?"):
    """Text without the dump's marks; note marks as \\x01N\\x02. `label` gives the
    printed page of a target."""
    s = SAYS.sub("", s)

    def link(m):
        text, to = m.group(1), m.group(2)
        if re.fullmatch(r"[*_]*\?[*_]*", text) and to.startswith("#"):
            return label(to[1:])
        return text
    s = LINK.sub(link, s)
    s = re.sub(r"(\*\*)?(_?)\[\^(\d+)\]\2(?(1)\*\*)", "\x01\\3\x02", s)
    s = re.sub(r"(?<![\d*])\*\*(?=\S| )(.+?)\*\*", r"\1", s)
    s = re.sub(r"(?<!\w)_(.+?)_(?!\w)", r"\1", s)
    return s.replace("~", " ").replace("\u00a0", " ")


def spoken(s, label=lambda target: "?"):
    """The same as it is read aloud: marks of low bases and "*" as words."""
    s = re.sub(r"(\d+\*+|\*+|-)\{says=([^{}]*)\}",
               lambda m: m.group(2) if not m.group(2).startswith(",")
               else m.group(1).rstrip("*") + m.group(2), s)
    return re.sub(r"\x01\d+\x02", "", plain(s, label))


# -- pieces ----------------------------------------------------------------------

class Maker:
    def __init__(self, label):
        self.label = label
        self.pieces = []

    def text(self, s, kind=MUST):
        for part in re.split(r"(\x01\d+\x02)", plain(s, self.label).replace(" / ", " ")):
            if part.startswith("\x01"):
                self.pieces.append((part[1:-1], GLUED))
            elif part.strip():
                self.pieces.append((part.strip(), kind))

    def glued(self, s):
        self.pieces.append((s, GLUED))

    def maybe(self, s):
        self.text(s, MAY)

    def lines(self, block, *words):
        for w in words:
            for k in block.every(w):
                self.text(k.rest)


def split_cells(rest):
    """Cells of a line: what follows each '|', with its arrow taken off."""
    cells = re.split(r" ?\|(?=[ ^v]|$)", rest)[1:]
    return [re.sub(r"^[\^v] ", "", c.strip() if not c.startswith(("^", "v")) else c[1:].strip()) for c in cells]


def values_of(rest):
    """Label, values, nets, what stands after: of a `bar` line."""
    parts = rest.split(" | ")
    if len(parts) == 1 and rest.startswith("|"):
        parts = ["", rest[1:].strip()]
    elif rest.startswith("| "):
        parts = [""] + rest[2:].split(" | ")
    return parts


def make_bar(m, rest, nets, keys, words):
    parts = values_of(rest)
    if parts[0]:
        m.text(parts[0])
    values = parts[1].split(" ") if len(parts) > 1 else []
    at = 2
    if len(values) == keys and keys:
        for v in values:
            if v != ".":
                m.maybe(v)
    elif len(parts) > 1:
        m.text(parts[1])
    if nets and len(parts) > at and len(values) == keys:
        for cell in parts[at].split(" "):
            value, _, other = cell.partition("(")
            if value:
                m.text(value)
            if other:
                m.text(other.rstrip(")v^"))
            if cell.endswith(("^)", "v)")):
                m.text(words["higher" if cell.endswith("^)") else "lower"])
        at += 1
    if len(parts) > at:
        m.text(" | ".join(parts[at:]))


def key_labels(block):
    rest = block.line("keys")
    return [re.sub(r"^[+0x-]\d/\d ", "", k) for k in rest.split(", ")] if rest else []


def split_keys(block):
    """Labels of the keys: a comma inside a label does not part two."""
    rest = block.line("keys")
    return [p.strip() for p in re.split(r",? ?[+0x-]\d+/\d+ ", rest) if p.strip()] if rest else []


def base_notes(block):
    return block.every("note")


class Streams:
    """The words of a report: `flow` (pieces), `units` ([name, pieces]), `notes`."""

    def __init__(self, top, label, section_head):
        self.flow, self.units, self.notes = Maker(label), [], []
        self.label = label
        self.section_head = section_head
        self.cover = {k.rest.split(" = ", 1)[0]: k.rest.split(" = ", 1)[-1]
                      for k in top.every("field")}
        for k in top.kids:
            if k.word == "section":
                self._section(k)
            elif k.word == "footnote":
                m = Maker(label)
                m.text(k.rest)
                self._blocks(m, k.kids)
                self.notes.append(m.pieces)

    def _section(self, s):
        m = re.match(r"depth=(\d+) opening=(\S+)( counts)?( in-contents)? ?(.*)$", s.rest)
        depth, opening, title = int(m.group(1)), m.group(2), m.group(5)
        title, _, target = title.rpartition(" #")
        self.section_head(self, s, depth, opening, title, target)
        skip = ("lead-bar", "band", "entry") + (("lead",) if opening == "divider" else ())
        kids = [k for k in s.kids if k.word not in skip]
        self._blocks(self.flow, kids)

    def _blocks(self, m, kids):
        for k in kids:
            self.block(m, k)

    def block(self, m, k):
        word = k.word
        if word == "heading":
            rest = re.sub(r" #\S+$", "", k.rest.partition(" ")[2]) if re.search(r" #[^\s#]+$", k.rest) else k.rest.partition(" ")[2]
            m.text(rest)
        elif word in ("paragraph", "lead"):
            m.text(k.rest)
        elif word == "list":
            n = int(k.rest.split(" ")[1]) if k.rest else None
            for item in k.kids:
                if n is not None:
                    m.text(f"{n}")
                    m.maybe(".")
                    n += 1
                self._blocks(m, item.kids)
        elif word == "quotes":
            for q in k.kids:
                text, _, speaker = q.rest.rpartition(" | ")
                m.glued("‘")
                m.text(text)
                m.glued("’")
                m.text(speaker)
        elif word == "block-quote":
            self._blocks(m, k.kids)
        elif word == "brief":
            m.text(k.rest)
            self._blocks(m, k.kids)
        elif word == "summary":
            m.text(k.rest)
            for row in k.kids:
                parts = row.rest.split(" | ")
                target = parts.pop()[1:] if parts[-1].startswith("#") else None
                for p in parts:
                    m.text(p)
                if target:
                    m.text(self.label(target))
        elif word == "findings":
            self._findings(m, k)
        elif word == "names":
            m.text(k.rest.partition(" ")[2])
            self._names(m, k)
        elif word == "contents":
            m.maybe(self.house_words.get(k.rest, ""))
            for e in k.kids:
                self._entry(m, e)
        elif word == "fields":
            for f in k.kids:
                name = f.word + (" " + f.rest if f.rest else "")
                left, _, right = name.partition(" = ")
                m.text(left)
                m.text(right)
        elif word == "table":
            self._table(k)
        elif word == "chart":
            self._chart(k)
        elif word == "bars":
            self._bars(m, k)
        elif word == "diagram":
            self._diagram(k)
        elif word in ("page-break", "missing"):
            pass
        else:
            raise ValueError(f"the dump has an unknown block '{word}'")

    def _entry(self, m, e):
        parts = re.match(r"(\d+) (\S+) (.*) #(\S+)$", e.rest)
        if parts.group(2) != "-":
            m.text(parts.group(2))
        m.text(parts.group(3))
        m.text(self.label(parts.group(4)))

    def _names(self, m, k):
        for c in k.kids:
            head, _, names = c.rest.partition(":")
            if head:
                m.text(head)
            for i, name in enumerate(names.split(";")):
                if i:
                    m.pieces.append((";", MAY))
                m.text(name)

    def _findings(self, m, k):
        m.maybe(k.rest)
        for label in split_keys(k):
            m.text(label)
        for f in k.kids:
            if f.word != "finding":
                continue
            m.text(f.line("heading"))
            m.text(f.rest)
            m.text(f.line("text"))
            parts = values_of(f.line("bar"))
            for v in parts[1].split(" ") if len(parts) > 1 else []:
                if v != ".":
                    m.maybe(v)

    def _bars(self, m, k):
        for label in split_keys(k):
            m.text(label)
        for bar in k.every("bar"):
            make_bar(m, bar.rest, 0, len(split_keys(k)), self.house_words)

    lead_bar = _bars

    def _head(self, m, k):
        m.lines(k, "number")
        if " volume" not in " " + k.rest:
            m.lines(k, "scope")
        m.lines(k, "headline", "subtitle")

    def _notes(self, m, k):
        for n in k.every("note"):
            m.text(n.rest)
        if k.first("data") is not None:
            m.text("\x03")       # the link to the data: its words are the house's

    def _chart(self, k):
        m = Maker(self.label)
        self._head(m, k)
        m.lines(k, "low")
        kind = k.rest.split(" ")[0]
        draw = {"stacked": self._stacked, "ranked": self._ranked, "dots": self._dots, "trend": self._trend}[kind]
        draw(m, k)
        self._notes(m, k)
        self.units.append((k, m.pieces))

    def _stacked(self, m, k):
        keys = split_keys(k)
        for label in keys:
            m.text(label)
        m.lines(k, "unit")
        nets = k.every("net")
        if "volume" in k.rest.split(" "):
            m.lines(k, "scope")
        for n in nets:
            m.text(n.rest)
        for bar in k.every("bar"):
            make_bar(m, bar.rest, len(nets), len(keys), self.house_words)

    def _ranked(self, m, k):
        m.lines(k, "unit")
        for r in k.every("ranked"):
            label, _, value = re.sub(r"^named ", "", r.rest).rpartition(" | ")
            m.text(label)
            m.text(value)

    def _dots(self, m, k):
        m.pieces.append(("", "rest"))

    def _trend(self, m, k):
        m.pieces.append(("", "rest"))

    def _diagram(self, k):
        m = Maker(self.label)
        self._head(m, k)
        self._names(m, k_columns(k))
        self._notes(m, k)
        self.units.append((k, m.pieces))

    def _table(self, k):
        m = Maker(self.label)
        self._head(m, k)
        m.lines(k, "caption")
        heads = [h.strip() for h in split_cells(" " + k.line("heads"))]
        heads = [h.replace(" / ", " ") for h in heads]
        spanning = k.line("spanning")
        if spanning and len(heads) > 1:
            m.text(heads[0])
            m.text(spanning)
            heads = heads[1:]
        else:
            heads = self._overs(m, k, heads)
        for h in heads:
            m.text(h)
        for row in k.every("row", "group", "total"):
            for cell in split_cells(" " + row.rest):
                m.text(cell)
        m.lines(k, "arrows", "back")
        self._notes(m, k)
        m.lines(k, "left")
        self.units.append((k, m.pieces))


    def _overs(self, m, k, heads):
        """The first row of heads over heads; returns the second."""
        below, overs = [], {}
        for over in k.every("over"):
            at, _, text = over.rest.partition(" ")
            first, last = (int(n) for n in at.split(".."))
            overs[first - 1] = (last, text)
        i = 0
        while overs and i < len(heads):
            last, text = overs.get(i, (i + 1, heads[i]))
            m.text(text)
            if i in overs:
                below += heads[i:last]
            i = last
        return below if overs else heads


def k_columns(k):
    out = Block("names", "")
    out.kids = k.every("column")
    return out
