"""A PDF as a reader meets it: pages with what is marked on them, the tree of
tags with its texts, annotations, outline, labels, names. Read with pikepdf,
nothing of the program's own; a part that cannot be read is an error.

    read(path) -> Pdf
"""
import re

import pikepdf
from pikepdf import Dictionary, Name


class Broken(Exception):
    """The file is not what a tagged PDF has to be."""


# -- fonts -----------------------------------------------------------------------

class Font:
    """Two-byte codes: what each says and how wide it is (Identity-H)."""

    def __init__(self, obj):
        self.says = {}
        self.widths = {}
        self.default = 1000
        if "/ToUnicode" in obj:
            self._unicode(obj["/ToUnicode"].read_bytes().decode("latin-1"))
        below = obj["/DescendantFonts"][0]
        self.default = int(below.get("/DW", 1000))
        self._widths(list(below.get("/W", [])))

    def _unicode(self, cmap):
        def text(hexes):
            return bytes.fromhex(hexes).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
            for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
                self.says[int(code, 16)] = text(to)
        for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
            for lo, hi, to in re.findall(
                    r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]*>|\[.*?\])", block, re.S):
                first, last = int(lo, 16), int(hi, 16)
                if to.startswith("["):
                    for i, one in enumerate(re.findall(r"<([0-9A-Fa-f]*)>", to)):
                        self.says[first + i] = text(one)
                else:
                    start = text(to[1:-1])
                    for i in range(last - first + 1):
                        self.says[first + i] = start[:-1] + chr(ord(start[-1]) + i)

    def _widths(self, w):
        i = 0
        while i < len(w):
            first = int(w[i])
            if isinstance(w[i + 1], pikepdf.Array):
                for k, width in enumerate(w[i + 1]):
                    self.widths[first + k] = float(width)
                i += 2
            else:
                for code in range(first, int(w[i + 1]) + 1):
                    self.widths[code] = float(w[i + 2])
                i += 3


# -- contents --------------------------------------------------------------------

class Run:
    """Text on a baseline."""
    __slots__ = ("x", "y", "end", "size", "text")

    def __init__(self, x, y, end, size, text):
        self.x, self.y, self.end, self.size, self.text = x, y, end, size, text


class Mark:
    """A marked-content sequence: content of the tree (mcid), an artifact, or
    neither (mcid None, artifact None)."""

    def __init__(self, page, tag, mcid, artifact):
        self.page, self.tag, self.mcid, self.artifact = page, tag, mcid, artifact
        self.runs = []
        self.ink = False
        self.box = None      # left, bottom, right, top
        self.owner = None    # its node
        self.order = -1      # its place among the page's marks

    def add(self, left, bottom, right, top):
        self.ink = True
        b = self.box
        self.box = ((left, bottom, right, top) if b is None else
                    (min(b[0], left), min(b[1], bottom), max(b[2], right), max(b[3], top)))

    def text(self):
        return join(self.runs)


def join(runs):
    """Runs in order: a space between those that do not touch."""
    out, last = [], None
    for r in runs:
        if last is not None:
            touch = abs(r.y - last.y) < 0.6 * max(r.size, last.size) and -0.2 * r.size < r.x - last.end < 0.12 * r.size
            if not touch:
                out.append(" ")
        out.append(r.text)
        last = r
    return re.sub(r"[ \u00a0\n]+", " ", "".join(out)).strip()


PAINT = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"}
IGNORED = {"w", "J", "j", "M", "d", "ri", "i", "gs", "CS", "cs", "SC", "SCN", "sc", "scn",
           "G", "g", "RG", "rg", "K", "k", "W", "W*", "n", "Tr"}


class Page:
    def __init__(self, pdf, index, obj):
        self.index, self.obj = index, obj
        box = [float(v) for v in obj.mediabox]
        self.width, self.height = box[2], box[3]
        self.marks = []
        self.by_mcid = {}
        self.loose = []      # ink in no mark
        self._read(pdf)

    def _mark(self, tag, props):
        page = self.index
        if tag == "/Artifact":
            kind = (str(props.get("/Type", "")), str(props.get("/Subtype", ""))) if props is not None else ("", "")
            m = Mark(page, tag, None, kind)
        elif props is not None and "/MCID" in props:
            m = Mark(page, tag, int(props["/MCID"]), None)
            if m.mcid in self.by_mcid:
                raise Broken(f"page {page + 1}: MCID {m.mcid} twice")
            self.by_mcid[m.mcid] = m
        else:
            return None
        m.order = len(self.marks)
        self.marks.append(m)
        return m

    def _read(self, pdf):
        resources = self.obj.get("/Resources", Dictionary())
        fonts = {str(k): pdf.font(v) for k, v in resources.get("/Font", Dictionary()).items()}
        stack, nest, states = [], [], []
        font, size, rise, leading = None, 0.0, 0.0, 0.0
        lx = ly = tx = 0.0   # line start; pen
        matrix = (1, 0, 0, 1, 0.0, 0.0)
        spoken = None        # ActualText of a sequence without MCID: [text, said]
        path = []

        def current():
            return stack[-1] if stack else None

        def ink(left, bottom, right, top):
            m = current()
            if m is None:
                self.loose.append((left, bottom, right, top))
            else:
                m.add(left, bottom, right, top)

        def show(raw):
            nonlocal tx
            x0 = tx
            if matrix[:4] != (1, 0, 0, 1):
                raise Broken(f"page {self.index + 1}: scaled text")
            said = []
            for k in range(0, len(raw) - 1, 2):
                code = raw[k] << 8 | raw[k + 1]
                if code not in font.says:
                    raise Broken(f"page {self.index + 1}: a glyph that says nothing")
                said.append(font.says[code])
                tx += font.widths.get(code, font.default) / 1000 * size
            text = "".join(said)
            if spoken is not None:
                text = "" if spoken[1] else spoken[0]
                spoken[1] = True
            m = current()
            if text.strip() or m is None:
                ink(x0 + matrix[4], ly + rise - 0.22 * size + matrix[5], tx + matrix[4], ly + rise + 0.75 * size + matrix[5])
            if m is None:
                self.loose.append(text)
                return
            last = m.runs[-1] if m.runs else None
            if last is not None and last.y == ly + matrix[5] and -0.2 * size < x0 + matrix[4] - last.end < 0.12 * size and last.size == size:
                last.text += text
                last.end = tx + matrix[4]
            else:
                m.runs.append(Run(x0 + matrix[4], ly + matrix[5], tx + matrix[4], size, text))

        for operands, operator in pikepdf.parse_content_stream(self.obj):
            op = str(operator)
            if op == "Tj":
                show(bytes(operands[0]))
            elif op == "TJ":
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        show(bytes(part))
                    else:
                        tx -= float(part) / 1000 * size
            elif op == "Td":
                lx += float(operands[0])
                ly += float(operands[1])
                tx = lx
            elif op == "BT":
                lx = ly = tx = 0.0
            elif op == "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            elif op == "Ts":
                rise = float(operands[0])
            elif op in ("BDC", "BMC"):
                props = operands[1] if op == "BDC" else None
                if isinstance(props, Name):
                    props = resources["/Properties"][props]
                mark = self._mark(str(operands[0]), props)
                if mark is not None and stack:
                    raise Broken(f"page {self.index + 1}: marked content inside marked content")
                if mark is None and props is not None and "/ActualText" in props:
                    spoken = [str(props["/ActualText"]), False]
                nest.append(mark)
                if mark is not None:
                    stack.append(mark)
            elif op == "EMC":
                mark = nest.pop()
                if mark is not None:
                    stack.pop()
                else:
                    spoken = None
            elif op in ("m", "l"):
                path.append((float(operands[0]), float(operands[1])))
            elif op == "c":
                path += [(float(operands[k]), float(operands[k + 1])) for k in (0, 2, 4)]
            elif op == "re":
                x, y, w, h = (float(v) for v in operands)
                path += [(x, y), (x + w, y + h)]
            elif op == "h":
                pass
            elif op in PAINT:
                if matrix[:4] != (1, 0, 0, 1):
                    raise Broken(f"page {self.index + 1}: scaled contents that are no picture")
                if path:
                    xs = [p[0] + matrix[4] for p in path]
                    ys = [p[1] + matrix[5] for p in path]
                    ink(min(xs), min(ys), max(xs), max(ys))
                path = []
            elif op == "q":
                states.append((font, size, rise, matrix))
            elif op == "Q":
                font, size, rise, matrix = states.pop()
            elif op == "cm":
                a, b, c, d, e, f = (float(v) for v in operands)
                if (b, c) != (0, 0) or matrix[:4] != (1, 0, 0, 1):
                    raise Broken(f"page {self.index + 1}: turned contents, or scaled twice")
                matrix = (a, 0, 0, d, matrix[4] + e, matrix[5] + f)
            elif op == "Do":  # a picture is the unit square, made as large as it is
                ink(matrix[4], matrix[5], matrix[4] + matrix[0], matrix[5] + matrix[3])
            elif op == "ET":
                pass
            elif op in IGNORED:
                if op == "n":
                    path = []
            else:
                raise Broken(f"page {self.index + 1}: operator {op}")
        if nest:
            raise Broken(f"page {self.index + 1}: marked content does not end")


# -- the tree --------------------------------------------------------------------

class Node:
    """A structure element. Kids: Node, Mark, or Annot."""

    def __init__(self, obj, parent):
        self.obj, self.parent = obj, parent
        self.tag = str(obj.get("/S", "/?"))[1:]
        self.kids = []

        def words(key):
            return str(obj[key]) if key in obj else None
        self.alt, self.actual, self.expansion = words("/Alt"), words("/ActualText"), words("/E")
        self.lang, self.id, self.title = words("/Lang"), words("/ID"), words("/T")
        self.scope, self.headers, self.box = None, [], None
        self.col_span = self.row_span = 1
        attributes = obj.get("/A", [])
        for a in [attributes] if isinstance(attributes, Dictionary) else attributes:
            if not isinstance(a, Dictionary):
                continue
            self.scope = str(a["/Scope"])[1:] if "/Scope" in a else self.scope
            self.headers += [str(h) for h in a.get("/Headers", [])]
            self.col_span = int(a.get("/ColSpan", self.col_span))
            self.row_span = int(a.get("/RowSpan", self.row_span))
            if "/BBox" in a:
                self.box = [float(v) for v in a["/BBox"]]

    def nodes(self):
        return [k for k in self.kids if isinstance(k, Node)]

    def walk(self):
        yield self
        for k in self.kids:
            if isinstance(k, Node):
                yield from k.walk()

    def all(self, *tags):
        return [n for n in self.walk() if n.tag in tags]

    def marks(self):
        for k in self.kids:
            if isinstance(k, Node):
                yield from k.marks()
            elif isinstance(k, Mark):
                yield k

    def annots(self):
        for k in self.kids:
            if isinstance(k, Node):
                yield from k.annots()
            elif isinstance(k, Annot):
                yield k

    def text(self):
        """What stands on the page, alternatives left aside."""
        parts = []
        for m in self.marks():
            parts += m.runs
        return join(parts)

    def page(self):
        for m in self.marks():
            return m.page
        return None

    def spoken(self):
        """What a screen reader says: alternatives in place of what they replace."""
        if self.alt is not None:
            return self.alt
        if self.actual is not None:
            return self.actual
        if self.expansion is not None:
            return self.expansion
        out, runs = [], []
        for k in self.kids:
            if isinstance(k, Mark):
                runs += k.runs
            elif isinstance(k, Node):
                if runs:
                    out.append(join(runs))
                    runs = []
                out.append(k.spoken())
        if runs:
            out.append(join(runs))
        return re.sub(r"\s+", " ", " ".join(out)).strip()

    def has(self, tag):
        return any(n.tag == tag for n in self.walk())

    def up(self, *tags):
        n = self.parent
        while n is not None and n.tag not in tags:
            n = n.parent
        return n

    def where(self):
        page = self.page()
        text = self.text()
        place = f"page {page + 1}" if page is not None else "no page"
        return f"{place}: {self.tag} {text[:60]!r}"


class Annot:
    def __init__(self, pdf, page, obj):
        self.page, self.obj, self.owner = page, obj, None
        self.contents = str(obj.get("/Contents", ""))
        self.rect = [float(v) for v in obj.get("/Rect", [0, 0, 0, 0])]
        self.url, self.dest = None, None
        action = obj.get("/A")
        dest = obj.get("/Dest")
        if action is not None:
            if str(action.get("/S")) == "/URI":
                self.url = str(action["/URI"])
            elif str(action.get("/S")) == "/GoTo":
                dest = action.get("/D")
        if dest is not None:
            self.dest = pdf.destination(dest)


class Dest:
    """Where a link leads: page, and height from the page's foot."""

    def __init__(self, page, x, y):
        self.page, self.x, self.y = page, x, y


# -- the file --------------------------------------------------------------------

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
         (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(n):
    out = ""
    for value, letters in ROMAN:
        while n >= value:
            out += letters
            n -= value
    return out


class Pdf:
    def __init__(self, file):
        self.file = file
        self._fonts = {}
        self._pages = {p.obj.objgen: i for i, p in enumerate(file.pages)}
        self._names = None
        self.catalog = file.Root
        self.pages = [Page(self, i, p) for i, p in enumerate(file.pages)]
        self.labels = self._labels()
        self.annots = []
        self._annot_of = {}
        for i, p in enumerate(file.pages):
            for a in p.get("/Annots", []):
                annot = Annot(self, i, a)
                self.annots.append(annot)
                self._annot_of[a.objgen] = annot
        if "/StructTreeRoot" not in self.catalog:
            raise Broken("no structure tree")
        self.tree_root = self.catalog.StructTreeRoot
        self.root = self._tree()
        self.by_id = {n.id: n for n in self.root.walk() if n.id}
        self.outline = self._outline()

    def font(self, obj):
        key = obj.objgen
        if key not in self._fonts:
            self._fonts[key] = Font(obj)
        return self._fonts[key]

    def page_of(self, obj):
        return self._pages.get(obj.objgen)

    # a name tree or number tree as pairs
    def _leaves(self, node, key):
        for k in node.get("/Kids", []):
            yield from self._leaves(k, key)
        flat = list(node.get(key, []))
        for i in range(0, len(flat) - 1, 2):
            yield flat[i], flat[i + 1]

    def names(self):
        if self._names is None:
            tree = self.catalog.get("/Names", Dictionary()).get("/Dests")
            self._names = {str(k): v for k, v in self._leaves(tree, "/Names")} if tree is not None else {}
        return self._names

    def destination(self, dest):
        if isinstance(dest, (pikepdf.String, Name)):
            dest = self.names().get(str(dest))
            if isinstance(dest, Dictionary):
                dest = dest.get("/D")
        if dest is None or not isinstance(dest, pikepdf.Array):
            return None
        page = self.page_of(dest[0])
        if page is None:
            return None
        numbers = [float(v) if not isinstance(v, (Name, type(None))) else None for v in list(dest)[2:]]
        return Dest(page, numbers[0] if numbers else None, numbers[1] if len(numbers) > 1 else None)

    def _labels(self):
        out = [None] * len(self.pages)
        tree = self.catalog.get("/PageLabels")
        if tree is None:
            return out
        ranges = sorted((int(k), v) for k, v in self._leaves(tree, "/Nums"))
        for n, (first, how) in enumerate(ranges):
            last = ranges[n + 1][0] if n + 1 < len(ranges) else len(self.pages)
            style, start = str(how.get("/S", "")), int(how.get("/St", 1))
            for i in range(first, min(last, len(self.pages))):
                number = start + i - first
                text = {"/D": str(number), "/r": roman(number), "/R": roman(number).upper()}.get(style, "")
                out[i] = str(how.get("/P", "")) + text
        return out

    def _tree(self):
        kids = self.tree_root.get("/K")
        if isinstance(kids, pikepdf.Array):
            if len(kids) != 1:
                raise Broken("the structure tree has several roots")
            kids = kids[0]
        root = Node(kids, None)
        todo = [(root, None)]
        while todo:
            node, page = todo.pop()
            page = node.obj.get("/Pg", page)
            k = node.obj.get("/K", pikepdf.Array())
            for kid in list(k) if isinstance(k, pikepdf.Array) else [k]:
                if not isinstance(kid, Dictionary):
                    self._content(node, page, int(kid))
                    continue
                kind = str(kid.get("/Type", ""))
                if kind == "/MCR":
                    self._content(node, kid.get("/Pg", page), int(kid["/MCID"]))
                elif kind == "/OBJR":
                    annot = self._annot_of.get(kid["/Obj"].objgen)
                    if annot is None:
                        raise Broken("an annotation in the tree stands on no page")
                    annot.owner = node
                    node.kids.append(annot)
                else:
                    child = Node(kid, node)
                    node.kids.append(child)
                    todo.append((child, page))
        return root

    def _content(self, node, page, mcid):
        index = self.page_of(page)
        mark = self.pages[index].by_mcid.get(mcid)
        if mark is None:
            raise Broken(f"page {index + 1}: no content with MCID {mcid}")
        if mark.owner is not None:
            raise Broken(f"page {index + 1}: MCID {mcid} twice in the tree")
        mark.owner = node
        node.kids.append(mark)

    def _outline(self):
        """[(level, title, Dest)] in order."""
        out = []

        def below(item, level):
            while item is not None:
                dest = item.get("/Dest")
                if dest is None and "/A" in item:
                    dest = item["/A"].get("/D")
                out.append((level, str(item["/Title"]), self.destination(dest) if dest is not None else None))
                if "/First" in item:
                    below(item["/First"], level + 1)
                item = item.get("/Next")
        top = self.catalog.get("/Outlines")
        if top is not None and "/First" in top:
            below(top["/First"], 1)
        return out


def read(path):
    return Pdf(pikepdf.open(path))
