#!/usr/bin/env python3
"""Reads the bound text of a report as a picky editor would.

    build/recto dump doc REPORT.yaml > DUMP
    python3 tests/prose.py DUMP
    python3 tests/prose.py --volume DUMP
    python3 tests/prose.py --self-test

Over the whole report: spacing, articles, doubled words, numbers, sentences,
comparisons without their other side, pointers without a name, sentences that
begin alike in a row. Over the sections of regions and areas besides: counts and
their bases, the words of London, no percentages where there are too few
answers, every statement that an area's section owes its reader, no sentence
twice in neighbouring sections. Prints what it checked; exit status 1 if there
are problems."""
import re
import sys

ONES = 'one two three four five six seven eight nine'.split()
WORDS = dict(zip(ONES, range(1, 10)))
WORDS.update({w: n for n, w in enumerate(
    'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(), 10)})
for tens, ten in (('twenty', 20), ('thirty', 30)):
    for one, n in zip(ONES, range(1, 10)):
        WORDS['%s-%s' % (tens, one)] = ten + n
NUMBER = r'(?:\d+|%s)' % '|'.join(sorted(WORDS, key=len, reverse=True))
MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December'
ABBREVIATIONS = ('e.g.', 'i.e.', 'etc.', 'vs.', 'no.', 'nos.', 'st.', 'dr.', 'mr.', 'mrs.', 'ms.', 'cf.')
VERBS = r'(?:agreed|disagreed|agreeing|disagreeing)'


def number(text):
    text = text.lower()
    return int(text) if text.isdigit() else WORDS.get(text)


# -- reading the dump -----------------------------------------------------------

class Text:
    """One block of prose and where it stands."""

    def __init__(self, line, kind, raw, section, after=''):
        self.line, self.kind, self.raw, self.section, self.after = line, kind, raw, section, after
        self.block = [self]
        text = re.sub(r'\[\^\d+\]', '', raw)
        text = re.sub(r'\{lang=[^}]*\}', '', text)
        # what links print are references: their numbers are no numbers of the prose
        text = re.sub(r'\[([^\]]*)\]\([^)]*\)', lambda m: re.sub(r'\d+(\.\d+)*', 'N', m.group(1)), text)
        text = text.replace('**', '').replace('~', '\u00a0')
        self.text = re.sub(r'(?<!\w)_(\S(?:[^_]*\S)?)_(?!\w)', r'\1', text)
        self.flat = self.text.replace('\u00a0', ' ')


class Section:
    def __init__(self, line, depth, opening, low, title, key):
        self.line, self.depth, self.opening, self.low = line, depth, opening, low
        self.title, self.key = title, key
        self.facts = {}
        self.texts = []
        self.chapter = self.parent = None

    @property
    def is_appendix(self):
        return bool(re.match(r'[A-Z] ', self.chapter.title if self.chapter else ''))

    @property
    def is_region(self):
        return self.opening == 'region' and bool(self.facts)

    @property
    def is_area(self):
        return self.depth == 3 and self.opening == 'section' and bool(self.facts)

    @property
    def in_london(self):
        up = self
        while up:
            if 'London' in up.title:
                return True
            up = up.parent
        return False

    def bases(self):
        """The bases that a count may stand on here."""
        found = set()
        if 'Leads who answered' in self.facts:
            found.add(self.facts['Leads who answered'])
        for t in self.texts:
            for m in re.finditer(r'\b(%s) responses\b' % NUMBER, t.flat, re.I):
                found.add(number(m.group(1)))
        return found


SECTION = re.compile(r'section depth=(\d+) opening=(\S+)((?: [a-z-]+)*) (.*?)(?: #(\S+))?$')


def read(dump):
    sections, texts, stack = [], [], []
    current = Section(0, 0, '', False, '', '')
    table = inside = None
    kinds = ('paragraph', 'lead', 'text', 'headline', 'heading')
    lines = dump.split('\n')
    for at, line in enumerate(lines, 1):
        body = line.strip()
        word, _, rest = body.partition(' ')
        indent = len(line) - len(line.lstrip())
        if word == 'section':
            m = SECTION.match(body)
            if not m:
                continue
            flags = m.group(3).split()
            current = Section(at, int(m.group(1)), m.group(2), 'counts' in flags, m.group(4), m.group(5))
            while stack and stack[-1].depth >= current.depth:
                stack.pop()
            current.parent = stack[-1] if stack else None
            current.chapter = stack[0] if stack else current
            stack.append(current)
            sections.append(current)
            continue
        if inside is not None and indent <= inside[1]:
            inside = None
        if word in ('table', 'summary', 'quotes', 'list', 'chart', 'bars', 'lead-bar', 'brief', 'findings',
                    'contents', 'columns', 'names', 'diagram', 'fields', 'footnote'):
            inside = (word, indent)
            table = rest if word == 'table' else table
            if word == 'footnote' and indent == 0:
                current = Section(at, 0, '', False, 'Notes', '')
        if word == 'row' and inside and inside[0] == 'table' and table == 'facts':
            cells = [c.strip() for c in rest.strip('| ').split('|')]
            if len(cells) > 1 and re.match(r'[\d,]+\**$', cells[1]):
                current.facts[cells[0]] = int(re.sub(r'\D', '', cells[1]))
            continue
        if word == 'row' and inside and inside[0] == 'summary':
            for cell in rest.split(' | '):
                if not cell.startswith('#'):
                    add(texts, current, Text(at, 'summary', cell, current))
            continue
        if word not in kinds or not rest:
            continue
        if inside and inside[0] in ('quotes', 'contents', 'fields'):
            continue
        kind = word
        if word == 'paragraph' and inside and inside[0] == 'list':
            kind = 'item'
        if inside and inside[0] == 'footnote':
            kind = 'footnote'
        if word == 'heading':
            rest = re.sub(r'^\d+ (?:[A-Z\d]+(?:\.\d+)* )?', '', rest)
            rest = re.sub(r' #\S+$', '', rest)
        follows = lines[at].strip().split(' ')[0] if at < len(lines) else ''
        if rest:
            add(texts, current, Text(at, kind, rest, current, follows))
    return sections, texts


def add(texts, section, text):
    # a block is what stands under one side-head
    if section.texts and text.kind != 'heading':
        text.block = section.texts[-1].block
        text.block.append(text)
    texts.append(text)
    section.texts.append(text)


def sentences(text):
    """Cuts a paragraph into its sentences."""
    out, start = [], 0
    for m in re.finditer(r'[.?!][\u2019\u201d)\]]*(?:\s+|$)', text):
        word = text[start:m.start() + 1].split()[-1].lower().lstrip('(\u2018\u201c') if m.start() >= start else ''
        if word in ABBREVIATIONS or re.fullmatch(r'[a-z]\.', word):
            continue
        if text[max(0, m.start() - 2):m.start() + 1] == '...':
            continue
        out.append(text[start:m.end()].strip())
        start = m.end()
    if text[start:].strip():
        out.append(text[start:].strip())
    return out


def without_brackets(text):
    """The text less what stands in brackets."""
    last = None
    while last != text:
        last, text = text, re.sub(r'\([^()]*\)', ' ', text)
    return text


# -- rules: each yields what it finds ---------------------------------------------

def rule_one_leads(t):
    """one, and a plural"""
    nouns = r'(?:leads|responses|areas|statements|CCGs|teams|groups|comments)'
    for m in re.finditer(r'(?<![\d.,])(?<!of )\b1[ \u00a0]%s\b|\b(?:one|a single) %s\b' % (nouns, nouns), t.text, re.I):
        yield m.group(0)


def rule_doubled(t):
    """a word twice"""
    for m in re.finditer(r'\b([A-Za-z\u2019]+)\s+\1\b', t.flat, re.I):
        yield m.group(0)


def rule_the_all(t):
    """the, and another such word"""
    for m in re.finditer(r'\b(?:the|an?) (?:the|an?|all|none|no|nobody|both|each|every)\b', t.flat, re.I):
        yield t.flat[max(0, m.start() - 15):m.end() + 15]


def wants_an(word):
    low = word.lower()
    if re.match(r'\d', low):
        digits = re.match(r'[\d,]+', low).group(0).replace(',', '')
        return digits[0] == '8' or (digits[:2] in ('11', '18') and len(digits) % 3 == 2)
    if re.match(r'[A-Z]{2,}', word):
        return word[0] in 'AEFHILMNORSX'
    if re.match(r'(?:hour|honest|honour|heir)', low):
        return True
    if re.match(r'(?:uni(?!n|m)|use|usu|util|eu|ewe|one\b|once|one-)', low):
        return False
    return low[0] in 'aeiou'


def rule_article(t):
    """the wrong article"""
    for m in re.finditer(r'(?<![\w.\u2019])(an?) ([A-Za-z\d][\w,-]*)', t.flat, re.I):
        if m.group(1) == 'A' and re.search(r'\b(?:Appendix|Section|Part|Table) $', t.flat[:m.start()], re.I):
            continue  # a letter
        if (m.group(1).lower() == 'an') != wants_an(m.group(2)):
            yield m.group(0)


def rule_empty(t):
    """an empty clause"""
    for m in re.finditer(r'\s[,.;:!?](?!\.)|\(\s*\)|,\s*,|[;:]\s*[,.;:]|,\s*[.;:]|\(\s|\s\)|(?<!\.)\.\.(?!\.)|[,;:]$', t.flat):
        if m.group(0) == ':' and t.after in ('list', 'quotes', 'chart', 'table', 'names', 'columns', 'diagram'):
            continue
        yield '...' + t.flat[max(0, m.start() - 20):m.end() + 10]


def rule_head_digits(t):
    """a sentence that begins with digits"""
    if t.kind not in PROSE:
        return
    for s in sentences(t.flat):
        if re.match(r'[\u2018\u201c(]?\d', s):
            yield s[:40]


def rule_lower(t):
    """a sentence that begins in lower case"""
    if t.kind not in PROSE and t.kind != 'headline':
        return
    for s in sentences(t.flat):
        if re.match(r'[\u2018\u201c(]?[a-z]', s):
            yield s[:40]


def rule_spaces(t):
    """two spaces"""
    for m in re.finditer(r'[ \u00a0]{2,}', t.text):
        yield '...' + t.text[max(0, m.start() - 15):m.end() + 15]


def rule_bracket_words(t):
    """per cent in brackets"""
    for m in re.finditer(r'\([^()]*per cent[^()]*\)', t.flat):
        yield m.group(0)


def rule_sign(t):
    """a percent sign outside brackets"""
    if t.kind not in PROSE or t.kind == 'footnote' or t.section.is_appendix:
        return
    for m in re.finditer(r'\S*%', without_brackets(t.flat).replace('95% level', '')):
        yield m.group(0)


def rule_placeholder(t):
    """something left open"""
    for m in re.finditer(r'\{\{|\}\}|\{%|%\}|[\U000f0000-\U0010ffff\ufffd]|\bTODO\b|\bXXX\b|\bnil\b|\bnot (?:asked|shown|available)\b(?= (?:agreed|disagreed))|'
                         r'\btoo few to show (?:agreed|disagreed)', t.flat):
        yield m.group(0)


def rule_end(t):
    """a sentence without an end"""
    if t.kind not in PROSE:
        return
    if t.flat.endswith(':') and t.after:
        return
    if re.fullmatch(r'_[^_]*_', t.raw):
        return  # who signs
    if t.kind == 'item' and not any(re.search(r'[.?!]$', x.flat) for x in t.block if x.kind == 'item'):
        return  # a list of names
    if not re.search(r'[.?!][\u2019\u201d)\]]*$', t.flat.rstrip()):
        yield '...' + t.flat[-30:]


def rule_small_digits(t):
    """one to nine in digits"""
    if t.kind not in PROSE:
        return
    text = without_brackets(t.flat)
    for m in re.finditer(r'(?<![\w.,/\u2013\u2212&%s-])[1-9](?![\w/&%%]|[.,]\d| ?per cent| (?:%s)\b| to \d+ (?:%s)\b)' % ('\u00a3', MONTHS, MONTHS), text):
        before = text[:m.start()].split()[-1:] or ['']
        if before[0].lower().strip('(') in ('chapter', 'section', 'figure', 'table', 'page', 'appendix', 'note', 'volume', 'version', 'part'):
            continue
        yield '...' + text[max(0, m.start() - 20):m.end() + 15]


def rule_leaders(t):
    """leads are never leaders"""
    for m in re.finditer(r'\bleaders?\b', t.flat, re.I):
        yield m.group(0)


def rule_counts_percent(t):
    """a percentage, or a fraction, where there are counts"""
    if not (t.section.is_area or t.section.is_region and t.section.low):
        return
    for m in re.finditer(r'\S*%|\S+ per cent\b', t.flat):
        yield m.group(0)
    if t.kind in PROSE or t.kind == 'headline':
        for m in FRACTION.finditer(t.flat):
            yield m.group(0)


def rule_london(t):
    """area team, in London"""
    s = t.section
    if not s.in_london or not (s.is_area or s.is_region):
        return
    # the questions on specialised services say "area team" in London too, and
    # a sentence may say what is said elsewhere
    quoted = re.sub(r'\u2018[^\u2018\u2019]*\u2019|\u201c[^\u201c\u201d]*\u201d', '', t.flat)
    for sentence in sentences(quoted):
        if re.search(r'\barea teams?\b', sentence, re.I) and 'elsewhere' not in sentence:
            yield sentence


# After "of the N": what is no base of answers.
OTHER = (r'(?: other| remaining)?\s+(?:statements?|aspects?|areas?|regions?|roles?|items?|questions?|levels?|teams?|points?|themes?|charts?|'
         r'leads who commented|who commented|(?:leads )?invited|groups?|CCGs?|clinical commissioning|batter\w+|positive|negative|higher|lower|in\b)')


def rule_base(t):
    """a count on a wrong base, or on none"""
    s = t.section
    if not (s.is_area or (s.is_region and s.low)):
        return
    bases = s.bases()
    if not bases or t.kind not in PROSE:
        return
    flat = t.flat
    top = max(bases)
    for m in re.finditer(r'\bof the (%s)\b(?!-)' % NUMBER, flat, re.I):
        if re.match(OTHER, flat[m.end():]):
            continue
        if number(m.group(1)) not in bases:
            yield '%s (not %s)' % (m.group(0), ' or '.join(map(str, sorted(bases))))
    for m in re.finditer(r'\ball (%s)\b(?= (?:leads|responses|%s|found|felt|described|said))' % (NUMBER, VERBS), flat, re.I):
        if number(m.group(1)) not in bases:
            yield '%s (not %s)' % (m.group(0), ' or '.join(map(str, sorted(bases))))
    for m in re.finditer(r'\b(%s) %s\b' % (NUMBER, VERBS), flat, re.I):
        if number(m.group(1)) > top:
            yield '%s: more than the %d who answered' % (m.group(0), top)
    for m in re.finditer(r'\b(%s) of the (%s)\b(?!-)' % (NUMBER, NUMBER), flat, re.I):
        if number(m.group(1)) > number(m.group(2)):
            yield m.group(0)
    if not s.is_area:
        return
    first = re.search(r'\b(?:%s) %s\b' % (NUMBER, VERBS), flat, re.I)
    if first:
        said = re.search(r'\b(?:of the|all) (%s)\b' % NUMBER, flat[:first.end()], re.I)
        ok = said and any(number(m.group(1)) in bases
                          for m in re.finditer(r'\b(?:of the|all) (%s)\b' % NUMBER, flat[:first.end()], re.I))
        if not ok:
            yield 'no base before "%s"' % first.group(0)


def rule_pointer(t):
    """a pointer without a name"""
    # what opens a divider speaks of the bars on its page
    if t.kind == 'lead' and t.section.opening == 'divider':
        return
    for m in re.finditer(r'\boverleaf\b|\b(?:see|as|described|quoted|offered|listed|shown|given|printed|set out|comments?|sections?|tables?|figures?|charts?|'
                         r'cases?|sentences?|quotations?|paragraphs?|leads?|one|two|three|four|both|first|second|third) (?:below|above)\b(?! (?:the|all|it)\b)', t.flat, re.I):
        yield m.group(0)


def rule_percent_missing(t):
    """a share that lacks its per cent"""
    for m in re.finditer(r'\b(?:compared with|in line with) \d+(?![\d.,]*(?:%| per cent| percentage| of | in ))|\(\d+,? (?:compared with|and) \d+%', t.flat):
        yield t.flat[max(0, m.start() - 15):m.end() + 12]


# What may stand on the other side of a comparison.
OTHER_SIDE = re.compile(r'\boverall\b|\bnational|\bEngland\b|\belsewhere\b|\bof (?:leads|clinical|financial|managerial)|\b(?:clinical|financial|managerial) leads\b|\bthose\b', re.I)


def rule_comparator(t):
    """a comparison without its other side"""
    at = re.search(r'compared with \d', t.flat)
    if t.kind not in PROSE or not at:
        return
    so_far = [x.flat for x in t.block if x.line <= t.line]
    if not OTHER_SIDE.search(' '.join(so_far)):
        yield t.flat[max(0, at.start() - 30):at.end() + 20]


def rule_whole(t):
    """overall for nationally, or the reverse"""
    chapter = t.section.chapter.title.split(' ')[0] if t.section.chapter else ''
    if t.kind in PROSE and chapter in ('3', '4', '5', '6', '7', '8', '9'):
        for m in re.finditer(r'compared with [^).]*\b%s\b' % ('overall' if chapter == '9' else 'nationally'), t.flat):
            yield m.group(0)


FRACTION = re.compile(r'\b(?:(?:one|two|three|four|seven|nine) in (?:three|four|five|six|eight|ten)|half of leads)\b', re.I)


def rule_fraction(t):
    """a fraction without its figure"""
    # the summary gives results in words; headlines and counts stand by themselves
    if t.kind not in ('paragraph', 'item', 'text') or not re.match(r'[3-9] ', t.section.chapter.title if t.section.chapter else ''):
        return
    for sentence in sentences(t.flat):
        if FRACTION.search(sentence) and '%' not in sentence:
            yield sentence[:60]


def opening(sentence, n):
    return ' '.join(re.findall(r'[\w\u2019-]+', sentence.lower())[:n])


def rule_openings(t):
    """sentences in a row that begin alike"""
    if t.kind not in PROSE:
        return
    own = sentences(t.flat)
    for a, b in zip(own, own[1:]):
        if opening(a, 3) == opening(b, 3):
            yield '%s ... %s ...' % (' '.join(a.split()[:4]), ' '.join(b.split()[:4]))
    for a, b, c in zip(own, own[1:], own[2:]):
        if opening(a, 2) == opening(b, 2) == opening(c, 2):
            yield '%s ... three times' % ' '.join(a.split()[:3])
    before = t.block[t.block.index(t) - 1] if t.block.index(t) else None
    if t.kind == 'paragraph' and before and before.kind == 'paragraph' and own and sentences(before.flat) and \
            opening(own[0], 3) == opening(sentences(before.flat)[0], 3):
        yield 'two paragraphs: %s ...' % ' '.join(own[0].split()[:4])


def rule_signature(t):
    """two who sign on one line"""
    if re.fullmatch(r'_[^_]*_', t.raw) and len(re.findall(r'\b(?:president|chair|chief|director|secretary)\b', t.flat, re.I)) > 1:
        yield t.flat


# -- rules over sections -----------------------------------------------------------

# What an area's section says in any case, by its side-heads.
OWED = {
    'Relationships': ('effectively with them|effective', 'regional (?:and the national )?team', 'national (?:team|one)'),
    'Assurance': ('equal', 'account|one-way', 'open and honest'),
    'Primary care': ('collaborative', 'shared vision', 'outcomes', 'decision making powers'),
    'Specialised services': ('partner', 'listen', 'account'),
}


def over_owed(sections):
    """a statement that an area's section owes"""
    for s in sections:
        if not s.is_area or s.facts.get('Leads who answered', 0) < 2:
            continue
        by_head, head = {}, None
        for t in s.texts:
            if t.kind == 'heading':
                head = t.flat.strip()
            elif head and t.kind == 'paragraph':
                by_head[head] = by_head.get(head, '') + ' ' + t.flat
        for head, owed in OWED.items():
            for what in owed:
                if not re.search(what, by_head.get(head, '')):
                    yield s, '%s: %s' % (head, what)


def over_headlines(sections):
    """a headline that is no headline, or stands twice"""
    seen = {}
    for s in sections:
        for t in s.texts:
            if t.kind != 'headline' or s.is_appendix:  # data tables bear the headline of their chart
                continue
            if t.flat.endswith('.') or len(t.flat) > 90:
                yield s, t.flat
            if t.flat in seen and 'Who answered' != t.flat:
                yield s, t.flat
            seen[t.flat] = s


def skeleton(sentence, place):
    """The sentence less its counts and its place."""
    text = sentence.replace(place, 'X')
    return re.sub(r'\b(?:all )?(?:%s|none|nobody|both|all)\b' % NUMBER, 'n', text, flags=re.I)


def over_neighbours(sections):
    """the same sentence in neighbouring sections"""
    areas = [s for s in sections if s.is_area]
    for a, b in zip(areas, areas[1:]):
        if a.parent is not b.parent:
            continue
        of = [{skeleton(x, re.sub(r'^\S+ ', '', s.title)): x for t in s.texts if t.kind == 'paragraph' for x in sentences(t.flat)} for s in (a, b)]
        for key in of[0]:
            # a bare count cannot be said in many ways
            if key in of[1] and len(key.split()) > 6 and not re.match(r'n (?:of the n )?(?:dis)?agreed\b|n disagreed\b', key):
                yield b, of[1][key]


PROSE = ('paragraph', 'lead', 'text', 'item', 'footnote')
RULES = [f for name, f in sorted(globals().items()) if name.startswith('rule_')]
OVER = [f for name, f in sorted(globals().items()) if name.startswith('over_')]


def check(dump):
    sections, texts = read(dump)
    special = [s for s in sections if s.is_region or s.is_area]
    problems, inside, everywhere = [], 0, 0
    for t in texts:
        if t.kind in PROSE or t.kind == 'summary':
            n = len(sentences(t.flat))
            everywhere += n
            inside += n if t.section in special else 0
        for rule in RULES:
            for what in rule(t):
                problems.append((t, rule, what))
    for rule in OVER:
        for section, what in rule(sections):
            problems.append((Text(section.line, 'section', '', section), rule, what))
    return special, inside, everywhere, problems


def report(path, volume=False):
    with open(path, encoding='utf-8') as f:
        special, inside, everywhere, problems = check(f.read())
    for t, rule, what in problems:
        where = t.section.title or '?'
        print('%s:%d: %s: %s: %s' % (path, t.line, where, rule.__doc__, what))
    of = [p for p in problems if p[0].section in special]
    print('%d sections, %d sentences, %d problems' % (len(special), inside, len(of)))
    print('whole report: %d sentences, %d problems' % (everywhere, len(problems)))
    if not special and not volume:
        print('no section of a region or an area was found')
    return 1 if problems or not (special or volume) else 0


# -- self-test: one bad sentence for every rule, and good ones that pass -------------

def sample(paragraph, title='Essex', parent='Midlands and East of England', kind='paragraph', answered='10**',
           chapter='10 Results by area team', head='Relationships', twice=False, region=False):
    area = [
        '  table facts',
        '    caption Who answered',
        '    heads |  | Number',
        '    row | Leads invited | 20',
        '    row | Leads who answered | %s' % answered,
        '    row | Response rate | 50%',
        '  heading 3 ' + head,
        '  %s %s' % (kind, paragraph)]
    return '\n'.join([
        'part body numbered',
        'section depth=1 opening=divider in-contents %s #areas' % chapter,
        'section depth=2 opening=region%s in-contents 10.2 %s #areas-x' % (' counts' if region else '', parent),
        '' if region else 'section depth=3 opening=section counts in-contents 10.2.5 %s #at-x' % title] + area + (
        ['section depth=3 opening=section counts in-contents 10.2.6 Rutland #at-y'] + area if twice else []) + [''])


SAID = """The work is effective. Its regional team is not, nor is the national team.
  heading 3 Assurance
  paragraph They are no equals and do not account to each other; meetings are open and honest.
  heading 3 Primary care
  paragraph NHS England is collaborative and has a shared vision of outcomes and of decision making powers.
  heading 3 Specialised services
  paragraph They are partners, listen and account to each other."""


BAD = [
    ('rule_one_leads', 'There was 1~leads who wrote.', {}),
    ('rule_one_leads', 'We heard one leads say so.', {}),
    ('rule_one_leads', 'We heard 1 responses in all.', {}),
    ('rule_doubled', 'They said that that works.', {}),
    ('rule_doubled', 'One agreed and one one did not.', {}),
    ('rule_doubled', 'They had had no dealings.', {}),
    ('rule_the_all', 'Three of the all eight agreed.', {}),
    ('rule_pointer', 'The comments below show it.', {}),
    ('rule_pointer', 'See the table overleaf.', {}),
    ('rule_percent_missing', 'More agreed (75%, compared with 65 nationally).', {'title': 'North of England'}),
    ('rule_percent_missing', 'More agreed (75 and 65%).', {'title': 'North of England'}),
    ('rule_comparator', 'Leads were more likely to say so (75%, compared with 65%).', {'title': 'North of England'}),
    ('rule_whole', 'More agreed (75%, compared with 65% overall).', {'chapter': '9 Results by region'}),
    ('rule_whole', 'More agreed (75%, compared with 65% nationally).', {'chapter': '3 Overview'}),
    ('rule_fraction', 'Two in three leads said so.', {'chapter': '9 Results by region'}),
    ('rule_openings', 'One lead wrote of money. One lead wrote of time.', {}),
    ('rule_openings', 'They wrote. They wrote again. They wrote no more.', {}),
    ('rule_openings', 'One lead wrote of money.\n  paragraph One lead wrote of time.', {}),
    ('rule_signature', '_Interim president, co-chair of the group_', {}),
    ('over_owed', 'Eight of the 10 agreed.', {'head': 'Assurance'}),
    ('over_headlines', 'Area teams are seen as effective.', {'kind': 'headline'}),
    ('over_headlines', 'Area teams are seen as effective', {'kind': 'headline', 'twice': True}),
    ('over_neighbours', 'The latest round left nothing to be desired in its manner.', {'twice': True}),
    ('rule_article', 'It was an good year.', {}),
    ('rule_article', 'It was a area of concern.', {}),
    ('rule_article', 'It was a 11 point gap.', {}),
    ('rule_article', 'They saw an 12 point gap.', {}),
    ('rule_article', 'They saw a eight point gap.', {}),
    ('rule_article', 'This is a NHS England matter.', {}),
    ('rule_article', 'They wanted an unified team.', {}),
    ('rule_empty', 'They agreed , on balance.', {}),
    ('rule_empty', 'They agreed () on balance.', {}),
    ('rule_empty', 'They agreed .', {}),
    ('rule_empty', 'They agreed, , on balance.', {}),
    ('rule_head_digits', 'They were few. 12 wrote.', {}),
    ('rule_lower', 'They were few. some wrote.', {}),
    ('rule_spaces', 'They were  few.', {}),
    ('rule_spaces', 'They were~ few.', {}),
    ('rule_bracket_words', 'Some wrote (12 per~cent).', {}),
    ('rule_sign', 'Of those 12% wrote.', {'title': 'North of England'}),
    ('rule_placeholder', 'They were {{ agree }}.', {}),
    ('rule_placeholder', 'They were \U000f0001.', {}),
    ('rule_end', 'They were few', {}),
    ('rule_end', '\n    paragraph They wrote.\n    paragraph They agreed', {'kind': 'list'}),
    ('rule_small_digits', 'There were 7 such areas.', {}),
    ('rule_leaders', 'The leaders wrote.', {}),
    ('rule_counts_percent', 'Of these, 64 per~cent wrote.', {}),
    ('rule_counts_percent', 'Some wrote (64%).', {}),
    ('rule_counts_percent', 'Two in three leads wrote.', {}),
    ('rule_counts_percent', 'Some wrote (64%).', {'region': True}),
    ('rule_counts_percent', 'Half of leads wrote.', {'region': True}),
    ('rule_london', 'Their area team wrote.', {'title': 'South London', 'parent': 'London'}),
    ('rule_base', 'Seven of the 12 agreed that it works.', {}),
    ('rule_base', 'All 12 agreed that it works.', {}),
    ('rule_base', 'Seven agreed that it works.', {}),
    ('rule_base', 'Of the 10 leads, 11 agreed.', {}),
    ('rule_base', 'Twelve of the 10 agreed.', {}),
]
GOOD = [
    ('Seven of the 10 leads in Essex agreed that their area team works effectively with them, two disagreed and one took '
     'neither side. Eight agreed on seven of the eight statements.', {}),
    ('All 10 agreed, two of them _strongly_. An 11-point gap, an hour, a unit, a one-way process and an NHS England team: '
     'see [section~4.2](#x).', {}),
    ('In West Yorkshire 16~leads gave 17~responses: one lead answered twice. Seven of the 17 disagreed, and Wave 2 is on 9~October.',
     {'title': 'West Yorkshire', 'answered': '16**'}),
    ('Seven of the 16 leads agreed that their NHS England team works effectively with them.',
     {'title': 'South London', 'parent': 'London', 'answered': '16**'}),
    ('Three of the four leads who commented wrote of money, e.g. of budgets. One lead wrote of time. Confidence in the levels above is low.', {}),
]


def self_test():
    failures = 0
    covered = set()
    for name, text, how in BAD:
        found = {rule.__name__ for _, rule, _ in check(sample(text, **how))[3]}
        covered.add(name)
        if name not in found:
            print('not caught by %s: %s' % (name, text))
            failures += 1
    for text, how in GOOD:
        text = SAID.replace('The work', text + ' The work', 1).replace('Wave 2', 'the second wave')
        for t, rule, what in check(sample(text, **how))[3]:
            print('caught, and should not be, by %s: %s (%s)' % (rule.__name__, text, what))
            failures += 1
    for rule in RULES + OVER:
        if rule.__name__ not in covered:
            print('%s has no bad sentence' % rule.__name__)
            failures += 1
    print('%d rules, %d bad sentences, %d good ones, %d failures' % (len(RULES + OVER), len(BAD), len(GOOD), failures))
    return 1 if failures else 0


if __name__ == '__main__':
    if sys.argv[1:] == ['--self-test']:
        sys.exit(self_test())
    if len(sys.argv) == 3 and sys.argv[1] == '--volume':
        sys.exit(report(sys.argv[2], True))
    if len(sys.argv) != 2:
        sys.exit('usage: prose.py [--volume] DUMP | --self-test')
    sys.exit(report(sys.argv[1]))
