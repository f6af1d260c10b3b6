#!/usr/bin/env python3
"""Reads a report back as those do who hear it: what no conformance checker can
judge (rules.py), and that its text comes out as it went in (textback.py).

    readback.py PDF DUMP               DUMP: `recto dump doc` of the same report
    readback.py --self-test PDF DUMP   spoils the PDF, rule by rule: each must
                                       complain (the PDF must have all features)

Exit 1 after complaints, each a line. Needs python3-pikepdf, pdftotext, mutool.
"""
import os
import sys
import tempfile

import pikepdf

import blocktree
import pdfread
import rules
import tamper
import textback


def load(path, dump):
    with open(dump, encoding="utf-8") as f:
        top = blocktree.parse(f.read())
    return pdfread.read(path), top


def complaints(rule, case):
    """What a rule says; a rule that falls over complains, too."""
    try:
        return list(rule(case))
    except (pdfread.Broken, textback.Differs, AttributeError, KeyError, TypeError, IndexError, ValueError) as e:
        return [f"{type(e).__name__}: {e}"]


def check(path, dump):
    """All complaints of a file as lines."""
    try:
        pdf, top = load(path, dump)
    except pdfread.Broken as e:
        return [f"unreadable: {e}"]
    said = []
    case = rules.Case(pdf, top)
    for rule in rules.RULES:
        found = complaints(rule, case)
        said += [f"{rule.__name__}: {s}" for s in found[:5]]
        if len(found) > 5:
            said.append(f"{rule.__name__}: ... {len(found)} in all")
    try:
        streams = textback.against_blocks(pdf, top)
        textback.against_tools(pdf, path, streams)
    except textback.Differs as e:
        said.append(f"text: {e}")
    return said


def spoil(path, to, function):
    with pikepdf.open(path) as pdf:
        function(pdf)
        pdf.save(to)


def notices(path, dump, rule):
    """Does the rule complain of a spoilt file?"""
    try:
        pdf, top = load(path, dump)
        return bool(complaints(rule, rules.Case(pdf, top)))
    except pdfread.Broken:
        return rule.__name__ in ("artifacts", "order_of_contents")


def self_test_rules(path, dump, folder):
    failed = []
    named = {r.__name__: r for r in rules.RULES}
    for name in named:
        if name not in tamper.TAMPERS:
            failed.append(f"{name}: nothing spoils it")
    spoilt = os.path.join(folder, "spoilt.pdf")
    for name, functions in tamper.TAMPERS.items():
        for function in functions:
            try:
                spoil(path, spoilt, function)
            except tamper.Absent as e:
                failed.append(f"{name}: {function.__name__}: the document has no {e}")
                continue
            if not notices(spoilt, dump, named[name]):
                failed.append(f"{name}: {function.__name__} goes unnoticed")
    return failed


def self_test_text(path, dump, folder):
    """Another word, a word less, words in another order: in the block tree, or on
    the page as a tool reads it."""
    failed = []
    with open(dump, encoding="utf-8") as f:
        text = f.read()
    lines = text.split("\n")
    at = next(i for i, s in enumerate(lines) if s.strip().startswith("paragraph ") and len(s.split()) > 6)
    words = lines[at].split(" ")
    other = {"a word more": " ".join(words + ["surely"]), "a word less": " ".join(words[:-2] + words[-1:]),
             "words swapped": " ".join(words[:-3] + [words[-2], words[-3], words[-1]])}
    pdf = pdfread.read(path)
    for what, line in other.items():
        changed = "\n".join(lines[:at] + [line] + lines[at + 1:])
        try:
            textback.against_blocks(pdf, blocktree.parse(changed))
            failed.append(f"text: {what} goes unnoticed")
        except textback.Differs:
            pass
    wanted = [("o", 1, True), ("n", 0, False), ("e", 0, False), ("t", 1, True), ("w", 0, False), ("o", 0, False)]
    for good in ("one two", "one\ntwo\n"):
        textback.compare_page("good", wanted, good)
    for bad in ("onetwo", "o ne two", "one tw", "one two three", "one tvo", "two one"):
        try:
            textback.compare_page("bad", wanted, bad)
            failed.append(f"text: {bad!r} for 'one two' goes unnoticed")
        except textback.Differs:
            pass
    return failed


def main(arguments):
    self_test = arguments[:1] == ["--self-test"]
    paths = arguments[1:] if self_test else arguments
    if len(paths) != 2:
        sys.exit(__doc__)
    said = check(*paths)
    if self_test and not said:
        with tempfile.TemporaryDirectory() as folder:
            said = self_test_rules(*paths, folder) + self_test_text(*paths, folder)
    for line in said:
        print(line)
    if not said:
        count = sum(len(f) for f in tamper.TAMPERS.values())
        print(f"readback: {len(rules.RULES)} rules"
              + (f", each complains of what it is for ({count} spoilt files)" if self_test else " and the text hold"))
    return bool(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
