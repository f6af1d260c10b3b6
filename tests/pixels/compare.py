#!/usr/bin/env python3
"""Two roads to the same picture: `recto preview` (cairo) against the PDF
rasterised by pdftoppm, on pages of each kind. The two smooth edges and place
glyphs a little differently, so means over small tiles are compared: no tile of
8 pixels (a tenth of an inch) may be much darker on one side. A missing letter,
bar or colour, or one moved by a few points, is.

    compare.py RECTO REPORT PDF
"""
import glob
import os
import struct
import subprocess
import sys
import tempfile
import zlib

DPI = 80
TILE = 8
MOST = 50


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
    return [[(r[x * size] + r[x * size + (1 if size > 1 else 0)] + r[x * size + (2 if size > 1 else 0)]) // 3
             for x in range(width)] for r in rows]


def compare(ours, theirs, name):
    height = min(len(ours), len(theirs))
    width = min(len(ours[0]), len(theirs[0]))
    if abs(len(ours) - len(theirs)) > 1 or abs(len(ours[0]) - len(theirs[0])) > 1:
        sys.exit(f"{name}: {len(ours[0])}x{len(ours)} against {len(theirs[0])}x{len(theirs)}")
    for ty in range(0, height - TILE + 1, TILE):
        for tx in range(0, width - TILE + 1, TILE):
            a = sum(sum(ours[y][tx:tx + TILE]) for y in range(ty, ty + TILE)) / TILE ** 2
            b = sum(sum(theirs[y][tx:tx + TILE]) for y in range(ty, ty + TILE)) / TILE ** 2
            if abs(a - b) > MOST:
                sys.exit(f"{name}: the tile at {tx}, {ty} is {a:.0f} against {b:.0f}")


recto, report, pdf = sys.argv[1:4]
with tempfile.TemporaryDirectory() as tmp:
    count = int([l for l in subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout.split("\n")
                 if l.startswith("Pages:")][0].split()[1])
    pages = sorted({1, 2, 3, 5, 10, *(range(12, count, max(1, count // 10))), count})
    for p in pages:
        subprocess.run([recto, "preview", report, "-o", tmp, "--pages", str(p), "--dpi", str(DPI)], check=True,
                       stderr=subprocess.DEVNULL)
        subprocess.run(["pdftoppm", "-png", "-r", str(DPI), "-f", str(p), "-l", str(p), pdf, f"{tmp}/pdf"], check=True)
        theirs = glob.glob(f"{tmp}/pdf-*.png")[0]
        compare(read_png(f"{tmp}/page-{p:03d}.png"), read_png(theirs), f"page {p}")
        os.remove(theirs)
    print(f"pixels: {len(pages)} pages alike")
