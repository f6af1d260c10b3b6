#!/usr/bin/env python3
"""Two roads to the same picture: `recto preview` (cairo) against the PDF drawn
by mutool, on pages of each kind. The two smooth edges and place glyphs a little
differently, so means over small tiles are compared: no tile of 4 pixels (three
points) may be much darker on one side. Over the whole report they differ by 30
at most. A missing letter, bar or colour is seen, and nearly every word that
moves by a point and a half: this is tried at the end, so that the bound cannot
grow too wide unnoticed.

    compare.py RECTO REPORT PDF
"""
import re
import struct
import subprocess
import sys
import tempfile
import zlib

DPI = 96   # whole pixels for the baselines of most text
TILE = 4
MOST = 34
MOVE = 2   # pixels
SEEN = 0.8 # of the words that are moved


def grey(rgb):
    """As mutool makes it of a colour in a PDF."""
    return int(0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2] + 0.5)


def read_png(path):
    data = open(path, "rb").read()
    pos, idat, width, height, kind = 8, b"", 0, 0, 0
    while pos < len(data):
        n, name = struct.unpack(">I4s", data[pos:pos + 8])
        body = data[pos + 8:pos + 8 + n]
        if name == b"IHDR":
            width, height, depth, kind = struct.unpack(">IIBB", body[:10])
            assert depth == 8 and kind in (0, 2, 6), (depth, kind)
        elif name == b"IDAT":
            idat += body
        pos += 12 + n
    size = {0: 1, 2: 3, 6: 4}[kind]
    raw, stride = zlib.decompress(idat), width * size
    rows, before, pos = [], bytearray(stride), 0
    for _ in range(height):
        how, row = raw[pos], bytearray(raw[pos + 1:pos + 1 + stride])
        pos += 1 + stride
        for i in range(stride):
            a = row[i - size] if i >= size else 0
            b = before[i]
            c = before[i - size] if i >= size else 0
            if how == 1:
                row[i] = (row[i] + a) & 255
            elif how == 2:
                row[i] = (row[i] + b) & 255
            elif how == 3:
                row[i] = (row[i] + (a + b) // 2) & 255
            elif how == 4:
                p = a + b - c
                pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
                row[i] = (row[i] + (a if pa <= pb and pa <= pc else b if pb <= pc else c)) & 255
        rows.append(bytes(row))
        before = row
    return [bytes(grey(r[x * size:x * size + 3]) if size > 1 else r[x] for x in range(width)) for r in rows]


def read_pgm(path):
    """Binary, one byte a pixel, without comments: as mutool writes it."""
    data = open(path, "rb").read()
    kind, width, height, most = re.match(rb"(P5)\s+(\d+)\s+(\d+)\s+(\d+)\s", data).groups()
    assert most == b"255", most
    width, height = int(width), int(height)
    data = data[len(data) - width * height:]
    return [data[y * width:(y + 1) * width] for y in range(height)]


def worst(ours, theirs, box):
    """The greatest difference of a tile in the box, and where."""
    x0, y0, x1, y1 = box
    found = (0, 0, 0)
    for ty in range(y0 // TILE * TILE, min(y1, len(ours) - TILE + 1), TILE):
        for tx in range(x0 // TILE * TILE, min(x1, len(ours[0]) - TILE + 1), TILE):
            a = sum(sum(ours[y][tx:tx + TILE]) for y in range(ty, ty + TILE))
            b = sum(sum(theirs[y][tx:tx + TILE]) for y in range(ty, ty + TILE))
            found = max(found, (abs(a - b) / TILE ** 2, tx, ty))
    return found


def compare(ours, theirs, name):
    if len(ours) != len(theirs) or len(ours[0]) != len(theirs[0]):
        sys.exit(f"{name}: {len(ours[0])}x{len(ours)} against {len(theirs[0])}x{len(theirs)}")
    by, x, y = worst(ours, theirs, (0, 0, len(ours[0]), len(ours)))
    if by > MOST:
        sys.exit(f"{name}: the tile at {x}, {y} differs by {by:.0f}")


def words_of(pdf, page):
    said = subprocess.run(["pdftotext", "-bbox", "-f", str(page), "-l", str(page), pdf, "-"],
                          capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', said)
    return [tuple(round(float(v) * DPI / 72) for v in box) for box in found]


def is_seen(ours, theirs, box, dx, dy):
    """Whether a word is missed where it was, when it moves."""
    x0, y0, x1, y1 = box
    paper = max(max(r[x0:x1]) for r in ours[y0:y1])
    moved = list(ours)
    for y in range(y0, y1):
        row = bytearray(moved[y])
        row[x0:x1] = bytes([paper]) * (x1 - x0)
        moved[y] = bytes(row)
    for y in range(y0, y1):
        row = bytearray(moved[y + dy])
        row[x0 + dx:x1 + dx] = ours[y][x0:x1]
        moved[y + dy] = bytes(row)
    return worst(moved, theirs, (x0, y0, x1 + dx, y1 + dy))[0] > MOST


def check_bound(ours, theirs, boxes):
    """Words moved to the right, and down."""
    boxes = boxes[::max(1, len(boxes) // 40)]
    for dx, dy in ((MOVE, 0), (0, MOVE)):
        seen = sum(is_seen(ours, theirs, b, dx, dy) for b in boxes)
        if seen < SEEN * len(boxes):
            sys.exit(f"of {len(boxes)} words moved by {dx}, {dy} pixels only {seen} are seen")


recto, report, pdf = sys.argv[1:4]
with tempfile.TemporaryDirectory() as tmp:
    count = int([l for l in subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout.split("\n")
                 if l.startswith("Pages:")][0].split()[1])
    pages = sorted({1, 2, 3, 5, 10, *(range(12, count, max(1, count // 10))), count})
    subprocess.run(["mutool", "draw", "-q", "-r", str(DPI), "-c", "gray", "-o", f"{tmp}/pdf-%d.pgm", pdf,
                    ",".join(map(str, pages))], check=True, stderr=subprocess.DEVNULL)
    for p in pages:
        subprocess.run([recto, "preview", report, "-o", tmp, "--pages", str(p), "--dpi", str(DPI)], check=True,
                       stderr=subprocess.DEVNULL)
        ours, theirs = read_png(f"{tmp}/page-{p:03d}.png"), read_pgm(f"{tmp}/pdf-{p}.pgm")
        compare(ours, theirs, f"page {p}")
        if p == pages[len(pages) // 2]:
            check_bound(ours, theirs, words_of(pdf, p))
    print(f"pixels: {len(pages)} pages alike")
