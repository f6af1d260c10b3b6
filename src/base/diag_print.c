/* A log for people and for machines. What authors wrote is quoted: control
 * characters never reach the terminal, ill-formed bytes never reach JSON. */
#include "base/diag_log.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW = 100, BEFORE_SPAN = 30, TAB = 8 };

typedef struct printer {
    const rc_log *log;
    FILE *to;
    bool colour;
    rc_buf line;
} printer;

static int
by_place(const void *left, const void *right)
{
    const rc_diag *a = *(const rc_diag *const *)left;
    const rc_diag *b = *(const rc_diag *const *)right;
    if (a->source_order != b->source_order)
        return a->source_order < b->source_order ? -1 : 1;
    if (a->first.at.row != b->first.at.row)
        return a->first.at.row < b->first.at.row ? -1 : 1;
    if (a->first.at.from != b->first.at.from)
        return a->first.at.from < b->first.at.from ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* -- for people ------------------------------------------------------------ */

static bool
is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029
           || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void
add_clean(rc_buf *to, rc_str s)
{
    for (size_t pos = 0; pos < s.len;) {
        uint32_t c = rc_utf8_next(s, &pos);
        rc_buf_code(to, c == '\n' || c == '\t' ? ' '
                        : is_control(c)        ? 0xFFFD
                                               : c);
    }
}

/* Columns a character takes in a terminal: near enough for an underline. */
static size_t
cells(uint32_t c)
{
    static const struct { uint32_t from, to; size_t cells; } wide[] = {
        {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},
        {0x20D0, 0x20FF, 0},   {0x2E80, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},
        {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE30, 0xFE6F, 2},
        {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1FAFF, 2},
        {0x20000, 0x3FFFD, 2},
    };
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (c >= wide[i].from && c <= wide[i].to)
            return wide[i].cells;
    return 1;
}

/* Columns of the code point at *pos, which moves on, when it is set at
 * `column`. */
static size_t
step(rc_str line, size_t *pos, size_t column)
{
    uint32_t c = rc_utf8_next(line, pos);
    return c == '\t' ? TAB - column % TAB : is_control(c) ? 1 : cells(c);
}

typedef struct excerpt {
    rc_str line;
    size_t number;
    size_t from, to; /* bytes of the line that the span covers */
} excerpt;

static bool
excerpt_of(rc_span at, excerpt *out)
{
    if (!at.source || at.source->text.len == 0
        || (at.row && at.from == 0 && at.to == 0))
        return false;
    rc_str text = at.source->text;
    size_t from = at.from, start, end, column;
    if (from > text.len)
        from = text.len;
    for (start = from; start > 0 && text.at[start - 1] != '\n';)
        start--;
    for (end = from; end < text.len && text.at[end] != '\n';)
        end++;
    if (end > start && text.at[end - 1] == '\r')
        end--;
    rc_span_place(at, &out->number, &column);
    out->line = rc_str_part(text, start, end);
    size_t len = out->line.len;
    out->from = from - start < len ? from - start : len;
    out->to = at.to <= start          ? out->from
              : at.to - start < len ? at.to - start
                                    : len;
    return true;
}

/* Where a window on the line begins: at its start, or a little before the
 * span when that is far to the right. */
static size_t
window_start(excerpt e)
{
    size_t column = 0, width = 0, pos = 0;
    while (pos < e.line.len && width <= 4 * WINDOW) {
        bool before = pos < e.from;
        width += step(e.line, &pos, width);
        if (before)
            column = width;
    }
    if (pos < e.from)
        column = width = SIZE_MAX / 2;
    if (width <= WINDOW || column + BEFORE_SPAN < WINDOW)
        return 0;
    pos = e.from;
    for (size_t back = BEFORE_SPAN; back > 0 && pos > 0; back--)
        do
            pos--;
        while (pos > 0 && ((unsigned char)e.line.at[pos] & 0xC0) == 0x80);
    return pos;
}

/* Writes the line's window to p->line, and to *pad and *marks how many columns
 * stand before and under the span. */
static void
add_window(printer *p, excerpt e, size_t *pad, size_t *marks)
{
    size_t pos = window_start(e), column = 0;
    *pad = *marks = 0;
    if (pos > 0) {
        rc_buf_z(&p->line, "...");
        column = 3;
    }
    *pad = column;
    while (pos < e.line.len && column < WINDOW) {
        size_t at = pos, width = step(e.line, &pos, column);
        if (e.line.at[at] == '\t')
            for (size_t i = 0; i < width; i++)
                rc_buf_char(&p->line, ' ');
        else
            add_clean(&p->line, rc_str_part(e.line, at, pos));
        column += width;
        if (at < e.from)
            *pad = column;
        else if (at < e.to)
            *marks += width;
    }
    if (pos < e.line.len)
        rc_buf_z(&p->line, "...");
}

static void
add_paint(printer *p, const char *code)
{
    if (p->colour)
        rc_buf_printf(&p->line, "\033[%sm", code);
}

static const char *
severity_word(rc_severity s)
{
    return s == RC_NOTE ? "note" : s == RC_WARNING ? "warning" : "error";
}

static const char *
severity_paint(rc_severity s)
{
    return s == RC_NOTE ? "1;36" : s == RC_WARNING ? "1;35" : "1;31";
}

static void
add_place(printer *p, rc_span at)
{
    if (!at.source) {
        rc_buf_z(&p->line, "recto: ");
        return;
    }
    size_t line, column;
    add_clean(&p->line, at.source->path);
    rc_buf_char(&p->line, ':');
    rc_span_place(at, &line, &column);
    bool whole = at.from == 0 && at.to == 0;
    if (at.row && at.source->text.len == 0)
        rc_buf_printf(&p->line, " row %u:", (unsigned)at.row);
    else if (at.row)
        rc_buf_printf(&p->line, "%zu:", whole ? (size_t)at.row + 1 : line);
    else if (at.source->text.len && !at.column.len)
        rc_buf_printf(&p->line, "%zu:%zu:", line, column);
    rc_buf_char(&p->line, ' ');
    if (at.column.len) {
        add_clean(&p->line, at.column);
        rc_buf_z(&p->line, ": ");
    }
}

/* The line under a place, with the hint beside its underline. */
static void
add_excerpt(printer *p, rc_span at, rc_str hint)
{
    excerpt e;
    if (!excerpt_of(at, &e)) {
        if (hint.len) {
            rc_buf_z(&p->line, "        ");
            add_clean(&p->line, hint);
            rc_buf_char(&p->line, '\n');
        }
        return;
    }
    size_t pad, marks;
    rc_buf_printf(&p->line, "%5zu | ", e.number);
    add_window(p, e, &pad, &marks);
    rc_buf_printf(&p->line, "\n      | ");
    for (size_t i = 0; i < pad; i++)
        rc_buf_char(&p->line, ' ');
    add_paint(p, "1;32");
    rc_buf_char(&p->line, '^');
    for (size_t i = 1; i < marks; i++)
        rc_buf_char(&p->line, '~');
    add_paint(p, "0");
    if (hint.len) {
        rc_buf_char(&p->line, ' ');
        add_clean(&p->line, hint);
    }
    rc_buf_char(&p->line, '\n');
}

static void
print_human(printer *p, const rc_diag *d)
{
    p->line.len = 0;
    add_paint(p, "1");
    add_place(p, d->first.at);
    add_paint(p, severity_paint(d->severity));
    rc_buf_printf(&p->line, "%s: ", severity_word(d->severity));
    add_paint(p, "0");
    add_clean(&p->line, d->first.message);
    rc_buf_printf(&p->line, " [%s]\n", d->name);
    add_excerpt(p, d->first.at, d->hint);
    for (size_t i = 0; i < d->also.count; i++) {
        const log_place *also = &d->also.at[i];
        add_place(p, also->at);
        add_paint(p, severity_paint(RC_NOTE));
        rc_buf_z(&p->line, "note: ");
        add_paint(p, "0");
        add_clean(&p->line, also->message);
        rc_buf_char(&p->line, '\n');
        add_excerpt(p, also->at, (rc_str){0});
    }
    fwrite(p->line.at, 1, p->line.len, p->to);
}

static size_t
count_of(const rc_log *log, rc_severity least, rc_severity most)
{
    size_t count = rc_log_count(log, least);
    if (most < RC_RETRY)
        count -= rc_log_count(log, (rc_severity)(most + 1));
    return count;
}

static void
print_counts(printer *p)
{
    static const struct {
        rc_severity least, most;
        const char *word;
    } kinds[] = {
        {RC_ERROR, RC_RETRY, "error"},
        {RC_WARNING, RC_WARNING, "warning"},
        {RC_NOTE, RC_NOTE, "note"},
    };
    p->line.len = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = count_of(p->log, kinds[i].least, kinds[i].most);
        if (kinds[i].least == RC_ERROR)
            n -= p->log->followed;
        if (n)
            rc_buf_printf(&p->line, "%s%zu %s%s", p->line.len ? ", " : "", n,
                          kinds[i].word, n == 1 ? "" : "s");
    }
    if (p->log->followed)
        rc_buf_printf(&p->line, "; %zu more that may follow from %s not shown",
                      p->log->followed,
                      p->log->followed == 1 ? "these is" : "these are");
    if (p->line.len)
        fprintf(p->to, "%.*s\n", RC_STR(rc_buf_str(&p->line)));
}

/* -- for machines ---------------------------------------------------------- */

static void
add_json(rc_buf *to, rc_str s)
{
    rc_buf_char(to, '"');
    for (size_t pos = 0; pos < s.len;) {
        uint32_t c = rc_utf8_next(s, &pos);
        if (c == '"' || c == '\\')
            rc_buf_printf(to, "\\%c", (char)c);
        else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028
                 || c == 0x2029)
            rc_buf_printf(to, "\\u%04x", (unsigned)c);
        else
            rc_buf_code(to, c);
    }
    rc_buf_char(to, '"');
}

static void
add_json_place(rc_buf *to, const log_place *place)
{
    rc_span at = place->at;
    rc_buf_z(to, "\"message\":");
    add_json(to, place->message);
    if (!at.source)
        return;
    size_t line, column;
    rc_span_place(at, &line, &column);
    rc_buf_z(to, ",\"path\":");
    add_json(to, at.source->path);
    if (at.row) {
        rc_buf_printf(to, ",\"row\":%u", (unsigned)at.row);
        if (at.from == 0 && at.to == 0)
            line = (size_t)at.row + 1;
    }
    if (at.source->text.len)
        rc_buf_printf(to, ",\"line\":%zu", line);
    if (at.column.len) {
        rc_buf_z(to, ",\"field\":");
        add_json(to, at.column);
    }
    if (at.source->text.len && !(at.row && at.from == 0 && at.to == 0))
        rc_buf_printf(to, ",\"column\":%zu,\"from\":%u,\"to\":%u", column,
                      (unsigned)at.from, (unsigned)at.to);
}

static void
print_json(printer *p, const rc_diag *d)
{
    rc_buf *to = &p->line;
    to->len = 0;
    rc_buf_printf(to, "{\"severity\":\"%s\",\"name\":",
                  severity_word(d->severity));
    add_json(to, rc_str_z(d->name));
    if (d->severity >= RC_ERROR)
        rc_buf_printf(to, ",\"status\":%d",
                      d->severity == RC_ERROR   ? RC_EXIT_INPUT
                      : d->severity == RC_WORLD ? RC_EXIT_WORLD
                                                : RC_EXIT_RETRY);
    rc_buf_char(to, ',');
    add_json_place(to, &d->first);
    if (d->hint.len) {
        rc_buf_z(to, ",\"hint\":");
        add_json(to, d->hint);
    }
    for (size_t i = 0; i < d->also.count; i++) {
        rc_buf_z(to, i ? ",{" : ",\"also\":[{");
        add_json_place(to, &d->also.at[i]);
        rc_buf_char(to, '}');
    }
    rc_buf_z(to, d->also.count ? "]}\n" : "}\n");
    fwrite(to->at, 1, to->len, p->to);
}

/* -- both ------------------------------------------------------------------ */

static bool
is_same_name(const rc_diag *d, const log_name *n)
{
    return d->severity == n->severity && strcmp(d->name, n->name) == 0;
}

/* Index of the name of `d`. */
static size_t
name_index(const rc_log *log, const rc_diag *d)
{
    size_t i = 0;
    while (!is_same_name(d, &log->names.at[i]))
        i++;
    return i;
}

static void
print_unshown(printer *p, const log_name *n, size_t shown,
              rc_log_format format)
{
    size_t more = n->count - shown;
    if (more == 0)
        return;
    if (format == RC_LOG_JSON)
        fprintf(p->to, "{\"severity\":\"%s\",\"name\":\"%s\",\"more\":%zu}\n",
                severity_word(n->severity), n->name, more);
    else
        fprintf(p->to, "... and %zu more [%s]\n", more, n->name);
}

void
rc_log_print(const rc_log *log, FILE *to, rc_log_format format, bool colour)
{
    printer p = {.log = log, .to = to, .colour = colour};
    size_t count = log->diags.count;
    const rc_diag **sorted = rc_heap_grow(NULL, count, sizeof *sorted);
    size_t *shown = rc_heap_grow(NULL, log->names.count, sizeof *shown);
    for (size_t i = 0; i < log->names.count; i++)
        shown[i] = 0;
    for (size_t i = 0; i < count; i++)
        sorted[i] = log->diags.at[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, by_place);
    size_t most = format == RC_LOG_JSON ? LOG_KEPT : LOG_PRINTED;
    for (size_t i = 0; i < count; i++) {
        size_t name = name_index(log, sorted[i]);
        if (log_is_allowed(log, sorted[i]->name, sorted[i]->severity)
            || shown[name] == most)
            continue;
        shown[name]++;
        if (format == RC_LOG_JSON)
            print_json(&p, sorted[i]);
        else
            print_human(&p, sorted[i]);
    }
    for (size_t i = 0; i < log->names.count; i++) {
        const log_name *n = &log->names.at[i];
        if (!log_is_allowed(log, n->name, n->severity))
            print_unshown(&p, n, shown[i], format);
    }
    if (format == RC_LOG_HUMAN)
        print_counts(&p);
    rc_buf_free(&p.line);
    free(shown);
    free(sorted);
}
