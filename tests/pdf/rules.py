"""What a conformance checker cannot judge: rules of a report for people who hear
it. Each rule is a generator of complaints; `RULES` names them all.

A rule reads `c`, a Case: the PDF (pdfread), the block tree (blocktree), and the
figures and tables of both side by side.
"""
import re

import blocktree
import textback
from pdfread import Mark, join

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
BLOCKS = HEADINGS + ("P", "Figure", "Caption", "Lbl", "TOCI", "TR", "Note")


class Case:
    def __init__(self, pdf, top):
        self.pdf, self.top = pdf, top
        self.label = textback.page_label(pdf)
        self.tagged = textback.Tagged(pdf)
        blocks = textback.Report(top, self.label, textback.HOUSE_WORDS)
        self.units = list(zip([n for n, _ in self.tagged.units], [b for b, _ in blocks.units]))
        self.unit_counts = (len(self.tagged.units), len(blocks.units))
        self.blocks = blocks
        self.cover = sum(len(textback.squeeze(p)) for p, _ in textback.cover_pieces(pdf, blocks))
        self.nodes = list(pdf.root.walk())


def same(s):
    """For comparing: a word may be broken over lines."""
    return re.sub(r"[\s\u200b\u00ad]+", "", s)


def title_of(node):
    """A heading's text without the marks of notes."""
    runs = []
    for m in node.marks():
        n = m.owner
        while n is not node and n.tag != "Reference":
            n = n.parent
        if n is node:
            runs += m.runs
    return join(runs)


def clean(s):
    return re.sub(r"\s+", " ", s.replace("\u00a0", " ").replace("\u200b", "")).strip()


# -- order -----------------------------------------------------------------------

def boxes(node):
    """By page, the box of all that a node holds."""
    out = {}
    for m in node.marks():
        if m.box is None:
            continue
        b = out.get(m.page)
        out[m.page] = m.box if b is None else (min(b[0], m.box[0]), min(b[1], m.box[1]),
                                              max(b[2], m.box[2]), max(b[3], m.box[3]))
    return out


def stops(node):
    """The blocks of the running text in order; figures and tables are one."""
    for k in node.nodes():
        kinds = {n.tag for n in k.nodes()}
        if k.tag in ("Document", "Part", "Sect", "BlockQuote", "L", "LI", "LBody", "TOC") or (
                k.tag == "Div" and not kinds & {"Figure", "Table"}):
            yield from stops(k)
        else:
            yield k


def order_of_contents(c):
    """The contents of each page are drawn in the order of the tree."""
    place = {}
    for i, m in enumerate(c.pdf.root.marks()):
        place[id(m)] = i
    for page in c.pdf.pages:
        last = None
        for m in page.marks:
            if m.mcid is None:
                continue
            if last is not None and place.get(id(m), -1) < place.get(id(last), -1):
                yield f"page {page.index + 1}: {m.text()[:40]!r} is drawn after {last.text()[:40]!r} and read before it"
            last = m


def order_on_the_page(c):
    """What is read later does not stand above, unless in a column to the right."""
    before = {}
    for stop in stops(c.pdf.root):
        inside = list(stop.nodes()) if stop.tag == "Div" else [stop]
        for part in inside:
            for page, box in boxes(part).items():
                old = before.get(page)
                if old is not None and part.tag != "Note":
                    above = box[1] >= old[0][3] - 1
                    right = box[0] >= old[0][2] - 1
                    beside = part is not inside[0] and box[2] <= old[0][0] + 1
                    floats = stop.tag == "Div" and part is inside[0] and at_head(c, stop)
                    if above and not (right or beside or floats):
                        yield f"{part.where()} stands above {old[1].where()} that is read before it"
                if part.tag != "Note":
                    before[page] = (box, part)


def pages_in_order(c):
    """What stands side by side in the tree comes page by page."""
    for n in c.nodes:
        last, who = 0, None
        if n.tag in ("Table", "TR", "THead", "TBody") or n.up("Table", "Figure"):
            continue
        for k in n.nodes():
            page = k.page()
            if page is None or k.tag in ("Note", "Lbl"):
                continue
            if page < last:
                yield f"{k.where()} comes after {who.where()}"
            last, who = page, k


def notes_after_marks(c):
    """A note follows the block with its mark, at once."""
    marked = set()
    for n in c.nodes:
        if n.tag == "Reference":
            for k in n.annots():
                marked.add(clean(n.text()))
        if n.tag == "Note":
            label = clean(n.nodes()[0].text()) if n.nodes() else ""
            if label not in marked:
                yield f"{n.where()}: read before its mark"


# Words that may stand in the running text or not, all together.
SLACK = 60


def figures_in_place(c):
    """A figure or table stands where the block tree has it, or has floated to the
    head of a page within its section."""
    if c.unit_counts[0] != c.unit_counts[1]:
        yield f"{c.unit_counts[0]} figures and tables in the tags, {c.unit_counts[1]} in the block tree"
        return
    chars = [c.cover]
    for piece, kind in c.blocks.flow.pieces:
        chars.append(chars[-1] + (len(textback.squeeze(piece)) if kind != blocktree.MAY else 0))
    for (node, block), (_, at) in zip(c.units, c.blocks.places):
        want = chars[at]
        have = c.tagged.places[id(node)]
        if have < want - SLACK:
            yield f"{node.where()} stands {want - have} characters before its place"
        elif have > want + SLACK and not floated(c, node, want, have):
            yield f"{node.where()} stands {have - want} characters behind its place and at no head of a page"


def at_head(c, node):
    """Nothing stands above it on its page but other figures and tables."""
    page = node.page()
    top = max(b[3] for p, b in boxes(node).items() if p == page)
    own = {id(n) for n, _ in c.units}
    for m in c.pdf.pages[page].marks:
        if m.mcid is None or m.box is None or m.box[1] < top - 1:
            continue
        n = m.owner
        while n is not None and id(n) not in own:
            n = n.parent
        if n is None:
            return False
    return True


def floated(c, node, want, have):
    if not at_head(c, node):
        return False
    return not any(is_numbered(m.owner if m.owner.tag in HEADINGS else m.owner.up(*HEADINGS))
                   for m in c.tagged.flow.marks[want:have])


def is_numbered(heading):
    return heading is not None and bool(heading.nodes()) and heading.nodes()[0].actual is not None


# -- headings, outline ---------------------------------------------------------------

def level_of(number):
    return len([p for p in number.split(".") if p])


def headings(c):
    """A proper outline: H1 first, no level skipped, numbers as deep as levels."""
    before = 0
    for n in c.nodes:
        if n.tag not in HEADINGS:
            continue
        level, text = int(n.tag[1]), clean(n.text())
        if not text:
            yield f"{n.where()}: empty"
        if level > before + 1:
            yield f"{n.where()}: follows H{before}"
        number = re.match(r"(\d+(?:\.\d+)*|[A-Z](?:\.\d+)+) \S", text)
        if number and n.nodes() and n.nodes()[0].tag == "Span" and level_of(number.group(1)) != level:
            yield f"{n.where()}: '{number.group(1)}' is a heading of level {level_of(number.group(1))}"
        before = level


def outline(c):
    """Bookmarks say the headings, in order and level, and lead to them."""
    heads = [n for n in c.nodes if n.tag in HEADINGS]
    said = [same(title_of(n)) for n in heads]
    at, before = 0, 0
    if not c.pdf.outline:
        yield "no outline"
    for level, title, dest in c.pdf.outline:
        title = clean(title)
        if level > before + 1:
            yield f"bookmark '{title}': level {level} follows {before}"
        before = level
        if dest is None:
            yield f"bookmark '{title}' leads nowhere"
            continue
        found = next((i for i in range(at, len(heads)) if said[i] == same(title) or is_below_number(heads[i], said[i], title)),
                     None)
        if found is None:
            # a title without a heading of its own: its section's title
            sect = next((n for n in c.nodes if n.tag == "Sect" and n.title and clean(n.title) == title), None)
            if sect is None:
                yield f"bookmark '{title}': no heading says so"
            elif sect.page() != dest.page:
                yield f"bookmark '{title}' leads to page {dest.page + 1}, the section is on {sect.page() + 1}"
            continue
        at = found + 1
        n = heads[found]
        if int(n.tag[1]) != level:
            yield f"bookmark '{title}': level {level}, the heading is {n.tag}"
        yield from leads_to(c, f"bookmark '{title}'", dest, n)


def is_below_number(heading, text, title):
    """A divider has its number in a line of its own: "Chapter 9"."""
    number, _, rest = title.partition(" ")
    if text != same(rest):
        return False
    before = heading.parent.nodes()
    line = before[before.index(heading) - 1] if before.index(heading) else None
    return line is not None and clean(line.text()).endswith(" " + number)


def leads_to(c, who, dest, node):
    box = boxes(node).get(dest.page)
    if box is None:
        yield f"{who} leads to page {dest.page + 1}, {node.where()}"
    elif dest.y is not None and dest.y < box[3] - 12:
        yield f"{who}: what it leads to stands above where it leads"


def numbered_in_outline(c):
    """Every heading with a number of one or two parts has its bookmark."""
    marks = {same(t) for _, t, _ in c.pdf.outline}
    for n in c.nodes:
        if n.tag in ("H1", "H2") and n.nodes() and n.nodes()[0].tag == "Span" and n.nodes()[0].actual:
            if same(title_of(n)) not in marks:
                yield f"{n.where()}: no bookmark"


# -- charts ------------------------------------------------------------------------

def say(value):
    if value == "*":
        return "less than 0.5 per cent"
    return "0" if value in ("-", ".", "") else value


def wanted_of_chart(c, block):
    """What the alternative text has to hold, in order."""
    talk = lambda s: clean(blocktree.spoken(s, c.label))
    yield from (talk(block.line(w)) for w in ("number", "headline"))
    if block.word == "diagram":
        yield talk(block.line("subtitle"))
        for col in block.every("column"):
            head, _, names = col.rest.partition(":")
            yield talk(head)
            yield from (talk(n) for n in names.split(";"))
        return
    yield talk(block.line("scope"))
    yield talk(block.line("subtitle"))
    for n in block.every("note")[:1]:
        if n.rest.startswith("**Base"):
            yield talk(n.rest)
    yield talk(block.line("low"))
    yield talk(block.line("unit"))
    keys = blocktree.split_keys(block)
    nets = [n.rest.split(" / ") for n in block.every("net")]
    for bar in block.every("bar"):
        parts = blocktree.values_of(bar.rest)
        yield talk(parts[0])
        values = parts[1].split(" ")
        if len(values) != len(keys):
            yield talk(parts[1][0].lower() + parts[1][1:])
            continue
        yield ", ".join(f"{k} {say(v)}" for k, v in zip(keys, values))
        if len(parts) > 2 and nets:
            for net, cell in zip(nets, parts[2].split(" ")):
                value, _, other = cell.partition("(")
                yield f"{net[0]} {say(value)}"
                if other:
                    yield f"{net[1]} {other.rstrip(')v^')}"
                    if cell.endswith(("^)", "v)")):
                        yield "higher" if cell.endswith("^)") else "lower"
    for r in block.every("ranked"):
        label, _, value = re.sub(r"^named ", "", r.rest).rpartition(" | ")
        yield f"{talk(label)} {say(value)}"
    for row in block.every("dots"):
        parts = [p.strip() for p in re.split(r" \|(?= )", row.rest)]
        yield talk(parts[0])
        # "Midlands and East 74 North 62": names and values, one after the other
        yield from (f"{name.strip()} {value}" for name, value in re.findall(r"(\D+?) ([\d.*-]+)(?= |$)", parts[1]))
        for p in parts[2:]:
            yield p
    for s in block.every("series"):
        name, _, points = s.rest.partition(" | ") if " | " in s.rest else ("", "", s.rest.lstrip("| "))
        for value in re.findall(r" ([\d.]+\*?)(?= |$)", " " + points):
            yield value


def chart_units(c):
    for node, block in c.units:
        if block.word in ("chart", "diagram"):
            yield node, block


def alternative_texts(c):
    """They hold title, who was asked, base and every value, in sentences."""
    for node, block in chart_units(c):
        figure = next((n for n in node.nodes() if n.tag == "Figure"), None)
        if figure is None:
            yield f"{node.where()}: no Figure for {block.line('number')}"
            continue
        alt = clean(figure.alt or "")
        at = 0
        for part in wanted_of_chart(c, block):
            if not part:
                continue
            found = alt.find(part.rstrip("."), at)
            if found < 0 and block.word == "chart" and block.rest.startswith(("dots", "trend")):
                found = alt.find(part.rstrip("."))
            if found < 0:
                yield f"{block.line('number') or node.where()}: {part[:70]!r} is not in the alternative text"
                break
            at = max(at, found)
    for n in c.nodes:
        if n.tag == "Figure":
            yield from readable(n)


def readable(n):
    alt = n.alt or ""
    if not alt.strip():
        yield f"{n.where()}: no alternative text"
        return
    if not alt.rstrip().endswith((".", "?", "!")):
        yield f"{n.where()}: the alternative text ends within a sentence: {alt[-40:]!r}"
    for wrong in ("  ", "..", " ,", " .", "*", "~", "\n", ":.", "?.", " ;", "_", "()"):
        if wrong in alt.replace("\u00a0", " "):
            at = alt.replace("\u00a0", " ").index(wrong)
            yield f"{n.where()}: {wrong!r} in the alternative text: {alt[max(0, at - 20):at + 20]!r}"
    sentences = [s.strip() for s in re.split(r"(?<=[.?!]) (?=[A-Z‘])", alt) if len(s.split()) > 3]
    for s in set(sentences):
        if sentences.count(s) > 1 and ":" not in s:
            yield f"{n.where()}: says twice {s[:60]!r}"


def data_beside(c):
    """A chart with a number leads to its data table, its own or one of several
    charts, which has the same values and leads back."""
    tables = {b.line("number"): (n, b) for n, b in c.units if b.word == "table"}
    if not any(b.first("data") for _, b in c.units):
        return
    for node, block in chart_units(c):
        if block.word != "chart" or not block.line("number"):
            continue
        name = block.line("data")
        if name not in tables:
            yield f"{block.line('number')}: no data table '{name}'"
            continue
        table, rows = tables[name]
        links = [a for n in node.nodes() if n.tag != "Figure" for a in n.annots() if a.dest]
        if not any(a.dest.page in boxes(table) for a in links):
            yield f"{block.line('number')}: no link beside it to its data on page {table.page() + 1}"
        back = [a for a in table.annots() if a.dest]
        if not any(a.dest.page in boxes(node) for a in back):
            yield f"{name}: no link back to page {node.page() + 1}"
        if block.rest.startswith(("stacked", "dots")):
            yield from same_values(block, part_of(rows, block))


def part_of(rows, block):
    """Of a joined table the rows below the chart's own head, if it has one."""
    part, mine = blocktree.Block("part", ""), False
    for r in rows.kids:
        if r.word == "group":
            mine = r.rest.lstrip("| ").startswith(f"[{block.line('number')}]")
        elif mine:
            part.kids.append(r)
    return part if part.kids else rows


def same_dots(block, rows):
    """Each row's values stand in a row of the same name: one with a full label
    has its short form there, so that one is looked for by its values."""
    cells = [[blocktree.SAYS.sub("", x).strip("*") for x in blocktree.split_cells(" " + r.rest)]
             for r in rows.every("row", "total")]
    names = {row[0] for row in cells}
    for dots in block.every("dots"):
        parts = [p.strip() for p in re.split(r" \|(?= )", dots.rest)]
        values = [v for p in parts[1:] for v in re.findall(r"(?:^|\D )([\d.]+|\*|-)(?= |$)", p)]
        found = [r for r in cells if r[0] == parts[0] or parts[0] not in names]
        if not any(all(r[1:].count(v) >= values.count(v) for v in values) for r in found):
            yield f"{block.line('number')}: {parts[0]!r} says {values}, no row of the data does"


def same_values(block, rows):
    if block.rest.startswith("dots"):
        yield from same_dots(block, rows)
        return
    keys = len(blocktree.split_keys(block))
    bars = [blocktree.values_of(b.rest) for b in block.every("bar")]
    cells = [blocktree.split_cells(" " + r.rest) for r in rows.every("row", "total")]
    if len(bars) != len(cells):
        yield f"{block.line('number')}: {len(bars)} bars, {len(cells)} rows of data"
        return
    for bar, row in zip(bars, cells):
        values = bar[1].split(" ")
        if len(values) != keys:
            continue
        shown = [blocktree.SAYS.sub("", v) for v in row[1:1 + keys]]
        if [say(v) for v in values] != [say(v) for v in shown]:
            yield f"{block.line('number')}: bars say {values}, the data {shown}"


def nothing_twice(c):
    """What an alternative text says stands nowhere beside it, and no block says
    what the one before it said."""
    last = None
    own = [same(blocktree.plain(b.rest, c.label)) for b in c.top.walk() if b.word == "paragraph"]
    repeated = {s for s in own if own.count(s) > 1} if len(set(own)) < len(own) else set()
    for stop in stops(c.pdf.root):
        parts = stop.nodes() if stop.tag == "Div" else [stop]
        alts = [p.alt for p in parts if p.tag == "Figure" and p.alt]
        for p in parts:
            text = clean(p.spoken())
            if p.tag != "Figure" and len(text.split()) > 3:
                for alt in alts:
                    if text.rstrip(".") in clean(alt):
                        yield f"{p.where()}: the alternative text of the figure beside it says the same"
            if last and len(text.split()) > 4 and text == last and same(text) not in repeated:
                yield f"{p.where()}: says what the block before it said"
            last = text
            if p.tag == "Figure" and p.alt:
                for k in p.walk():
                    if k is not p and k.alt:
                        yield f"{k.where()}: alternative text inside alternative text"


# -- tables ------------------------------------------------------------------------

def rows_of(table):
    for k in table.nodes():
        if k.tag in ("THead", "TBody", "TFoot"):
            yield from (r for r in k.nodes() if r.tag == "TR")
        elif k.tag == "TR":
            yield k


def grid_of(table):
    """[[(cell, column, row)]] with spans laid out; complaints as strings."""
    held, rows, width = {}, [], None
    for r, tr in enumerate(rows_of(table)):
        at, row = 0, []
        for cell in tr.nodes():
            while held.get((r, at)):
                at += 1
            for dr in range(cell.row_span):
                for dc in range(cell.col_span):
                    held[(r + dr, at + dc)] = cell
            row.append((cell, at))
            at += cell.col_span
        while held.get((r, at)):
            at += 1
        if width is None:
            width = at
        if at != width:
            yield f"{table.where()}: row {r + 1} has {at} columns, the first {width}"
        rows.append((r, row))
    yield (rows, held, width or 0)


def tables(c):
    """Every cell has its heads; rows are equally long; heads say something."""
    for table in (n for n in c.nodes if n.tag == "Table"):
        grid = None
        for said in grid_of(table):
            if isinstance(said, str):
                yield said
            else:
                grid = said
        rows, held, width = grid
        ids = {n.id: n for n in table.walk() if n.id}
        if not rows:
            yield f"{table.where()}: no rows"
            continue
        has_headers = any(n.headers for n in table.walk())
        for r, row in rows:
            for cell, col in row:
                yield from cell_heads(table, cell, r, col, held, ids, has_headers)


def cell_heads(table, cell, r, col, held, ids, has_headers):
    text = cell.spoken()
    if cell.tag == "TH":
        if not text:
            yield f"{table.where()}: an empty TH in row {r + 1}"
        if cell.scope not in ("Column", "Row", "Both"):
            yield f"{table.where()}: TH {text!r} has no scope"
    heads = []
    for h in cell.headers:
        if h not in ids or ids[h].tag != "TH":
            yield f"{table.where()}: {text!r} names a head {h!r} that is no TH of its table"
        else:
            heads.append(ids[h])
    if cell.tag != "TD" or not text:
        return
    above = [held[(k, col)] for k in range(r) if (k, col) in held]
    columns = [h for h in above if h.tag == "TH" and h.scope == "Column" and h.spoken()]
    left = [held[(r, k)] for k in range(col) if (r, k) in held]
    lefts = [h for h in left if h.tag == "TH" and h.scope == "Row"]
    two_columns = not any(h.scope == "Column" for h in table.walk())
    if not columns and not two_columns:
        yield f"{table.where()}: {text!r} in row {r + 1} has no head over it"
    if not lefts and col > 0:
        yield f"{table.where()}: {text!r} in row {r + 1} has no head at its left"
    if has_headers:
        if not cell.headers:
            yield f"{table.where()}: {text!r} in row {r + 1} names no heads"
        for h in columns + lefts:
            if h.col_span < 2 and h not in heads and h.tag == "TH":
                if not (h.scope == "Row" and h.col_span > 1):
                    yield f"{table.where()}: {text!r} in row {r + 1} does not name {h.spoken()!r}"


# -- notes, links --------------------------------------------------------------------

def footnotes(c):
    """Marks and notes lead to each other."""
    notes = {}
    for n in c.nodes:
        if n.tag != "Note":
            continue
        if not n.id:
            yield f"{n.where()}: no ID"
        label = n.nodes()[0] if n.nodes() else None
        if label is None or label.tag != "Lbl":
            yield f"{n.where()}: no label"
            continue
        notes[clean(label.text())] = n
    wanted = [b.rest for b in c.top.every("footnote")]
    if sorted(notes) != sorted(wanted):
        yield f"notes {sorted(notes)} in the tags, {sorted(wanted)} in the block tree"
    marks = {}
    for n in c.nodes:
        if n.tag == "Reference" and n.has("Lbl") and n.up("TOCI") is None:
            marks.setdefault(clean(n.text()), []).append(n)
    for text, note in notes.items():
        if text not in marks:
            yield f"{note.where()}: no mark"
            continue
        for mark in marks[text]:
            there = [a.dest for a in mark.annots() if a.dest]
            if not there:
                yield f"{mark.where()}: the mark does not lead to its note"
            for d in there:
                yield from leads_to(c, f"mark {text}", d, note)
        back = [a.dest for a in note.nodes()[0].annots() if a.dest]
        if not back:
            yield f"{note.where()}: does not lead back to its mark"
        for d in back:
            if not any(d.page in boxes(m) for m in marks[text]):
                yield f"{note.where()}: leads back to page {d.page + 1}, where its mark is not"
            else:
                yield from leads_to(c, f"note {text}", d, marks[text][0])


PAGE = re.compile(r"(?:^|\bpages?[ \u00a0])([0-9]+|[ivxlc]+)$")


def links(c):
    """All lead somewhere, say where, lie on their words, and print the right page."""
    for a in c.pdf.annots:
        who = f"page {a.page + 1}: link {a.contents!r}"
        if str(a.obj.get("/Subtype")) != "/Link":
            continue
        if a.owner is None or a.owner.tag != "Link":
            yield f"{who} is in no Link of the tree"
            continue
        if not a.contents:
            yield f"{who}: says nothing of itself ({a.owner.text()[:40]!r})"
        if a.dest is None and not a.url:
            yield f"{who} leads nowhere"
        box = boxes(a.owner).get(a.page)
        r = a.rect
        if box is None or r[2] <= box[0] or r[0] >= box[2] or r[3] <= box[1] or r[1] >= box[3]:
            yield f"{who} does not lie on its words"
        if a.dest is None:
            continue
        for text in (clean(a.owner.text()), clean(a.contents)):
            m = PAGE.search(text)
            if m and a.owner.up("Reference", "Note") is not None and a.owner.nodes() and a.owner.nodes()[0].tag == "Lbl":
                continue        # a note's mark
            if m and a.owner.up("Lbl") is not None:
                continue
            if m and c.pdf.labels[a.dest.page] != m.group(1):
                yield f"{who} prints page {m.group(1)} and leads to {c.pdf.labels[a.dest.page]}"
    for n in c.nodes:
        if n.tag == "Link" and not list(n.annots()):
            yield f"{n.where()}: a Link that cannot be followed"


def contents(c):
    """Entries link, carry the page number, and lead to what they name."""
    wanted = [e for b in c.top.walk() if b.word == "contents" for e in b.kids]
    wanted += [e for s in c.top.every("section") if "opening=divider" in s.rest for e in s.every("entry")]
    entries = [n for n in c.nodes if n.tag == "TOCI"]
    if len(entries) != len(wanted):
        yield f"{len(entries)} entries in the tags, {len(wanted)} in the block tree"
    named = [(same(title_of(k)), boxes(k)) for k in c.nodes if k.tag in HEADINGS + ("Caption", "P")]
    for n in entries:
        dests = [a.dest for a in n.annots() if a.dest]
        if not dests:
            yield f"{n.where()}: no link"
            continue
        text = clean(n.text())
        m = re.search(r" ([0-9]+|[ivxlc]+)$", text)
        if not m:
            yield f"{n.where()}: no page number"
            continue
        if c.pdf.labels[dests[0].page] != m.group(1):
            yield f"{n.where()}: leads to page {c.pdf.labels[dests[0].page]}"
            continue
        title = next(iter(k for k in n.all("Link")), n)
        words = re.sub(r" ([0-9]+|[ivxlc]+)$", "", clean(title.text()))
        if not any(same(words) in text and dests[0].page in where for text, where in named):
            yield f"{n.where()}: no heading or caption on page {dests[0].page + 1} says so"


# -- artifacts -------------------------------------------------------------------------

def artifacts(c):
    """All is tagged or an artifact; heads and feet are typed; decoration is none of
    the tree's."""
    kinds = {("/Pagination", "/Header"), ("/Pagination", "/Footer"), ("/Layout", ""), ("/Background", ""), ("/Page", "")}
    for page in c.pdf.pages:
        where = f"page {page.index + 1}"
        if page.loose:
            yield f"{where}: something is neither tagged nor an artifact: {page.loose[0]!r}"
        tagged = [m for m in page.marks if m.mcid is not None and m.box]
        for m in page.marks:
            if m.artifact is None:
                if m.owner is None:
                    yield f"{where}: MCID {m.mcid} is in no element"
                elif not m.text() and m.ink and not in_figure(m.owner) and not m.owner.actual:
                    yield f"{where}: {m.owner.where()} holds ink without words"
            elif m.artifact not in kinds:
                yield f"{where}: an artifact of type {m.artifact}"
            elif m.artifact[0] == "/Pagination" and m.box:
                head = m.artifact[1] == "/Header"
                for t in tagged:
                    if (head and t.box[3] > m.box[3]) or (not head and t.box[1] < m.box[1] - 1):
                        yield f"{where}: {t.text()[:40]!r} stands {'above the head' if head else 'below the foot'}"
            elif m.text() and not repeated(c, m):
                yield f"{where}: words in decoration: {m.text()[:60]!r}"
        if page.obj.get("/Annots") and str(page.obj.get("/Tabs", "")) != "/S":
            yield f"{where}: links are not in the order of the tree"


def in_figure(node):
    return node.tag == "Figure" or node.up("Figure") is not None


def repeated(c, mark):
    """Heads of a table that goes on are drawn again: all their words stand in the
    tree, in a table that lies on this page and the one before it."""
    words = set(mark.text().split())
    for n, block in c.units:
        pages = set(boxes(n))
        if block.word == "table" and mark.page in pages and mark.page - 1 in pages:
            own = set(n.text().split())
            if len(words - own) <= 2:      # "continued"
                return True
    return False


def running_heads(c):
    """The number that is printed is the page's label."""
    shown = 0
    for page in c.pdf.pages:
        label = c.pdf.labels[page.index]
        text = " ".join(m.text() for m in page.marks if m.artifact and m.artifact[0] == "/Pagination")
        if not text:
            continue
        shown += 1
        if label is None or label not in text.split():
            yield f"page {page.index + 1}: labelled {label!r}, the head and foot say {text!r}"
    if c.pdf.pages and len(c.pdf.pages) > 3 and not shown:
        yield "no running heads or feet"


# -- language, marks, abbreviations ------------------------------------------------------

def languages(c):
    """The document's language is set; passages in another are marked."""
    own = str(c.pdf.catalog.get("/Lang", ""))
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", own):
        yield f"the document's language is {own!r}"
    spans = [n for n in c.nodes if n.lang]
    for b in c.top.walk():
        if "{lang=" not in b.rest:
            continue
        for m in re.finditer(r"([^\s\[\]{}*_|()]+)[*_]*\{lang=([^{}]*)\}", b.rest):
            word = clean(m.group(1).replace("~", " "))
            if not any(n.lang == m.group(2) and same(n.text()).endswith(same(word)) for n in spans):
                yield f"{word!r} is not marked as {m.group(2)}"


def expansions(c):
    """Abbreviations carry E, asterisks words, as the block tree says."""
    wanted, found = [], []
    for b in c.top.walk():
        if "{short=" not in b.rest:
            continue
        for m in re.finditer(r"([^\s\[\]{}()|]+)\{short=([^{}]*)\}", b.rest):
            wanted.append((re.sub(r"^[\W_]+", "", m.group(1)), m.group(2)))
    for n in c.nodes:
        if n.expansion is not None:
            found.append((clean(n.text()), n.expansion))
    if sorted(wanted) != sorted(found):
        missing = [w for w in wanted if w not in found] or [f for f in found if f not in wanted]
        yield f"{len(wanted)} abbreviations in the block tree, {len(found)} with E; {missing[:2]}"
    cells = [b for b in c.top.walk() if b.word in ("row", "group", "total")]
    wanted = sorted(m for b in cells for m in re.findall(r"\{says=([^{}]*)\}", b.rest))
    found = sorted(n.actual for n in c.nodes if n.actual is not None and n.tag == "Span" and n.text()
                   and n.up("TD", "TH") is not None and n.up("THead") is None)
    if wanted != found:
        yield f"{len(wanted)} cells read otherwise in the block tree, {len(found)} in the tags"
    for n in c.nodes:
        if n.tag in ("TD", "TH") and clean(n.text()) in ("*", "**") and clean(n.spoken())[:1] == "*":
            yield f"{n.where()}: a bare {n.text()!r}"
        for k in n.kids:
            if isinstance(k, Mark) and not in_figure(n) and n.actual is None and re.search(r"\d\*", k.text()):
                yield f"{n.where()}: a bare asterisk in {k.text()[:60]!r}"
        if n.actual is not None and n.tag == "Span" and not n.actual.strip():
            yield f"{n.where()}: read as nothing"


# -- the document ------------------------------------------------------------------------

def document(c):
    """Its title is shown and known, it says that it is tagged."""
    catalog, title = c.pdf.catalog, c.top.line("title")
    if not bool(catalog.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "the title is not shown in place of the file's name"
    if not bool(catalog.get("/MarkInfo", {}).get("/Marked", False)):
        yield "not marked as tagged"
    info = c.pdf.file.trailer.get("/Info", {})
    if clean(str(info.get("/Title", ""))) != clean(title):
        yield f"titled {str(info.get('/Title', ''))!r}, the report {title!r}"
    meta = catalog["/Metadata"].read_bytes().decode("utf-8") if "/Metadata" in catalog else ""
    said = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", meta, re.S)
    if not said or clean(said.group(1).replace("&amp;", "&")) != clean(title):
        yield "the metadata have another title"
    if any(label is None for label in c.pdf.labels):
        yield "a page has no label"
    wanted = [b for b in c.top.walk()]
    if len(wanted) < 3:
        yield "the block tree is empty"


RULES = [order_of_contents, order_on_the_page, pages_in_order, notes_after_marks, figures_in_place, headings, outline,
         numbered_in_outline, alternative_texts, data_beside, nothing_twice, tables, footnotes, links, contents,
         artifacts, running_heads, languages, expansions, document]
