#!/usr/bin/env python3
"""Reading order, from `pdftotext -raw` (the order of the contents, which is that
of the tags): what stands side by side on the page must come one after the other.

    order.py TEXT
"""
import re
import sys

text = re.sub(r"\s+", " ", open(sys.argv[1], encoding="utf-8", errors="replace").read())


def inside(start, end, *words):
    """The words stand in this order between two words of the text."""
    a = text.find(start)
    b = text.find(end, a + 1)
    if a < 0 or b < 0:
        sys.exit(f"not found: {start!r} ... {end!r}")
    at = a
    for w in words:
        n = text.find(w, at, b)
        if n < 0:
            sys.exit(f"{w!r} does not follow in {start!r} ... {end!r}:\n{text[a:b][:1500]}")
        at = n


# A side-head comes before its paragraph, the paragraph before the chart; in the
# chart number, headline, labels, then base and source; the note after its mark.
inside("Close to home", "Further away", "agreed that their area team")
inside("Figure 3.1", "Source:", "Area teams are seen as effective", "Base:")
inside("Further away", "Figure 3.2", "Figure 3.1", "Base:", "Source:")
# A quotation, then who is quoted.
inside("What they offer is cut to fit us", "Closer contact", "Clinical lead")
# A table: head, then rows from left to right.
inside("Table 2.1", "Table 2.2", "Responses", "CCGs", "Per cent", "34", "16", "77", "36")
print("reading order: 5 places in order")
