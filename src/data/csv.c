/* CSV into a table. libcsv decides where a cell ends; it is fed up to the next
 * byte that could end one, so that the place of every cell is known.
 *
 * After a broken row reading goes on with the next line, so that one run finds
 * all of them. A quote that never closes swallows what follows: there the next
 * line is the one after the quote opened, and since each such quote reads the
 * rest of the file again, only a few of them are reported. */
#include "data/table.h"

#include "base/file.h"

#include <csv.h>
#include <string.h>

enum { MOST_BROKEN = 20, MOST_UNCLOSED = 8 };

typedef struct state {
    rc_reader *reader;
    rc_table *table;
    rc_str text;
    const char *raw;  /* the text before ill-formed bytes were mended */
    size_t start;     /* where the cell at hand starts */
    size_t end;       /* the byte that ends it */
    bool row_begun;
    uint32_t row;     /* number of the row at hand; 0: the header */
    RC_VEC(rc_text) cells; /* of the row at hand */
    size_t broken, unclosed;
} state;

static int
no_space(unsigned char c)
{
    (void)c;
    return 0; /* blanks are part of a cell (RFC 4180, 2.4) */
}

static void *
grow(void *old, size_t size)
{
    return rc_heap_grow(old, size, 1);
}

static rc_span
span_at(const state *s, size_t from, size_t to)
{
    rc_span span = rc_span_make(s->table->source, from, to);
    span.row = s->row;
    size_t i = s->cells.count;
    if (s->row && i < s->table->column_count)
        span.column = s->table->columns[i];
    return span;
}

/* True while there is still room for a message about this file. */
static bool
may_complain(state *s)
{
    s->table->broken = true; /* rows are lost */
    return s->broken++ < MOST_BROKEN;
}

static void
check_bytes(state *s, size_t from, size_t to)
{
    for (size_t i = from; s->raw && i < to; i++) {
        if (s->raw[i] == s->text.at[i])
            continue;
        if (s->broken++ < MOST_BROKEN) {
            rc_diag *d = rc_log_error(
                s->reader->log, "bad-utf8", span_at(s, i, i + 1),
                "byte 0x%02X is not UTF-8", (unsigned char)s->raw[i]);
            rc_diag_hint(d, "save the file as UTF-8");
        }
        return;
    }
}

static void
on_field(void *at, size_t len, void *data)
{
    state *s = data;
    if (!s->row_begun)
        while (s->start < s->end
               && (s->text.at[s->start] == '\n' || s->text.at[s->start] == '\r'))
            s->start++;
    s->row_begun = true;
    check_bytes(s, s->start, s->end);
    const char *cell = s->text.at + s->start;
    if (s->start < s->end && *cell == '"') {
        cell++;
        /* two bytes of quotes and no more: the cell stands there as it is */
        if (len + 2 != s->end - s->start)
            cell = rc_str_copy(s->reader->keep, (rc_str){at, len}).at;
    }
    *rc_vec_push(s->reader->scratch, &s->cells) =
        (rc_text){cell, (uint32_t)len, (uint32_t)s->start, (uint32_t)s->end};
    s->start = s->end + 1;
}

static void
ragged_row(state *s)
{
    size_t want = s->table->column_count, have = s->cells.count;
    if (!may_complain(s))
        return;
    const rc_text *last = &s->cells.at[have - 1];
    rc_span at = rc_span_make(s->table->source, s->cells.at[0].from, last->to);
    at.row = s->row;
    bool cut = have < want && s->end >= s->text.len;
    rc_diag *d = rc_log_error(
        s->reader->log, cut ? "cut-file" : "ragged-row", at,
        cut ? "the file ends in a row of %zu cells, not %zu: it is cut"
            : "a row of %zu cells, not %zu",
        have, want);
    if (!cut)
        rc_diag_hint(d, "a comma, quote or line break inside a cell needs "
                        "quotes around it");
}

/* About as many rows as there are line ends: one allocation for all. */
static void
reserve_rows(state *s)
{
    size_t lines = 1;
    for (size_t i = s->end; (i = rc_str_find(s->text, "\n", i)) != SIZE_MAX; i++)
        lines++;
    rc_table_reserve(s->reader, s->table, lines);
}

static void
on_row(int end, void *data)
{
    state *s = data;
    (void)end;
    if (s->row == 0) {
        rc_table_begin(s->reader, s->table, s->cells.at, s->cells.count);
        reserve_rows(s);
    } else if (s->cells.count != s->table->column_count) {
        ragged_row(s);
    } else {
        rc_table_add(s->reader, s->table, s->row, s->cells.at);
    }
    s->row++;
    s->cells.count = 0;
    s->row_begun = false;
}

static size_t
next_line(const state *s, size_t from)
{
    size_t at = rc_str_find(s->text, "\n", from);
    return at == SIZE_MAX ? s->text.len : at + 1;
}

static bool
in_quotes(const state *s)
{
    size_t start = s->start;
    if (!s->row_begun)
        while (start < s->text.len
               && (s->text.at[start] == '\n' || s->text.at[start] == '\r'))
            start++;
    return start < s->text.len && s->text.at[start] == '"';
}

/* A quote where none may be, at byte `at`; returns where to go on. */
static size_t
stray_quote(state *s, size_t at)
{
    bool quoted = in_quotes(s);
    size_t open = s->start;
    while (quoted && s->text.at[open] != '"')
        open++;
    size_t line = next_line(s, quoted ? open : at);
    if (quoted && at >= line) { /* it began on a line above */
        if (s->unclosed++ < MOST_UNCLOSED && may_complain(s)) {
            rc_diag *d = rc_log_error(s->reader->log, "unclosed-quote",
                                      span_at(s, open, open + 1),
                                      "this quote does not close on its line, "
                                      "nor well after it");
            rc_diag_also(d, rc_span_make(s->table->source, at, at + 1),
                         "text after a closing quote");
        }
    } else if (may_complain(s)) {
        rc_diag *d = rc_log_error(s->reader->log, "stray-quote",
                                  span_at(s, at, at + 1),
                                  quoted ? "text after a closing quote"
                                         : "a quote inside a cell without "
                                           "quotes around it");
        rc_diag_hint(d, "a cell with quotes inside: \"say \"\"so\"\"\"");
    }
    return s->unclosed > MOST_UNCLOSED ? s->text.len : line;
}

static size_t
unclosed_quote(state *s)
{
    size_t open = s->start;
    while (open < s->text.len && s->text.at[open] != '"')
        open++;
    s->unclosed++;
    if (may_complain(s))
        rc_log_error(s->reader->log, "unclosed-quote",
                     span_at(s, open, open + 1), "this quote never closes");
    return s->unclosed > MOST_UNCLOSED ? s->text.len : next_line(s, open);
}

static size_t
next_stop(rc_str text, size_t from)
{
    while (from < text.len && text.at[from] != ',' && text.at[from] != '\n'
           && text.at[from] != '\r')
        from++;
    return from;
}

/* Parses from `from` to the end or the first mistake; where to go on. */
static size_t
parse_part(state *s, size_t from)
{
    struct csv_parser p;
    bool good = csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) == 0;
    csv_set_space_func(&p, no_space);
    csv_set_realloc_func(&p, grow);
    size_t pos = s->start = from, next = s->text.len;
    while (good && pos < s->text.len) {
        s->end = next_stop(s->text, pos);
        size_t len = s->end - pos + (s->end < s->text.len);
        size_t done = csv_parse(&p, s->text.at + pos, len, on_field, on_row, s);
        good = done == len;
        if (!good)
            next = stray_quote(s, pos + done);
        pos += len;
    }
    s->end = s->text.len;
    if (good && csv_fini(&p, on_field, on_row, s) != 0) {
        good = false;
        next = unclosed_quote(s);
    }
    csv_free(&p);
    if (!good && s->row == 0)
        return s->text.len; /* without a header the rest says nothing */
    if (!good) {
        s->cells.count = 0;
        s->row_begun = false;
        s->row++;
    }
    return good ? s->text.len : next;
}

static void
finish(state *s)
{
    rc_table *t = s->table;
    rc_span at = rc_span_make(t->source, s->text.len, s->text.len);
    if (s->broken > MOST_BROKEN)
        rc_log_error(s->reader->log, "ragged-row", at,
                     "%zu more rows of this file are broken",
                     s->broken - MOST_BROKEN);
    if (!t->there && !t->broken)
        rc_log_error(s->reader->log, "empty-table", at, "the file is empty");
    else if (!t->broken && !rc_str_ends(s->text, "\n")
             && !rc_str_ends(s->text, "\r"))
        rc_diag_hint(rc_log_warning(s->reader->log, "no-line-end", at,
                                    "the last line has no end"),
                     "is the file whole?");
}

/* Mostly all there is to see. */
static bool
is_ascii(rc_str s)
{
    unsigned odd = 0;
    for (size_t i = 0; i < s.len; i++)
        odd |= (unsigned)((signed char)s.at[i] <= 0);
    return !odd;
}

static bool
is_text(rc_str s)
{
    size_t bad;
    return rc_utf8_valid(s, &bad) && !memchr(s.at, 0, s.len);
}

bool
rc_csv_read(rc_reader *r, const char *path, rc_str shown, rc_table *t)
{
    rc_str text;
    if (!rc_file_read(r->keep, path, r->log, rc_span_none(), &text))
        return false;
    if (rc_str_starts(text, "\xEF\xBB\xBF"))
        text = rc_str_part(text, 3, text.len);
    if (text.len > UINT32_MAX / 2) {
        rc_log_add(r->log, RC_WORLD, "unreadable-file", rc_span_none(),
                   "cannot read '%.*s': it is too large", RC_STR(shown));
        return false;
    }
    state s = {.reader = r, .table = t, .text = text};
    if (!is_ascii(text) && !is_text(text)) {
        unsigned char byte;
        char *mended = rc_arena_array(r->keep, text.len + 1, 1);
        memcpy(mended, text.at, text.len);
        rc_text_mend(mended, text.len, &byte);
        s.raw = text.at;
        t->mended = true;
        s.text.at = mended;
    }
    t->source = rc_source_make(r->keep, shown, s.text);
    for (size_t pos = 0; pos < text.len;)
        pos = parse_part(&s, pos);
    finish(&s);
    return t->there;
}
