#!/usr/bin/env python3
"""What the floor program needs, from what Recto made.

    extract.py PAGES.dump REPORT.pdf TEXTS STREAMS

TEXTS: every text of the page list, once; the lines of a paragraph joined again
(a line that goes on ends with the space it was broken at). STREAMS: every
stream of the PDF, uncompressed.
"""
import re
import sys
import zlib

dump, pdf, texts, streams = sys.argv[1:5]
op = re.compile(r'\s*text \S+ \S+ \S+ (\S+\.[to]tf) (\S+) (?:.*? )?"(.*)"$')
escape = re.compile(r"\\(?:([\"\\])|n|x..)")
joined = []
for line in open(dump, encoding="utf-8"):
    if not line.lstrip().startswith("text "):
        continue
    m = op.match(line)
    if not m:
        sys.exit(f"extract.py: not understood: {line}")
    face, size = m.group(1), m.group(2)
    text = escape.sub(lambda e: e.group(1) or " ", m.group(3))
    if joined and joined[-1][:2] == [face, size] and joined[-1][2].endswith(" "):
        joined[-1][2] += text
    else:
        joined.append([face, size, text])
with open(texts, "w", encoding="utf-8") as f:
    for face, size, text in joined:
        f.write(f"{face}\t{size}\t{text}\n")
data = open(pdf, "rb").read()
with open(streams, "wb") as f:
    for m in re.finditer(rb"stream\r?\n", data):
        if data[m.start() - 3:m.start()] == b"end":
            continue
        try:
            raw = zlib.decompressobj().decompress(data[m.end():])
        except zlib.error:
            continue
        f.write(b"%d\n" % len(raw) + raw)
