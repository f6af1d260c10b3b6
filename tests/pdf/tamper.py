"""Spoils a good PDF in one way at a time: each rule of rules.py must complain of
its own. A tamper gets an open pikepdf file and changes it; it raises Absent when
the file has nothing to spoil.
"""
import pikepdf
from pikepdf import Array, Dictionary, Name, String


class Absent(Exception):
    """The document has no such thing."""


def elements(pdf, *tags):
    todo = [pdf.Root.StructTreeRoot.K]
    while todo:
        k = todo.pop(0)
        if isinstance(k, Array):
            todo = list(k) + todo
        elif isinstance(k, Dictionary) and "/S" in k:
            if not tags or str(k.S)[1:] in tags:
                yield k
            if "/K" in k:
                todo = [k.K] + todo


def one(pdf, *tags, where=lambda e: True):
    for e in elements(pdf, *tags):
        if where(e):
            return e
    raise Absent("/".join(tags))


def kids(e):
    k = e.get("/K", Array())
    return list(k) if isinstance(k, Array) else [k]


def is_element(k, *tags):
    return isinstance(k, Dictionary) and "/S" in k and (not tags or str(k.S)[1:] in tags)


def swap_two(pdf, parents, tags):
    """Swaps the first two neighbours with these tags."""
    for e in elements(pdf, *parents):
        ks = kids(e)
        for i in range(len(ks) - 1):
            if is_element(ks[i], *tags) and is_element(ks[i + 1], *tags):
                ks[i], ks[i + 1] = ks[i + 1], ks[i]
                e.K = Array(ks)
                return
    raise Absent("neighbours")


def move(pdf, which, to):
    """Takes the first element that `which` likes to place `to` of its parent."""
    for e in elements(pdf):
        ks = kids(e)
        for i, k in enumerate(ks):
            if is_element(k) and which(k) and i != to % len(ks):
                ks.insert(to % len(ks) + (to < 0), ks[i])
                del ks[i if to < 0 else i + 1]
                e.K = Array(ks)
                return
    raise Absent("element to move")


def annots(pdf):
    for page in pdf.pages:
        for a in page.get("/Annots", []):
            yield a


def links_under(pdf, e):
    """Annotations below an element."""
    for k in kids(e):
        if isinstance(k, Dictionary) and str(k.get("/Type", "")) == "/OBJR":
            yield k.Obj
        elif is_element(k):
            yield from links_under(pdf, k)


def lead_astray(pdf, annot):
    dest = Array([pdf.pages[0].obj, Name.XYZ, 0, 800, 0])
    if "/A" in annot:
        del annot["/A"]
    annot.Dest = dest


def parent_has(e, tag):
    e = e.get("/P")
    while e is not None and "/S" in e:
        if str(e.S) == "/" + tag:
            return True
        e = e.get("/P")
    return False


def cells(pdf, *tags):
    for e in elements(pdf, *tags):
        yield e, e.get("/A")


# -- one function a spoiling ----------------------------------------------------------

def swap_paragraphs(pdf):
    swap_two(pdf, ("Sect", "LBody", "Div"), ("P", "H2", "H3"))


def swap_sections(pdf):
    swap_two(pdf, ("Part",), ("Sect",))


def note_before_mark(pdf):
    move(pdf, lambda e: str(e.S) == "/Note", 0)


def figure_too_early(pdf):
    def unit(e):
        return str(e.S) == "/Div" and any(is_element(k, "Figure") and "/K" in k for k in kids(e))
    move(pdf, unit, 0)


def skip_a_level(pdf):
    one(pdf, "H2").S = Name.H5


def wrong_level(pdf):
    e = one(pdf, "H2", where=lambda h: any(is_element(k, "Span") for k in kids(h)))
    e.S = Name.H1


def other_bookmark(pdf):
    pdf.Root.Outlines.First.Title = String("Something else")


def bookmark_astray(pdf):
    item = pdf.Root.Outlines.First
    while "/Next" in item:
        item = item.Next
    item.Dest = Array([pdf.pages[0].obj, Name.XYZ, 0, 100, 0])


def no_bookmark(pdf):
    item = pdf.Root.Outlines.First
    while item is not None:
        if "/First" in item:
            del item["/First"]
            return
        item = item.get("/Next")
    raise Absent("bookmarks below")


def numbered_figure(pdf):
    return one(pdf, "Figure", where=lambda e: str(e.get("/Alt", "")).startswith("Figure "))


def alt_without_base(pdf):
    e = numbered_figure(pdf)
    e.Alt = String(" ".join(s for s in str(e.Alt).split(". ") if "Base:" not in s))


def alt_with_other_value(pdf):
    e = numbered_figure(pdf)
    text = str(e.Alt)
    at = max(i for i, ch in enumerate(text) if ch.isdigit())
    e.Alt = String(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1:])


def alt_with_asterisk(pdf):
    e = numbered_figure(pdf)
    e.Alt = String(str(e.Alt) + " 85*.")


def data_astray(pdf):
    for div in elements(pdf, "Div"):
        if any(is_element(k, "Figure") and str(k.get("/Alt", "")).startswith("Figure") for k in kids(div)):
            found = [a for k in kids(div) if is_element(k, "P") for a in links_under(pdf, k)]
            for a in found:
                lead_astray(pdf, a)
            if found:
                return
    raise Absent("link to data")


def said_beside(pdf):
    for div in elements(pdf, "Div"):
        ks = kids(div)
        if len(ks) > 1 and is_element(ks[0], "Figure") and is_element(ks[1], "P") and "/Alt" in ks[0]:
            ks[1].ActualText = String(str(ks[0].Alt)[:60])
            return
    raise Absent("paragraph beside a figure")


def no_scope(pdf):
    for e, a in cells(pdf, "TH"):
        if a is not None and "/Scope" in a:
            del a["/Scope"]
            return
    raise Absent("scope")


def wrong_header(pdf):
    for e, a in cells(pdf, "TD"):
        if a is not None and "/Headers" in a:
            a.Headers = Array([String("no such cell")] + list(a.Headers)[1:])
            return
    raise Absent("headers")


def fewer_headers(pdf):
    for e, a in cells(pdf, "TD"):
        if a is not None and len(a.get("/Headers", [])) > 1 and kids(e):
            a.Headers = Array(list(a.Headers)[:1])
            return
    raise Absent("headers")


def drop_a_cell(pdf):
    row = one(pdf, "TR", where=lambda r: len(kids(r)) > 2)
    row.K = Array(kids(row)[:-1])


def empty_head(pdf):
    one(pdf, "TH", where=lambda e: kids(e)).K = Array()


def note_without_way_back(pdf):
    note = one(pdf, "Note")
    for a in links_under(pdf, kids(note)[0]):
        lead_astray(pdf, a)
        return
    raise Absent("way back")


def mark_astray(pdf):
    e = one(pdf, "Reference", where=lambda r: not parent_has(r, "TOCI") and parent_has(r, "P"))
    for a in links_under(pdf, e):
        lead_astray(pdf, a)


def link_without_words(pdf):
    a = next(annots(pdf))
    del a["/Contents"]


def link_elsewhere(pdf):
    a = next(annots(pdf))
    a.Rect = Array([0, 0, 5, 5])


def link_nowhere(pdf):
    a = next(annots(pdf))
    for key in ("/Dest", "/A"):
        if key in a:
            del a[key]


def entry_astray(pdf):
    for a in links_under(pdf, one(pdf, "TOCI")):
        lead_astray(pdf, a)


def edit_contents(pdf, change):
    for page in pdf.pages:
        out, changed = [], False
        for operands, operator in pikepdf.parse_content_stream(page):
            done = change(operands, operator)
            changed = changed or done is not None
            out += [(operands, operator)] if done is None else done
        if changed:
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(out))
            return
    raise Absent("contents to change")


def loose_ink(pdf):
    """An artifact's marks go, its ink stays."""
    inside = []

    def change(operands, operator):
        op = str(operator)
        if op in ("BDC", "BMC"):
            inside.append(str(operands[0]) == "/Artifact")
            return [] if inside[-1] else None
        if op == "EMC":
            return [] if inside.pop() else None
        return None
    edit_contents(pdf, change)


def untyped_head(pdf):
    def change(operands, operator):
        if str(operator) == "BDC" and str(operands[0]) == "/Artifact" and "/Subtype" in operands[1]:
            return [([Name.Artifact, Dictionary(Type=Name.Pagination)], operator)]
        return None
    edit_contents(pdf, change)


def words_in_decoration(pdf):
    def change(operands, operator):
        if str(operator) == "BDC" and "/MCID" in operands[1] and str(operands[0]) == "/P":
            return [([Name.Artifact, Dictionary(Type=Name.Layout)], operator)]
        return None
    e = one(pdf, "P", where=lambda p: kids(p))
    del e["/K"]
    edit_contents(pdf, change)


def labels_shifted(pdf):
    for entry in list(pdf.Root.PageLabels.Nums)[1::2]:
        entry.St = int(entry.get("/St", 1)) + 1


def no_language(pdf):
    del pdf.Root["/Lang"]


def passage_without_language(pdf):
    del one(pdf, "Span", where=lambda e: "/Lang" in e)["/Lang"]


def no_expansion(pdf):
    del one(pdf, "Span", where=lambda e: "/E" in e)["/E"]


def bare_asterisk(pdf):
    e = one(pdf, "Span", where=lambda e: "base below" in str(e.get("/ActualText", ""))
            and not parent_has(e, "Figure"))
    del e["/ActualText"]


def title_not_shown(pdf):
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def other_title(pdf):
    pdf.trailer.Info.Title = String("Untitled")


# rule: what spoils it
TAMPERS = {
    "order_of_contents": [swap_paragraphs],
    "order_on_the_page": [swap_paragraphs],
    "pages_in_order": [swap_sections],
    "notes_after_marks": [note_before_mark],
    "figures_in_place": [figure_too_early],
    "headings": [skip_a_level, wrong_level],
    "outline": [other_bookmark, bookmark_astray, wrong_level],
    "numbered_in_outline": [no_bookmark],
    "alternative_texts": [alt_without_base, alt_with_other_value, alt_with_asterisk],
    "data_beside": [data_astray],
    "nothing_twice": [said_beside],
    "tables": [no_scope, wrong_header, fewer_headers, drop_a_cell, empty_head],
    "footnotes": [note_without_way_back, mark_astray],
    "links": [link_without_words, link_elsewhere, link_nowhere],
    "contents": [entry_astray],
    "artifacts": [loose_ink, untyped_head, words_in_decoration],
    "running_heads": [labels_shifted],
    "languages": [no_language, passage_without_language],
    "expansions": [no_expansion, bare_asterisk],
    "document": [title_not_shown, other_title],
}
