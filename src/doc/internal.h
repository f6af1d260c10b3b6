/* What the files of doc/ share: the binder, which holds everything while one
 * report is bound, and the parts of the road from chapter to block tree.
 *
 *   control.c a chapter file is read and split, its control tags paired
 *   expand.c  a chapter's control is run: text with placeholders, and values
 *   tree.c    that text, parsed as Markdown, becomes blocks
 *   prose.c   runs of inline text; values are put in here ...
 *   print.c   ... printed by their place
 *   typo.c    straight quotes, dashes, spaces that must not break
 *   refs.c    targets, numbers of figures and tables, references
 *   dir*.c    directives, one function each
 *
 * Invariants:
 * 1. What an expression gives is text and is never parsed.
 * 2. Everything that needs the whole report (references, contents, data
 *    tables) is left open with a fix-up and closed at the end, in finish.c.
 * 3. One mistake, one message: what could not be bound becomes a
 *    RC_BLOCK_MISSING or an empty text, and nothing more is said about it. */
#ifndef RC_DOC_INTERNAL_H
#define RC_DOC_INTERNAL_H

#include "base/file.h"
#include "base/keys.h"
#include "base/language.h"
#include "doc/bind.h"
#include "script/script.h"
#include "spec/markdown.h"
#include "spec/split.h"

typedef RC_VEC(rc_block) rc_block_vec;
typedef RC_VEC(rc_inline) rc_inline_vec;
typedef RC_VEC(rc_prose) rc_prose_vec;
typedef RC_VEC(rc_entry) rc_entry_vec;
typedef RC_VEC(rc_row) rc_row_vec;
typedef RC_VEC(rc_field) rc_field_vec;
typedef RC_VEC(int) rc_int_vec;
typedef RC_VEC(rc_str) rc_str_vec;

/* -- words ------------------------------------------------------------------
 * Every word the program itself prints; report.yaml's `words` may replace it
 * by the name at the right (words.c). */
typedef struct rc_words {
    bool per_cent_sign;
    rc_str figure, table, section, chapter, appendix, page, base, source,
        data_for, data_several, per_cent, number_answering, of_commenting, in_chapter,
        in_brief, who_answered, from_comments, number, not_asked, statement,
        caution, counts, reading, mean, all_responses, responses, compared_rest,
        higher, lower, net_note, themes_note, no_base, whole_note, small_base,
        small_base_text, small_base_one, response, cell_note, sizes_head, pairs_head, points_head, rest,
        per_cent_who, respondent, respondents, stacked_chart, bar_chart, dot_chart, line_chart, diagram,
        less_than_half, base_below, missing, not_comparable, higher_value,
        lower_value, withheld, withheld_note, and,
        left_out, left_out_one, with, to, or, of, of_the, of_count, of_noun,
        number_of, none, one, both, all, cent, point, point_many, almost_none,
        almost_none_sign, not_shown, too_few, not_applicable, base_missing,
        base_head, foot_caution, foot_counts, all_commenting, bars, example,
        from;
} rc_words;

typedef struct rc_fact_row {
    rc_str column, rate[2], label;
    rc_span at[3]; /* of column and rate */
    bool base;
} rc_fact_row;

/* One form in which the survey is published: as the report, or as volumes. */
typedef struct rc_edition {
    const rc_node *structure; /* structure.yaml; NULL: it cannot be used */
    rc_str folder;            /* of the structure */
    const rc_node *chapters;  /* by the structure's part; NULL */
    const rc_node *cover;     /* before the structure's own; NULL */
    rc_span span;             /* source NULL: the report has none */
} rc_edition;

struct rc_report {
    const rc_source *source;
    const rc_node *root;      /* report.yaml */
    rc_edition edition, volumes;
    rc_str volume_kind;       /* volumes.each */
    rc_span volume_kind_at;
    const char *folder, *house, *data;
    rc_str folder_shown, data_shown;
    rc_str layouts; /* folder of those shipped with the program; or empty */
    rc_str name, language, whole;
    rc_words words;
    const rc_script_field *roles, *nets, *shares, *questions;
    size_t role_count, net_count, share_count, question_count;
    const rc_fact_row *facts;
    size_t fact_count;
    int64_t caution, counts, minimum;
    rc_disclosure_rule rule;
    rc_str per_cent;
    bool attach_data; /* charts bring their figures as CSV */
};

/* allow.c: a name in `allow:`, and at the end what it lets pass. */
void rc_allow_read(const rc_node *name, rc_log *log);
/* Whether a check failed and was allowed; a note says where it is allowed. */
bool rc_allow_used(const rc_report *r, rc_log *log);
bool rc_allow_found(const rc_report *r, const rc_log *log); /* no note */
/* What the report allows, for a log of its own. */
void rc_report_allow(const rc_report *r, rc_log *log);

/* -- survey.c ------------------------------------------------------------ */
struct rc_survey {
    const rc_report *report;
    const rc_data *data;
    const rc_stats *stats;
    int whole, wave;
    const int32_t *comment_same; /* by comment: the first with the same text */
    bool lost;                   /* some of the data could not be used */
    bool no_claim;               /* a check that is allowed has failed so far */
};
/* What was lost in loading is no mistake of those who ask for it. */
void rc_survey_forgive(const rc_survey *s, rc_log *log);
/* Whether a group is of that kind; an error if none is. */
bool rc_survey_has_kind(const rc_data *d, rc_str kind, rc_span at,
                        rc_log *log);

bool rc_words_read(rc_arena *a, const rc_node *map, rc_report *r, rc_log *log);
void rc_words_default(rc_words *w);

/* -- the plan: sections in reading order, before any text is read -------- */
typedef struct rc_plan {
    const char *path;
    rc_str shown;
    rc_span span;
    int part, depth, parent; /* index into the plan, -1 none */
    rc_str opening, number;
    char numbers; /* '1', 'A' or 0: how children count */
    bool in_contents, each, divider;
    int group;
    rc_span opening_at; /* where the opening is named */
} rc_plan;

typedef RC_VEC(rc_plan) rc_plan_vec;
typedef RC_VEC(rc_part) rc_part_vec;

/* -- references -------------------------------------------------------------
 * A place that a reference may name. `scope` is the plan index of the section
 * made by `each` that the id is local to, -1 for the whole report. */
typedef enum rc_ref_kind {
    RC_REF_CHAPTER,
    RC_REF_SECTION,
    RC_REF_HEAD,
    RC_REF_FIGURE,
    RC_REF_TABLE,
} rc_ref_kind;

typedef struct rc_ref {
    rc_str id; /* as the author wrote it; empty for made-up ones */
    int scope;
    int target;
    rc_ref_kind kind;
    rc_str number; /* "3.1" */
    rc_str title;  /* plain */
    bool letter;   /* an appendix */
    rc_span span;
} rc_ref;

typedef struct rc_ref_use { /* a reference to be filled in at the end */
    rc_inline *run;         /* NULL: *target only */
    int *target;
    rc_str id;
    int scope;
    bool head; /* at the head of a sentence */
    bool page; /* the run before RC_INLINE_PAGE: "page " */
    bool keep; /* has text of its own */
    bool text_only; /* of a copy: no link */
    rc_span span;
} rc_ref_use;

/* -- expansion ----------------------------------------------------------- */
typedef struct rc_held { /* what a placeholder stands for */
    rc_value value;
    rc_span span;
    bool failed; /* an error was reported: prints nothing */
} rc_held;
typedef RC_VEC(rc_held) rc_held_vec;

typedef struct rc_expanded { /* text and origins in the scratch arena */
    rc_str text;
    const rc_md_origin *origins;
    size_t origin_count;
    const rc_node *front;
    const rc_source *source;
} rc_expanded;

/* -- chapter files (control.c) --------------------------------------------- */
typedef enum rc_control_kind {
    RC_CONTROL_IF,
    RC_CONTROL_ELSEIF,
    RC_CONTROL_ELSE,
    RC_CONTROL_FOR,
    RC_CONTROL_SET,
    RC_CONTROL_INCLUDE,
    RC_CONTROL_INCLUDE_IF,
    RC_CONTROL_END,
    RC_CONTROL_BAD,
} rc_control_kind;

typedef struct rc_control { /* of a chunk that is control */
    rc_control_kind kind;
    rc_str name; /* of for, set */
    rc_str expression;
    rc_span span;     /* of the expression */
    size_t next, end; /* next branch; the end of the whole */
    bool bad;         /* reported; the tag still counts for nesting */
} rc_control;


typedef struct rc_chapter {
    rc_str path, shown;
    rc_chapter_file file;
    const rc_control *marks; /* by chunk */
    bool good;               /* every tag is, and has its end */
} rc_chapter;
typedef RC_VEC(const rc_chapter *) rc_chapter_vec;

struct rc_shelf {
    rc_arena *a;
    rc_script_kept *expressions;
    rc_keys paths;        /* indices of */
    rc_chapter_vec files; /* NULL: with mistakes */
};

/* -- a data table to come ------------------------------------------------ */
typedef struct rc_pending_data {
    rc_furniture *furniture; /* of the chart; its data_target is set here */
    rc_table *table;         /* finished but for targets */
} rc_pending_data;

/* Abbreviations of the report, and which were said in the chapter at hand. */
typedef struct rc_says {
    const rc_field *at; /* name: what it stands for */
    size_t count;
    bool *said;         /* by abbreviation */
    bool begins[256];   /* a byte: whether one begins with it */
} rc_says;

/* A Markdown text whose blocks are being bound: a chapter's, or one of a fence
 * in it. */
typedef struct rc_md_scope {
    const rc_md *md;
    int *note_of; /* by note of md: index into the binder's notes, -1 */
    struct rc_md_scope *outer;
} rc_md_scope;

typedef struct rc_binder rc_binder;
struct rc_binder {
    rc_arena *a;       /* of the document */
    rc_arena *keep;    /* of data and sources, which diagnostics may name */
    rc_arena *scratch; /* rewound after each prose and each section: nothing
                          of the document may point into it */
    rc_log *log;
    const rc_survey *survey;
    const rc_report *report;
    const rc_edition *edition;
    const rc_volume *volume; /* NULL: the report itself */
    int home;                /* the group that the document is about */
    const rc_words *words;
    const rc_data *data;
    const rc_stats *stats;
    rc_script *script;
    int whole, wave;
    rc_field_vec fields;
    rc_str source_line, fieldwork;

    rc_plan_vec plans;
    rc_part_vec parts;

    RC_VEC(rc_target) targets;
    RC_VEC(rc_ref) refs;
    int32_t *ref_slots; /* hash of refs by scope and id */
    size_t ref_room;
    RC_VEC(rc_ref_use) uses;
    RC_VEC(struct {
        rc_chart *chart; /* or */
        rc_diagram *diagram;
        rc_str base;
    })
    alts; /* to be written when references have their texts */
    RC_VEC(rc_note) notes;
    rc_entry_vec chapters, figures, tables;
    RC_VEC(rc_pending_data) pending;
    RC_VEC(rc_pending_data) sharing; /* in another chart's table, if it holds */
    rc_buf csv; /* of the chart at hand */
    rc_block_vec **blocks_of; /* by plan: its blocks, for finish.c */
    uint32_t *comment_used; /* by comment: 1 + its place in comment_spans, 0:
                               not yet; NULL before the first quotation */
    RC_VEC(rc_span) comment_spans;
    RC_VEC(struct {
        rc_str path;
        const rc_source *source; /* NULL: it cannot be read */
    })
    sources;
    rc_arena *chapter; /* files split, of the chapter at hand; */
    rc_chapter_vec files; /* these */
    rc_shelf *shelf;      /* or NULL */

    /* the section at hand */
    int plan; /* index into plans */
    int group;
    rc_held_vec held;
    rc_md_scope *scope; /* the text at hand, NULL */
    bool in_note;
    int heading_number;              /* `##` so far */
    int heading_level;               /* of the heading before; 1: the title */
    int figure_number, table_number; /* of the chapter */
    int chapter_plan;                /* plan of the chapter these count in */
    const rc_md_node *title_node;
    RC_VEC(rc_script_cell) cells; /* of tables of tolerances */
    rc_says says;
    int data_plan; /* where the data tables stand, -1 */
    size_t data_at;
    int64_t data_join; /* rows that joined tables may have; 0: none are */
    rc_prose data_headline; /* of joined tables */
    const rc_block_vec *data_out;
    bool has_mark, said_illustrative;
    bool lost_blocks; /* a file or block could not be read: its ids are not
                         there, and that is no mistake of who refers to them */
};

/* A style bit of our own while a prose is made: `code`, whose figures are not
 * checked. */
enum { RC_STYLE_CODE_ = 128 };

/* -- says.c: what is read aloud in another way than it is printed -------- */
/* A text in which the marks of low bases are words: "85, base below 100" for
 * "85*". The same text where there are none. */
rc_str rc_says_marks(rc_binder *b, rc_str s);
/* What a cell's whole text says: "*" of a figure or of a base; or empty. */
rc_str rc_says_cell(rc_binder *b, rc_str text, bool figure);
/* A run of text as several: marks of low bases, and, where `expands`, each
 * abbreviation where the chapter has it first, unless the text stands behind
 * its own explanation, as in "clinical commissioning groups (CCGs)". */
void rc_says_split(rc_binder *b, const rc_inline *run, bool expands,
                   rc_inline_vec *out);
/* The second line of a column's head, and how it is read. */
void rc_column_sub(rc_binder *b, rc_table_column *column, rc_str sub);
void rc_says_begin_chapter(rc_binder *b);

/* -- typo.c -------------------------------------------------------------- */
/* Runs of text as they were put together, made typographic in place. */
void rc_typo(rc_arena *a, rc_inline *runs, size_t count);
/* The same inside `depth` quotation marks that somebody else prints. */
void rc_typo_inside(rc_arena *a, rc_inline *runs, size_t count, int depth);
rc_str rc_typo_text(rc_arena *a, rc_str text);

/* -- print.c ------------------------------------------------------------- */
typedef enum rc_spot_kind {
    RC_SPOT_PROSE,
    RC_SPOT_HEADLINE, /* "64%", counts in words at the head */
    RC_SPOT_CELL,     /* digits */
    RC_SPOT_KEY,      /* a key in a directive: ids, not names */
} rc_spot_kind;

/* What was said in the paragraph so far. */
typedef struct rc_said {
    int64_t base; /* of the last count, 0 none */
    int group;
} rc_said;

typedef struct rc_spot {
    rc_spot_kind kind;
    bool head; /* of a sentence */
    bool brackets;
    rc_said *said;
} rc_spot;

rc_str rc_print_value(rc_binder *b, const rc_value *v, const rc_spot *spot,
                      rc_span span);
rc_str rc_print_int(rc_arena *a, int64_t n); /* 12,345 */
rc_str rc_capital(rc_arena *a, rc_str s);
rc_str rc_lower_first(rc_arena *a, rc_str s);
rc_str rc_print_date(rc_arena *a, rc_str iso);
/* "9 October to 11 November 2013", with `word` for "to". */
rc_str rc_print_dates(rc_arena *a, rc_str from, rc_str to, rc_str word);

/* -- prose.c ------------------------------------------------------------- */
typedef struct rc_prose_maker { /* makers end in the order of a stack */
    rc_binder *b;
    rc_mark mark;       /* of the scratch arena, where `runs` and `refs` are */
    rc_inline_vec runs;
    rc_spot spot;
    rc_said said;
    int brackets;
    bool sentence_end; /* a full stop, question or exclamation mark was last
                          but for closing quotes */
    size_t word;       /* bytes of the word at hand, in `word_text` */
    char word_text[16];
    bool check_numbers;
    bool expands; /* abbreviations: the text is the author's prose */
    bool figure;  /* the last value was a figure */
    size_t number_from; /* where in the source the next one is sought */
    RC_VEC(struct {
        size_t run;
        rc_ref_use use;
    })
    refs;
} rc_prose_maker;

void rc_prose_begin(rc_prose_maker *m, rc_binder *b, rc_spot_kind kind);
/* The author's text, with placeholders; `at` is where it stands. */
void rc_prose_text(rc_prose_maker *m, rc_str text, const rc_inline *like,
                   rc_span at);
/* Final text of our own. */
void rc_prose_plain_text(rc_prose_maker *m, rc_str text, uint8_t style);
void rc_prose_break(rc_prose_maker *m);
/* All inline children of a Markdown node. */
void rc_prose_inlines(rc_prose_maker *m, const rc_md_node *first,
                      const rc_inline *like);
rc_prose rc_prose_end(rc_prose_maker *m);

/* Text of our own; the byte 1 begins and ends strong text. */
rc_prose rc_prose_strong(rc_binder *b, rc_str text);
rc_prose rc_prose_from(rc_binder *b, rc_str text); /* plain, typographic */
/* The author's string from YAML, with values and inline Markdown. */
rc_prose rc_prose_author(rc_binder *b, rc_str text, rc_span at,
                         rc_spot_kind kind);
rc_prose rc_prose_node(rc_binder *b, const rc_node *n, rc_spot_kind kind);
/* A title as contents and heads print it: without marks of notes, without
 * links; references in it get their texts with the original's. */
rc_prose rc_prose_no_notes(rc_binder *b, rc_prose p);

/* -- control.c ----------------------------------------------------------- */
/* A file of chapters; NULL when it cannot be read. */
const rc_chapter *rc_chapter_read(rc_binder *b, rc_str path, rc_str shown,
                                  rc_span at);
bool rc_chapter_is_there(const rc_binder *b, rc_str path);
/* The span of text[from..] of a chunk. */
rc_span rc_chunk_span(const rc_chunk *c, size_t from, size_t to);

/* -- expand.c ------------------------------------------------------------ */
bool rc_expand(rc_binder *b, const char *path, rc_str shown, rc_span at,
               rc_expanded *out);
/* Values of `{{ }}` in a string of a file that is all YAML, printed. */
rc_str rc_expand_field(rc_binder *b, rc_str text, rc_span at);
/* A string of a directive with its placeholders printed as keys; it is the
 * document's. */
rc_str rc_held_text(rc_binder *b, rc_str text, rc_span at);
/* The value if the whole text is one placeholder, else NULL. */
const rc_held *rc_held_alone(rc_binder *b, rc_str text);
const rc_held *rc_held_at(rc_binder *b, uint32_t code);
/* A value in the text could not be had, which has been told. */
bool rc_held_failed(rc_binder *b, rc_str text);

/* -- tree.c -------------------------------------------------------------- */
/* The blocks under a node; out is appended to. */
void rc_tree_blocks(rc_binder *b, const rc_md_node *first, rc_block_vec *out);
/* Until rc_md_leave, `md` is the text at hand; `scope` is the caller's. */
void rc_md_enter(rc_binder *b, rc_md_scope *scope, const rc_md *md);
void rc_md_leave(rc_binder *b);
/* A string of Markdown inside a directive. */
const rc_md *rc_tree_parse(rc_binder *b, rc_str text, const rc_md_origin *o);
/* Where a string of YAML came from, line by line as far as it can be told. */
rc_md_origin rc_tree_origin(rc_binder *b, rc_str text, rc_span at);
rc_blocks rc_tree_markdown(rc_binder *b, rc_str text, rc_span at);
rc_blocks rc_blocks_end(const rc_block_vec *v);
rc_table *rc_tree_table(rc_binder *b, const rc_md_node *node, rc_table_form f);
int rc_bind_note(rc_binder *b, const rc_md_node *ref);

/* -- structure.c --------------------------------------------------------- */
void rc_plan_make(rc_binder *b);
/* -- section.c ----------------------------------------------------------- */
void rc_section_bind(rc_binder *b, int plan, rc_section *out);
int rc_plan_chapter(const rc_binder *b, int plan); /* its chapter's plan */
int rc_plan_scope(const rc_binder *b, int plan);   /* see rc_ref.scope */

/* -- refs.c -------------------------------------------------------------- */
/* Makes a target and, where `id` is not empty, a name for it. Doubled ids are
 * an error. */
int rc_ref_add(rc_binder *b, const rc_ref *ref);
void rc_ref_use_later(rc_binder *b, const rc_ref_use *use);
/* `copy` of a run that waits for its reference gets the same text, no link. */
void rc_ref_use_again(rc_binder *b, const rc_inline *run, rc_inline *copy);
void rc_refs_finish(rc_binder *b);

/* -- names.c: groups, bases, notes --------------------------------------- */
rc_str rc_name_group(rc_binder *b, int group); /* of the joined group too */
rc_str rc_name_short(rc_binder *b, int group);
rc_str rc_name_list(rc_binder *b, const rc_str *names, size_t n); /* "a and b" */
rc_str rc_base_mark(rc_binder *b, int64_t base);  /* "", "*", "**" */
rc_str rc_base_print(rc_binder *b, int64_t base); /* "85*" */
rc_str rc_net_label(rc_binder *b, rc_str net);
bool rc_is_closed(const rc_data *d, int item); /* single, with two sides */
rc_side rc_category_side(const rc_data *d, int item, size_t category);
/* Keys of an item's scale; `of` gets for each key its category. */
const rc_key *rc_keys_make(rc_binder *b, int item, const int **of,
                           size_t *count);
/* Positive and negative net of an item's scale, -1. */
int rc_positive_net(const rc_data *d, int item);
int rc_negative_net(const rc_data *d, int item);
bool rc_is_counted(rc_binder *b, int64_t base);
/* One bar; `counted` prints counts. */
rc_bar rc_bar_make(rc_binder *b, int item, int group, const rc_key *keys,
                   const int *of, size_t key_count, bool counted);
rc_str rc_item_question(rc_arena *a, rc_str text);

/* -- dir.c, dir_read.c: directives --------------------------------------------------- */
typedef struct rc_dir {
    rc_binder *b;
    rc_str name;
    const rc_node *map; /* NULL for a Markdown body */
    const rc_md_node *fence;
    bool odd_keys; /* a key is unknown: what is wanted may be misspelt */
    int group;
    rc_span span;
    rc_block_vec *out;
    rc_int_vec *hidden; /* groups it would show and may not */
} rc_dir;

void rc_dir_bind(rc_binder *b, const rc_md_node *fence, rc_block_vec *out);

const rc_node *rc_dir_get(const rc_dir *d, const char *key);
/* A scalar's text with values printed as keys; empty if it is not there. */
rc_str rc_dir_text(const rc_dir *d, const char *key);
rc_str rc_dir_node_text(const rc_dir *d, const rc_node *n);
rc_prose rc_dir_prose(const rc_dir *d, const char *key, rc_spot_kind kind);
bool rc_dir_group(const rc_dir *d, const rc_node *n, int *out);
void rc_dir_groups(const rc_dir *d, const char *key, rc_int_vec *out);
/* `beside`: each once, without the group at hand. */
void rc_dir_beside(const rc_dir *d, rc_int_vec *out);
/* What a question is called: `heads` of the directive, words.questions; or
 * empty. */
rc_str rc_dir_question_head(const rc_dir *d, int item);
/* `items` or `question` with `chart`; false after an error. */
bool rc_dir_items(const rc_dir *d, rc_int_vec *out);
bool rc_dir_item(const rc_dir *d, const rc_node *n, rc_str question, int *out);
int rc_dir_net(const rc_dir *d, const rc_node *n, int item);
rc_block *rc_dir_add(const rc_dir *d, rc_block_kind kind);
/* Children of the group at hand, of the kind of the first. */
void rc_dir_children(const rc_dir *d, rc_int_vec *out);
/* List under `key`; logs when it is none. */
const rc_node *rc_dir_list(const rc_dir *d, const char *key);

/* furniture.c */
typedef enum rc_number_of {
    RC_NUMBER_NONE,
    RC_NUMBER_FIGURE,
    RC_NUMBER_TABLE
} rc_number_of;
void rc_furniture_begin(const rc_dir *d, rc_number_of of, rc_furniture *f);
/* Its last part: target, number and entry of a list, with f's headline. */
void rc_furniture_number(const rc_dir *d, rc_number_of of, rc_furniture *f);

/* withheld.c: whether nothing may be printed of the group; it is named in
 * rc_note_hidden, or in the sentence that stands for the whole directive. */
bool rc_dir_hides(const rc_dir *d, int group);
void rc_note_hidden(const rc_dir *d, rc_prose_vec *notes);
void rc_dir_withheld(const rc_dir *d, rc_number_of of);
/* Base line for items in groups; low-base note of the gravest; then the
 * author's `note`; then source. `notes` is added to in between by the caller.
 */
typedef struct rc_base_line {
    rc_str who; /* "All responses" */
    const int *items;
    size_t item_count;
    const int *groups;
    size_t group_count;
    bool counted;
    rc_str extra; /* in place of a base: "their number ..." */
} rc_base_line;
void rc_note_base(const rc_dir *d, const rc_base_line *l, rc_prose_vec *notes);
void rc_note_text(rc_binder *b, rc_str text, rc_prose_vec *notes);
rc_str rc_word_fill(rc_arena *a, rc_str word, rc_str with); /* for "{}" */
rc_str rc_word_fill2(rc_arena *a, rc_str word, rc_str one, rc_str two);
rc_str rc_word_of(rc_binder *b, int64_t n); /* "of 28", the head of counts */
/* "response" or "responses". */
rc_str rc_word_responses(const rc_binder *b, int64_t n);
rc_str rc_low_words(rc_binder *b, bool caution, bool counts);
void rc_furniture_end(const rc_dir *d, rc_prose_vec *notes, rc_furniture *f);
void rc_data_table_later(const rc_dir *d, rc_furniture *f, rc_table *t);

void rc_dir_chart(const rc_dir *d);
void rc_chart_stacked_make(const rc_dir *d, rc_chart *c);
void rc_chart_ranked_make(const rc_dir *d, rc_chart *c);
void rc_chart_dots_make(const rc_dir *d, rc_chart *c);
void rc_chart_trend_make(const rc_dir *d, rc_chart *c);
rc_str rc_share_unit(const rc_dir *d, int item, int net);
void rc_dir_bars(const rc_dir *d);
void rc_dir_table(const rc_dir *d);
void rc_dir_glance(const rc_dir *d);
void rc_dir_facts(const rc_dir *d);
void rc_dir_tolerance(const rc_dir *d);
void rc_dir_differences(const rc_dir *d);
void rc_dir_findings(const rc_dir *d);
void rc_dir_summary(const rc_dir *d);
void rc_dir_lead(const rc_dir *d);
void rc_dir_brief(const rc_dir *d);
void rc_dir_quotes(const rc_dir *d);
void rc_dir_figure(const rc_dir *d);
void rc_dir_columns(const rc_dir *d);
void rc_dir_contents(const rc_dir *d);
void rc_dir_data_tables(const rc_dir *d);
void rc_dir_page_break(const rc_dir *d);
void rc_dir_fields(const rc_dir *d);

/* table rows of our own */
rc_cell_text rc_cell_make(rc_binder *b, rc_str text);
rc_row *rc_row_add(rc_binder *b, rc_row_vec *v, rc_row_kind kind, size_t cells,
                   rc_span span);
void rc_cell_set(rc_row *row, size_t at, rc_cell_text cell);

/* alt.c */
/* Alternative text of a chart: number, headline, what is shown, question,
 * base, every value. `base` stands in for a base line that the chart's notes
 * do not have; may be empty. Sets fur.said_count. */
rc_str rc_chart_alt(rc_binder *b, rc_chart *c, rc_str base);
/* The same for a diagram: its columns, and the author's words for an image
 * (d->alt). */
rc_str rc_diagram_alt(rc_binder *b, const rc_diagram *d);
/* csv.c: one figure of a chart, by what it prints; the item's id where `id` is
 * empty. Nothing is done unless the report attaches data. */
typedef enum rc_csv_as { RC_CSV_PERCENT, RC_CSV_COUNT, RC_CSV_NOTHING }
    rc_csv_as;
void rc_csv_add(rc_binder *b, rc_str id, rc_str statement, rc_figure f,
                rc_csv_as as);
/* What was added since the last chart becomes this one's. */
void rc_csv_end(rc_binder *b, rc_chart *c);
/* The same when references have their texts. */
void rc_chart_alt_later(rc_binder *b, rc_chart *c, rc_str base);
void rc_diagram_alt_later(rc_binder *b, rc_diagram *d);
/* finish.c */
void rc_finish_alts(rc_binder *b);
void rc_finish_contents(rc_binder *b);
/* What tolerance() gave the prose is a cell of a table of the report. */
void rc_finish_cells(rc_binder *b);
void rc_finish_data(rc_binder *b);
/* bands.c */
void rc_bands_cover(rc_binder *b, rc_doc *doc);
void rc_bands_divider(rc_binder *b, rc_section *s, int plan, int item);
const rc_chart *rc_lead_bar(rc_binder *b, int item, int group, rc_span span);

#endif
