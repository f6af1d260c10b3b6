/* Sources, spans and diagnostics: every mistake of an author is reported with
 * its place, all of them in one run, and each only once.
 *
 *   rc_diag *d = rc_log_error(log, "unknown-item", span,
 *                             "unknown item '%.*s'", RC_STR(name));
 *   rc_diag_suggest(d, name, names, count);
 *
 * A message: what is wrong, lower case, no full stop, the author's spelling in
 * quotes. A hint: what to do. Every short name has a paragraph in recto(1). */
#ifndef RC_BASE_DIAG_H
#define RC_BASE_DIAG_H

#include <stdio.h>

#include "base/str.h"

/* Exit statuses (documented in recto(1)). */
enum {
    RC_EXIT_DONE = 0,
    RC_EXIT_INPUT = 1,  /* the input has errors */
    RC_EXIT_USAGE = 2,  /* wrong use of the command */
    RC_EXIT_WORLD = 3,  /* failed for good: missing font, unwritable folder */
    RC_EXIT_RETRY = 4,  /* may pass: no space, no memory */
};

/* A text the program read: kept as long as diagnostics may name it. */
typedef struct rc_source {
    rc_str path; /* as shown to the reader */
    rc_str text; /* may be empty for sources without lines (SQLite) */
} rc_source;

/* Bytes [from, to) of a source. For a table cell also its row (1 is the first
 * line after the header; 0 when the place is no table) and column name. */
typedef struct rc_span {
    const rc_source *source; /* NULL: no place (the command line) */
    uint32_t from, to;
    uint32_t row;
    rc_str column;
} rc_span;

typedef enum rc_severity {
    RC_NOTE,
    RC_WARNING,
    RC_ERROR, /* the author's: exit status 1 */
    RC_WORLD, /* the world's, for good: 3 */
    RC_RETRY, /* the world's, may pass: 4 */
} rc_severity;

typedef struct rc_log rc_log;
typedef struct rc_diag rc_diag;

rc_log *rc_log_new(void);
void rc_log_free(rc_log *log);
/* Memory that lives as long as the log, for sources that nobody else keeps. */
rc_arena *rc_log_arena(rc_log *log);

/* The span that names no place. */
rc_span rc_span_none(void);
rc_span rc_span_make(const rc_source *s, size_t from, size_t to);
/* Line and column (1-based; columns count code points) of span.from. */
void rc_span_place(rc_span span, size_t *line, size_t *column);

/* `name` is kept by reference: a literal. Said again at the same place, it is
 * the same diagnostic. Never NULL; valid as long as the log. Of each name the
 * first 1000 are kept with their words and 50 printed; all are counted. */
rc_diag *rc_log_add(rc_log *log, rc_severity severity, const char *name,
                    rc_span at, const char *format, ...) RC_PRINTF(5, 6);
/* (log, name, at, format, ...) */
#define rc_log_error(log, name, ...) \
    rc_log_add((log), RC_ERROR, (name), __VA_ARGS__)
#define rc_log_warning(log, name, ...) \
    rc_log_add((log), RC_WARNING, (name), __VA_ARGS__)
#define rc_log_note(log, name, ...) \
    rc_log_add((log), RC_NOTE, (name), __VA_ARGS__)

/* What to do about it; a second call replaces the first. */
void rc_diag_hint(rc_diag *d, const char *format, ...) RC_PRINTF(2, 3);
/* A further place that explains the first. */
void rc_diag_also(rc_diag *d, rc_span at, const char *format, ...)
    RC_PRINTF(3, 4);
/* "did you mean 'x'?" when one of `names` is near; else lists the choices if
 * they are at most five. The names are not kept. */
void rc_diag_suggest(rc_diag *d, rc_str found, const rc_str *names,
                     size_t count);

/* The first half of that: nothing is listed where none is near. */
void rc_diag_near(rc_diag *d, rc_str found, const rc_str *names, size_t count);

/* Whether `name` is what the author may have meant by `found`. */
bool rc_diag_is_near(rc_str found, rc_str name);

/* Whether an error of that name was logged at that place. */
bool rc_log_has_error(const rc_log *log, const char *name, rc_span at);
/* How often an error was logged, with those said again at the same place: if
 * it grew, a step that gave nothing has told why. */
size_t rc_log_said(const rc_log *log);

/* What a report allows (`allow:`): diagnostics of this name are dropped when
 * they are warnings or notes, and checks become notes. The name is copied. */
void rc_log_allow(rc_log *log, rc_str name);
bool rc_log_is_allowed(const rc_log *log, const char *name);

/* A check of accessibility: an error where the report does not allow it. What
 * it allows is counted, and the file then claims no conformance.
 * (log, name, at, format, ...) */
#define rc_log_check(log, name, ...)                                        \
    rc_log_add((log), rc_log_is_allowed((log), (name)) ? RC_NOTE : RC_ERROR, \
               (name), __VA_ARGS__)
/* How often the check `name` failed and was allowed. */
size_t rc_log_allowed(const rc_log *log, const char *name);

/* From now on errors with these names follow from what was logged before: a
 * count that could not be read leaves a sentence without its figure. They are
 * counted, not kept; the closing line says how many there were. Names are kept
 * by reference: literals. */
void rc_log_follow(rc_log *log, const char *const *names, size_t count);

size_t rc_log_count(const rc_log *log, rc_severity at_least);
/* Exit status that the gravest diagnostic asks for: 0, 1, 3 or 4. */
int rc_log_status(const rc_log *log);

typedef enum rc_log_format { RC_LOG_HUMAN, RC_LOG_JSON } rc_log_format;
/* All diagnostics, sorted by source (in order of first mention), line and
 * column; then, for people, a closing line with counts. `colour` only for a
 * terminal. JSON is one object a line: severity, name, status (the exit status
 * it asks for), message, hint, path, line, column, from and to (bytes), row
 * and field (of a table), also (a list of places with messages). */
void rc_log_print(const rc_log *log, FILE *to, rc_log_format format,
                  bool colour);

/* Registers a source; path and text are kept by reference and must outlive
 * the log. */
const rc_source *rc_source_make(rc_arena *a, rc_str path, rc_str text);

#endif
