/* What the files of script/ share. No other room includes this.
 *
 *   eval.c          expressions in, values out: the functions of script.h
 *   sandbox.c       the bounded Lua state and what is left of Lua's library
 *   heap.c          its memory
 *   tokens.c        an expression as tokens, to find the place of a mistake
 *   fail.c          mistakes: remembered while Lua unwinds, then logged
 *   value.c         values as userdata, as text, and out of Lua
 *   operators.c     comparison, differences; the low-base rule
 *   fields.c        what can be asked of values; their metatables
 *   arguments.c     items, groups, nets and waves as authors name them
 *   vocab_figures.c agree, share, base, balance, differs, above ...
 *   vocab_lists.c   groups, items, rank, top, mentions, comments ...
 *   vocab_words.c   words, list, date, fact, fraction, claim ...
 *   fraction.c      "three in four": the table, and claims in words
 *   relation.c      claims between figures: higher, in line, highest
 *
 * Invariants
 *  1. Lua runs only inside lua_pcall, between sandbox_enter and _leave;
 *     outside, memory is unbounded and no Lua function can fail.
 *  2. An error raised by us is the light userdata `s`; s->fail has the words.
 *  3. Every full userdata in the state starts with `int tag` (rc_box_tag).
 *  4. No heap memory is held across a call that can raise an error. */
#ifndef RC_SCRIPT_INTERNAL_H
#define RC_SCRIPT_INTERNAL_H

#include "script/script.h"

#include <lauxlib.h>
#include <lua.h>

enum {
    RC_STEPS_MAX = 200000,      /* Lua instructions of one evaluation */
    RC_STEPS_HOOK = 1000,       /* looked at every so many */
    RC_TEXT_MAX = 64 * 1024,    /* bytes of one string */
    RC_MEMORY_MAX = 4 << 20,    /* bytes over what the script held before */
    RC_CHURN_MAX = 64 << 20,    /* bytes asked for, freed ones included */
    RC_DEPTH_MAX = 8,           /* lists within lists */
};

/* The mistake has been reported where it was made: nothing is logged. */
#define RC_FAIL_SILENT ""

/* What the offending piece of an expression looks like. */
typedef enum rc_token_kind {
    RC_TOKEN_NONE, /* the place where Lua stood */
    RC_TOKEN_NAME,
    RC_TOKEN_STRING,
    RC_TOKEN_NUMBER,
    RC_TOKEN_OTHER, /* in a mistake: the comparison before that place */
} rc_token_kind;

typedef struct rc_token {
    rc_token_kind kind;
    size_t from, to;
} rc_token;

typedef struct rc_tokens {
    const rc_token *at;
    size_t count;
} rc_tokens;

/* The names a message may suggest. */
typedef enum rc_choice {
    RC_CHOICE_NONE,
    RC_CHOICE_NAMES,      /* variables and vocabulary */
    RC_CHOICE_ITEMS,
    RC_CHOICE_GROUPS,
    RC_CHOICE_KINDS,
    RC_CHOICE_QUESTIONS,
    RC_CHOICE_CHARTS,     /* of question `of` */
    RC_CHOICE_NETS,       /* of item `of` */
    RC_CHOICE_CATEGORIES, /* of item `of` */
    RC_CHOICE_MEASURES,   /* nets and categories of item `of` */
    RC_CHOICE_WAVES,
    RC_CHOICE_THEMES,
    RC_CHOICE_FACTS,
    RC_CHOICE_ROLES,
    RC_CHOICE_REPORT,     /* fields of report.* */
    RC_CHOICE_GIVEN,      /* NULL-terminated `given` */
} rc_choice;

typedef struct rc_fail {
    const char *name; /* static; NULL: nothing failed */
    char message[512];
    char hint[256];
    char token[128];
    size_t token_len;
    rc_token_kind token_kind;
    int line;         /* of the chunk at hand, 0 not known */
    rc_choice choice;
    int of;
    const char *const *given;
    const rc_group *group; /* with `given`: and its columns */
} rc_fail;

typedef struct rc_undo {
    int name, old; /* references into the registry; LUA_NOREF: was not there */
    rc_str text;   /* the name; Lua's own */
} rc_undo;

typedef struct rc_loop {
    int list; /* reference; LUA_NOREF: free */
} rc_loop;

typedef enum rc_box_tag {
    RC_BOX_VALUE = 1,
    RC_BOX_GROUP,
    RC_BOX_ITEM,
    RC_BOX_MENTION,
    RC_BOX_GROUPS, /* `groups` */
    RC_BOX_REPORT, /* `report`, and `report.fieldwork` */
    RC_BOX_EQUAL,  /* see rc_op_hold */
} rc_box_tag;
enum { RC_BOX_LAST = RC_BOX_EQUAL };

/* A block of Lua's that waits to be used again. */
typedef struct rc_block {
    struct rc_block *next;
} rc_block;
enum { RC_BLOCK_SIZES = 48 };

struct rc_script {
    rc_script_env env;
    const rc_data *data;
    rc_log *log;
    rc_arena *arena;   /* as long as the script */
    rc_arena *scratch; /* one diagnostic, or one function that builds text */
    lua_State *L;
    rc_block *spare[RC_BLOCK_SIZES]; /* by size */
    int group;         /* at hand */

    /* bounds */
    size_t used, limit, churn, churn_limit;
    int steps;

    /* references into the registry */
    int globals, vocabulary, chunks, chunk_env;
    int equal; /* the one RC_BOX_EQUAL */
    int metas[RC_BOX_LAST + 1];
    int cache[RC_BOX_LAST + 1];

    const rc_str *nets; /* names over all scales, in order of the data */
    size_t net_count;

    RC_VEC(rc_undo) undo;
    RC_VEC(size_t) scopes;
    RC_VEC(rc_loop) loops;
    RC_VEC(rc_script_cell) cells;
    rc_span span; /* of the expression at hand */
    RC_VEC(rc_str) unset; /* names whose {% set %} failed: said once */

    rc_fail fail;
};

/* -- kept.c ---------------------------------------------------------------- */
/* The compiled expression onto the stack; false where none is kept. */
bool rc_kept_load(rc_script *s, rc_str expression);
/* Keeps the compiled expression on top of the stack, which stays there. */
void rc_kept_store(rc_script *s, rc_str expression);

/* Whether a scope has set the variable; of `own`, whether the innermost has. */
bool rc_script_is_set(const rc_script *s, rc_str name, bool own);

/* -- heap.c ---------------------------------------------------------------- */
/* As realloc: `old` bytes become `bytes`; nothing before is 0, and nothing
 * after is 0 and NULL. */
void *rc_heap_move(rc_script *s, void *at, size_t old, size_t bytes);

/* -- values --------------------------------------------------------------- */
/* RC_BOX_VALUE: a figure, or a number or text with a way to be printed. */
typedef struct rc_value_box {
    int tag;
    rc_value_kind kind; /* NUMBER, WORDS, DIGITS, FIGURE, OF or SIGN */
    bool cap;
    double number;
    rc_figure figure;
    size_t len;
    char text[]; /* of OF */
} rc_value_box;

/* A group, item or mention; those from `rank` know their place. */
typedef struct rc_ref {
    int tag;
    int index;
    bool ranked, tied;
    int place; /* 1 is first; equal printed figures share a place */
    rc_figure figure;
} rc_ref;

typedef struct rc_equal_box {
    int tag;
    bool held; /* the right side is its user value */
} rc_equal_box;

typedef struct rc_report_box {
    int tag;
    size_t len;
    char prefix[]; /* "" or "fieldwork." */
} rc_report_box;

static inline rc_script *
rc_script_of(lua_State *L)
{
    return *(rc_script **)lua_getextraspace(L);
}

void rc_values_open(rc_script *s);
void *rc_box_at(lua_State *L, int i); /* NULL where it is no userdata */
const rc_value_box *rc_value_at(lua_State *L, int i);      /* or NULL */
const rc_ref *rc_ref_at(lua_State *L, int i, rc_box_tag t); /* or NULL */
const rc_figure *rc_figure_at(lua_State *L, int i);        /* or NULL */
void rc_push_figure(lua_State *L, rc_figure f);
rc_value_box *rc_push_value(lua_State *L, rc_value_kind kind, rc_str text);
void rc_push_ref(lua_State *L, rc_box_tag tag, int index);
void rc_push_ranked(lua_State *L, rc_ref ref);
void rc_push_str(lua_State *L, rc_str s);
/* The value at `i` as prose would have it, with its own arena. Raises an
 * error for what has no words. */
rc_str rc_text_of(lua_State *L, int i, rc_arena *a);
/* Raises an error where the value at `i` cannot be printed. */
void rc_to_value(lua_State *L, int i, rc_arena *a, int depth, rc_value *out);
/* What the value at `i` is called in messages: "a list", "nothing". */
const char *rc_kind_name(lua_State *L, int i);

void rc_set_meta(lua_State *L, rc_box_tag tag); /* of the userdata on top */

/* Metamethods. */
int rc_op_lt(lua_State *L);
int rc_op_le(lua_State *L);
int rc_op_sub(lua_State *L);
int rc_op_unm(lua_State *L);
int rc_op_add(lua_State *L);
int rc_op_join(lua_State *L);
/* "==" and "~=", which Lua asks no metamethod for where two values are of
 * different types: a figure would never be equal to a number, and say nothing.
 * So "a == b" is compiled as "a <= __is|b" and "a ~= b" as "a < __is|b": "|"
 * binds just closer than they do, so that it takes all of the right side, which
 * _hold keeps until the comparison that follows at once. */
int rc_op_hold(lua_State *L);
int rc_op_equal(lua_State *L);   /* a <= __is */
int rc_op_unequal(lua_State *L); /* a < __is */

/* Raise an error for a figure that is not there; for one whose base is under the
 * threshold ("too few for `what`"). */
void rc_need_asked(lua_State *L, const rc_figure *f);
int rc_fail_low(lua_State *L, const rc_figure *f, const char *what);
/* Comparison; errors are raised. */
int rc_figures_compare(lua_State *L, const rc_figure *a, const rc_figure *b);
bool rc_figures_same(lua_State *L, const rc_figure *a, const rc_figure *b);
double rc_figure_whole(rc_figure f); /* per cent, as printed without decimals */

/* -- arguments ------------------------------------------------------------ */
rc_str rc_arg_str(lua_State *L, int i, const char *what);
int64_t rc_arg_int(lua_State *L, int i, const char *what);
int rc_arg_item(lua_State *L, int i);
int rc_arg_group(lua_State *L, int i);          /* must be there */
int rc_arg_group_or_hand(lua_State *L, int i);  /* nil: the group at hand */
int rc_arg_wave(lua_State *L, int i);           /* nil: the newest */
int rc_arg_question(lua_State *L, int i);
rc_figure rc_arg_figure(lua_State *L, int i);
void rc_arg_list(lua_State *L, int i);
/* The figure of a net or category by name; nil at `i`: the positive net. */
rc_figure rc_measure(lua_State *L, int i, int item, int group, int wave);
/* Index in the item's scale of the net named so; -1. */
int rc_item_net(const rc_script *s, int item, rc_str name);
/* Nets of an item: the good one and the first other that is not neutral. */
int rc_item_positive(const rc_script *s, int item);
int rc_item_negative(const rc_script *s, int item);
rc_str rc_group_name(const rc_script *s, int group);
bool rc_group_within(const rc_data *d, int group, int ancestor);

/* -- vocabulary ----------------------------------------------------------- */
typedef struct rc_word {
    const char *name;
    lua_CFunction function;
} rc_word;
/* Registers `words` (ended by a NULL name) in the vocabulary. */
void rc_register(rc_script *s, const rc_word *words);
void rc_vocab_figures(rc_script *s);
void rc_vocab_lists(rc_script *s);
void rc_vocab_words(rc_script *s);
void rc_vocab_claims(rc_script *s);
/* Whether what claim() says is true. */
typedef enum rc_verdict {
    RC_TRUE_WORDS,
    RC_FALSE_WORDS,
    RC_UNKNOWN_WORDS,
} rc_verdict;
rc_verdict rc_verdict_of(bool holds);
/* Whether `text` begins with `words`, up to the end or a blank. */
bool rc_begins(rc_str text, const char *words);
/* Words between the first of `count` figures (arguments from 2 on) and the
 * others; "highest" also of one, against the other groups of its kind. */
rc_verdict rc_judge_relation(lua_State *L, rc_str text, int count);
/* "three in four" and its like for a printed percentage, with "nearly" or "just
 * over" where it is not within two points; empty where none is near. */
rc_str rc_fraction_words(rc_arena *a, double percent);
/* "two", "a couple of", "one or two"; with nouns "two of the five leads who
 * commented". */
rc_str rc_mention_words(rc_script *s, rc_arena *a, int mention, rc_str one,
                        rc_str many);
/* "none", "one" .. "nine", "10". */
rc_str rc_count_words(rc_arena *a, int64_t n);
rc_str rc_cap(rc_arena *a, rc_str text);
/* A question as it is printed: "[ABC]" is what was put in for each person. */
rc_str rc_without_brackets(const rc_script *s, rc_str text);
rc_str rc_field(const rc_script_field *fields, size_t count, rc_str name,
                bool *found);

/* Counts `n` elements of a loop in C as steps; may raise an error. */
void rc_charge(lua_State *L, size_t n);

/* -- sandbox, tokens, fail ------------------------------------------------- */
void rc_sandbox_open(rc_script *s);
void rc_sandbox_enter(rc_script *s);
void rc_sandbox_leave(rc_script *s);
/* Replaces the table on top by one that gives its fields and cannot be
 * written; a name it has not is an error. */
void rc_sandbox_protect(lua_State *L, const char *name);

rc_tokens rc_tokens_make(rc_arena *a, rc_str expression);
/* The expression again, its first token on line 2 and each of the others on a
 * line of its own, so that Lua's line tells the token. */
rc_str rc_tokens_spread(rc_arena *a, rc_str expression, rc_tokens t);
/* The same with "==" and "~=" as rc_op_hold has it: of the expression as it
 * stands, or `spread`. */
rc_str rc_tokens_equal(rc_arena *a, rc_str expression, rc_tokens t,
                       bool spread);
/* Index of the token on that line; t.count where it is behind the last. */
size_t rc_tokens_on_line(rc_str expression, rc_tokens t, int line);
enum { RC_FIRST_LINE = 2 };

/* Raises an error; never returns (the result is for `return`). `token` is
 * what to look for in the expression. */
int rc_fail_at(lua_State *L, const char *name, rc_token_kind kind,
               rc_str token, const char *format, ...) RC_PRINTF(5, 6);
/* The same, at the function that was called. */
int rc_fail_here(lua_State *L, const char *name, const char *format, ...)
    RC_PRINTF(3, 4);
/* Said before rc_fail_*: a hint, or where suggestions come from. */
void rc_fail_hint(lua_State *L, const char *format, ...) RC_PRINTF(2, 3);
void rc_fail_choice(lua_State *L, rc_choice choice, int of);
void rc_fail_given(lua_State *L, const char *const *given,
                   const rc_group *group);
/* Takes the error of lua_load (`syntax`) or lua_pcall off the stack;
 * afterwards s->fail has plain words. */
void rc_fail_take(rc_script *s, bool syntax);
/* Logs s->fail as near to its token as can be: the whole `span` where its
 * length is not the expression's. */
void rc_fail_log(rc_script *s, rc_str expression, rc_span span);

#endif
