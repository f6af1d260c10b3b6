/* Expressions of the prose: one Lua expression each, sandboxed (no files,
 * clock, randomness, network, load, debug, metatables of strings, pairs,
 * patterns, addresses), bounded in steps and memory. Text in, value out.
 * What an author has at hand: docs/layout-format.md, "Expressions". */
#ifndef RC_SCRIPT_SCRIPT_H
#define RC_SCRIPT_SCRIPT_H

#include "stats/figure.h"

typedef enum rc_value_kind {
    RC_VALUE_NIL,
    RC_VALUE_BOOL,
    RC_VALUE_NUMBER,  /* a whole or real number */
    RC_VALUE_TEXT,    /* final text */
    RC_VALUE_WORDS,   /* a small number to print in words: 1-9 words, then
                         digits; words at the head of a sentence (`number`) */
    RC_VALUE_DIGITS,  /* the same, always digits */
    RC_VALUE_FIGURE,  /* prints by its place */
    RC_VALUE_OF,      /* a figure "of `text`": "64 per cent of leads", "nine of
                         the 12 leads", "none of the 12", "all 12 leads" */
    RC_VALUE_SIGN,    /* a figure always as "64%" */
    RC_VALUE_GROUP,   /* prints its name */
    RC_VALUE_ITEM,    /* prints its text */
    RC_VALUE_MENTION, /* one mention: `.words`, `.label` */
    RC_VALUE_LIST,
} rc_value_kind;

typedef struct rc_value rc_value;
struct rc_value {
    rc_value_kind kind;
    bool cap;         /* cap(): first letter upper, words not digits */
    bool truth;
    double number;
    rc_str text;
    rc_figure figure;
    int index;        /* group, item or mention */
    const rc_value *items;
    size_t count;
};

typedef struct rc_script rc_script;

/* Compiled expressions by their text, in `a`: what one script after another
 * evaluates (a survey's volumes) is compiled once. Nothing else is kept, and an
 * expression gives the same value whether it was kept or not. None is added to
 * an arena of more than `most` bytes. */
typedef struct rc_script_kept rc_script_kept;
rc_script_kept *rc_script_keep(rc_arena *a, size_t most);

/* `fields`: names and values of report.* (name without "report."). */
typedef struct rc_script_field { rc_str name, value; } rc_script_field;
typedef struct rc_script_env {
    const rc_stats *stats;
    const rc_script_field *fields;
    size_t field_count;
    rc_str per_cent;   /* "words" or "sign" */
    rc_str respondent, respondents; /* who answered, where they are counted */
    /* words.roles, words.questions and words.nets of report.yaml */
    const rc_script_field *questions; size_t question_count;
    const rc_script_field *roles; size_t role_count;
    const rc_script_field *nets;  size_t net_count;
    rc_script_kept *kept; /* looked up and added to; or NULL */
} rc_script_env;

rc_script *rc_script_open(const rc_script_env *env, rc_log *log);
void rc_script_close(rc_script *s);

/* The group at hand (`group`). */
void rc_script_set_group(rc_script *s, int group);

/* Variables of {% set %} and {% for %}: scopes nest; a chapter has its own. */
void rc_script_push(rc_script *s);
void rc_script_pop(rc_script *s);

/* Evaluates one expression. Errors (syntax, unknown name with a suggestion,
 * unknown item or group, a figure that may not be used so, over the bounds)
 * are logged inside `span` as near to the name as can be; false then. Text in
 * the value lives in `a`. */
bool rc_script_eval(rc_script *s, rc_arena *a, rc_str expression, rc_span span,
                    rc_value *out);
/* {% set name = E %}: changes the variable at hand, in whichever scope it was
 * made; where there is none, makes one in the innermost. */
bool rc_script_assign(rc_script *s, rc_str name, rc_str expression,
                      rc_span span);
/* {% for name in E %}: evaluates E once to a list held by the script; then
 * _next binds `name` in the innermost scope to each element in turn. */
bool rc_script_for(rc_script *s, rc_str expression, rc_span span, int *loop,
                   size_t *count);
void rc_script_next(rc_script *s, int loop, size_t index, rc_str name);
void rc_script_for_end(rc_script *s, int loop);

/* A whole number in English words, as at the head of a sentence: "twenty-eight",
 * "two hundred and seventy-three", "minus four". From a million on: digits. */
rc_str rc_number_words(rc_arena *a, int64_t n);

/* What tolerance() has given: each must be a cell of a table of the report. */
typedef struct rc_script_cell {
    int group;
    double percent;
    rc_span span;
} rc_script_cell;
const rc_script_cell *rc_script_cells(const rc_script *s, size_t *count);

#endif
