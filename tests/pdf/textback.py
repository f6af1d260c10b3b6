"""Text comes out as it went in.

The block tree's words must stand in the tree of tags, in order (`align`); the
contents of each page must stand in the tree's order; and what poppler and
mutool read from each page, heads and feet apart, must be exactly those words.
"""
import collections
import os
import re
import subprocess
import tempfile

import pikepdf

import blocktree
from blocktree import GLUED, MAY, MUST
from pdfread import Mark, Node, join


class Differs(Exception):
    """The first place where two texts differ."""


# -- the tree of tags as streams ----------------------------------------------------

class Chars:
    """Characters without blanks, each with its mark; where runs end."""

    def __init__(self, name):
        self.name = name
        self.chars, self.marks, self.ends = [], [], set()
        self.before = []     # 0 no blank before, 1 a blank, 2 either

    def add(self, mark):
        for run in mark.runs:
            for ch in run.text.translate(LIGATURES):
                if not ch.isspace() and ch not in "\u200b\u00ad\u2028":
                    self.chars.append(ch)
                    self.marks.append(mark)
            self.ends.add(len(self.chars))
        self.ends.add(len(self.chars))

    def near(self, at):
        text = "".join(self.chars)
        page = self.marks[min(at, len(self.marks) - 1)].page + 1 if self.marks else 0
        return f"page {page}, {self.name}: ...{text[max(0, at - 30):at]}|{text[at:at + 40]}..."


def is_bare(div):
    """Bars without number, caption, notes."""
    figure = div.nodes()[0]
    return len(div.nodes()) == 1 and figure.tag == "Figure" and not figure.nodes()


class Tagged:
    def __init__(self, pdf):
        self.flow = Chars("running text")
        self.units, self.bare, self.notes = [], [], []
        self.places = {}     # by unit: characters of running text before it
        self._walk(pdf.root, self.flow)

    def _walk(self, node, into):
        for kid in node.kids:
            if isinstance(kid, Mark):
                into.add(kid)
            elif isinstance(kid, Node):
                self._node(kid, into)

    def _node(self, node, into):
        kinds = {k.tag for k in node.nodes()}
        if node.tag == "Div" and kinds & {"Figure", "Table"} and not is_bare(node):
            chars = Chars(f"unit {len(self.units) + 1}")
            self.units.append((node, chars))
            self.places[id(node)] = len(into.chars)
        elif node.tag == "Figure" and into.name == "running text":
            chars = Chars(f"figure {len(self.bare) + 1}")
            self.bare.append((node, chars))
        elif node.tag == "Note":
            chars = Chars(f"note {len(self.notes) + 1}")
            self.notes.append((node, chars))
        else:
            self._walk(node, into)
            return
        self._walk(node, chars)


# Ligatures that are characters of their own come out as letters, or not: mutool
# does not know ActualText.
LIGATURES = str.maketrans({0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
                           0xFB06: "st"})


def squeeze(s):
    return re.sub(r"[\s\u200b\u00ad\u2028]+", "", s.translate(LIGATURES))


def align(pieces, into):
    """Matches pieces with a stream's characters and sets `before`."""
    text = "".join(into.chars)
    into.before = [1] * len(text)
    at = 0
    for piece, kind in pieces:
        if kind == "rest":
            owner = into.marks[at].owner if at < len(text) else None
            while at < len(text) and into.marks[at].owner is owner:
                at += 1
            spread(into, at, owner)
            continue
        if piece == "\x03":
            while at < len(text) and into.marks[at].owner.up("Link") is None and into.marks[at].owner.tag != "Link":
                raise Differs(f"no link to the data at {into.near(at)}")
            owner = into.marks[at].owner if at < len(text) else None
            start = at
            while at < len(text) and into.marks[at].owner is owner:
                at += 1
            words(into, start, into.marks[start].text())
            continue
        bare = squeeze(piece)
        here = text.startswith(bare, at)
        if kind == MAY and here and bare != ";":
            here = at + len(bare) in into.ends
        if here:
            if kind == GLUED:
                for i in range(at, at + len(bare)):
                    into.before[i] = 0
                into.before[at] = 2
                if at + len(bare) < len(text):
                    into.before[at + len(bare)] = 2
            else:
                first = into.before[at] if at < len(text) else 1
                words(into, at, piece)
                if at < len(text):
                    into.before[at] = 2 if first == 2 else (0 if bare == ";" else 1)
            at += len(bare)
        elif kind != MAY:
            same = len(os.path.commonprefix([bare, text[at:at + len(bare)]]))
            raise Differs(f"expected {bare[same:same + 40]!r} (of {piece[:40]!r}) at {into.near(at + same)}")
    if at < len(text):
        raise Differs(f"nothing more expected at {into.near(at)}")


def words(into, at, piece):
    """Where the blanks of a piece stand."""
    blank = True
    for ch in piece.translate(LIGATURES):
        if ch.isspace():
            blank = True
        elif ch not in "\u200b\u00ad\u2028":
            if into.before[at] != 2:
                into.before[at] = 1 if blank else 0
            blank = False
            at += 1


def spread(into, end, owner):
    """A drawing whose words are matched elsewhere: blanks as the runs have them."""
    if owner is None:
        return
    start = next(i for i, m in enumerate(into.marks) if m.owner is owner)
    seen = []
    for m in into.marks[start:end]:
        if not seen or seen[-1] is not m:
            seen.append(m)
    at = start
    for m in seen:
        text = join(m.runs)
        words(into, at, text)
        at += len(squeeze(text))


# -- the streams of a report ----------------------------------------------------------

class Report(blocktree.Streams):
    """Streams, with the figures without number apart from the running text."""

    def __init__(self, top, label, house_words):
        self.bare, self.places = [], []  # by unit: pieces of running text before it
        self.house_words = house_words
        super().__init__(top, label, Report.head)

    def block(self, m, k):
        before, count = len(self.flow.pieces), len(self.units)
        super().block(m, k)
        for _ in self.units[count:]:
            self.places.append((k, before))

    @staticmethod
    def head(self, s, depth, opening, title, target):
        m = self.flow
        bars = s.first("lead-bar")
        if opening == "inside-cover":
            return
        if opening == "divider":
            number, _, words = title.partition(" ")
            m.text(f"{self.house_words['chapter']} {number}")
            m.text(words)
            for lead in s.every("lead"):
                m.text(lead.rest)
            for e in s.every("entry"):
                self._entry(m, e)
            for b in s.every("band"):
                for part in b.rest.split(" | ")[1:]:
                    m.text(part)
            return
        m.text(title)
        if bars is not None:
            self._bars(m, bars)

    def _bars(self, m, k):
        own = blocktree.Maker(self.label)
        blocktree.Streams._bars(self, own, k)
        self.bare.append(own.pieces)

    def _findings(self, m, k):
        m.maybe(k.rest)
        for label in blocktree.split_keys(k):
            m.text(label)
        for f in k.every("finding"):
            m.text(f.line("heading"))
            m.text(f.rest)
            m.text(f.line("text"))
            own = blocktree.Maker(self.label)
            parts = blocktree.values_of(f.line("bar"))
            for v in parts[1].split(" ") if len(parts) > 1 else []:
                if v != ".":
                    own.maybe(v)
            if len(parts) > 1:
                self.bare.append(own.pieces)


# What both house styles write by themselves.
HOUSE_WORDS = {"higher": "higher", "lower": "lower", "chapter": "Chapter", "chapters": "Chapters", "figures": "Figures", "tables": "Tables"}


def page_label(pdf):
    def label(target):
        dest = pdf.names().get(target)
        if dest is None:
            return "?"
        d = pdf.destination(dest)
        return pdf.labels[d.page] or "?"
    return label


def cover_pieces(pdf, report):
    if not pdf.root.nodes() or pdf.root.nodes()[0].title != "cover":
        return []
    cover = blocktree.Maker(report.label)
    for name in ("line.1", "line.2", "line.3", "title", "subtitle", "for"):
        cover.text(report.cover.get("cover." + name, ""))
    return cover.pieces


def against_blocks(pdf, top, house_words=None):
    """The tags say the block tree's words. Returns all streams, aligned."""
    report = Report(top, page_label(pdf), house_words or HOUSE_WORDS)
    cover = cover_pieces(pdf, report)
    report.flow.pieces[:0] = cover
    tagged = Tagged(pdf)
    align(report.flow.pieces, tagged.flow)
    out = [tagged.flow]
    for name, found, wanted in (("figures and tables", [c for _, c in tagged.units], [p for _, p in report.units]),
                                ("figures without number", [c for _, c in tagged.bare], report.bare),
                                ("notes", [c for _, c in tagged.notes], report.notes)):
        if len(found) != len(wanted):
            raise Differs(f"{len(found)} {name} in the tags, {len(wanted)} in the block tree")
        if wanted is report.bare:
            out += match_any(found, wanted)
            continue
        for chars, pieces in zip(found, wanted):
            align(pieces, chars)
            out.append(chars)
    return out


def match_any(found, wanted):
    """Bars at the foot of an opening come after others of its page."""
    left = list(wanted)
    for chars in found:
        for i, pieces in enumerate(left):
            try:
                align(pieces, chars)
            except Differs:
                if i + 1 == len(left):
                    raise
                continue
            del left[i]
            break
    return found


# -- the pages ------------------------------------------------------------------------

def without_artifacts(source, to):
    """A copy that holds only what is tagged."""
    pdf = pikepdf.open(source)
    for page in pdf.pages:
        keep, hidden, nest = [], 0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            op = str(operator)
            if op in ("BDC", "BMC"):
                artifact = str(operands[0]) == "/Artifact"
                nest.append(artifact)
                hidden += artifact
                if artifact:
                    continue
            elif op == "EMC":
                if nest.pop():
                    hidden -= 1
                    continue
            if hidden and op in ("Tj", "TJ", "f", "S", "re", "m", "l", "c", "h", "n"):
                if op in ("f", "S"):
                    keep.append(([], pikepdf.Operator("n")))
                continue
            keep.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(keep))
    pdf.save(to)


def read_pages(tool, path):
    if tool == "poppler":
        out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    else:
        out = subprocess.run(["mutool", "draw", "-q", "-F", "txt", path], capture_output=True, check=True)
    return out.stdout.decode("utf-8").split("\f")


HYPHENS = "-\u2010\u2013\u2014/"


def compare_page(name, wanted, text):
    """`wanted`: [(char, blank before it, a run ends before it)]; `text`: what a tool
    read. A word that is too long for its line is broken: its rest begins a line."""
    at, blank, newline, last = 0, True, True, ""
    for ch in text.translate(LIGATURES):
        if ch.isspace():
            blank, newline = True, newline or ch == "\n"
            continue
        if ch in "\u200b\u00ad":
            continue
        if at >= len(wanted) or wanted[at][0] != ch:
            raise Differs(f"{name}: {ch!r} where {show(wanted, at)} was expected")
        before = wanted[at][1]
        broken = newline and before == 0 and (last in HYPHENS or wanted[at][2])
        if at and before == 1 and not blank:
            raise Differs(f"{name}: no blank before {show(wanted, at)}")
        if at and before == 0 and blank and not broken:
            raise Differs(f"{name}: a blank before {show(wanted, at)}")
        at += 1
        blank = newline = False
        last = ch
    if at < len(wanted):
        raise Differs(f"{name}: missing {show(wanted, at)}")


def show(wanted, at):
    text = "".join((" " if b else "") + c for c, b, *_ in wanted[max(0, at - 25):at + 25])
    i = len("".join((" " if b else "") + c for c, b, *_ in wanted[max(0, at - 25):at]))
    return repr(text[:i] + "|" + text[i:])


def page_words(pdf, streams):
    """For each page its characters in the order of the contents."""
    of = collections.defaultdict(list)
    for s in streams:
        for i, ch in enumerate(s.chars):
            of[id(s.marks[i])].append((ch, s.before[i] if s.before else 1, i in s.ends))
    return [[ch for m in page.marks if m.artifact is None for ch in of.get(id(m), [])] for page in pdf.pages]


def against_tools(pdf, path, streams):
    """poppler and mutool read every page's words as they are."""
    wanted = page_words(pdf, streams)
    with tempfile.TemporaryDirectory() as folder:
        bare = os.path.join(folder, "bare.pdf")
        without_artifacts(path, bare)
        for tool in ("poppler", "mutool"):
            texts = read_pages(tool, bare)
            for i, page in enumerate(wanted):
                compare_page(f"page {i + 1} by {tool}", page, texts[i] if i < len(texts) else "")
