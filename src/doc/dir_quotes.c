/* `quotes`: comments, each printed once in the whole report. A role and a
 * place together may tell who spoke: where the group at hand is not the whole,
 * no role is printed. */
#include "doc/internal.h"

typedef RC_VEC(rc_quote) quote_vec;

static rc_str
role_words(rc_binder *b, const rc_comment *c)
{
    const rc_report *r = b->report;
    for (size_t i = 0; i < r->role_count; i++)
        if (rc_str_eq(r->roles[i].name, c->role))
            return r->roles[i].value;
    return rc_capital(b->a, c->role);
}

static int
comment_index(const rc_binder *b, const rc_comment *c)
{
    return (int)(c - b->data->comments);
}

/* The words a comment shares with none, or with the first of its twins: a
 * comment given to two groups is one comment. */
static int
first_of(rc_binder *b, int at)
{
    return b->survey->comment_same[at];
}

static bool
take_comment(const rc_dir *d, const rc_comment *c, rc_span at, bool role)
{
    rc_binder *b = d->b;
    int same = first_of(b, comment_index(b, c));
    if (b->comment_used[same]) {
        rc_span before = b->comment_spans.at[b->comment_used[same] - 1];
        rc_diag *g =
            rc_log_error(b->log, "doubled-comment", at,
                         "comment '%.*s' is printed twice", RC_STR(c->id));
        rc_diag_also(g, before, "first here");
        return false;
    }
    *rc_vec_push(b->a, &b->comment_spans) = at;
    b->comment_used[same] = (uint32_t)b->comment_spans.count;
    if (c->illustrative && !b->has_mark && !b->said_illustrative) {
        b->said_illustrative = true;
        rc_diag *g = rc_log_warning(b->log, "illustrative-comment", at,
                                    "comment '%.*s' was written for a specimen",
                                    RC_STR(c->id));
        rc_diag_hint(g, "report.mark should say what this report is");
    }
    if (role && c->role.len && d->group != b->whole) {
        rc_diag *g =
            rc_log_error(b->log, "role-and-place", at,
                         "comment '%.*s' would print a role in '%.*s'",
                         RC_STR(c->id), RC_STR(b->data->groups[d->group].key));
        rc_diag_hint(g, "role: false prints '%.*s'",
                     RC_STR(b->words->from_comments));
    }
    return true;
}

static void
add_quote(const rc_dir *d, const rc_comment *c, bool role, quote_vec *out)
{
    rc_binder *b = d->b;
    rc_quote *q = rc_vec_push(b->a, out);
    rc_inline *run = RC_MAKE(b->a, rc_inline);
    *run = (rc_inline){.kind = RC_INLINE_TEXT,
                       .text = c->text,
                       .target = -1,
                       .note = -1,
                       .span = c->span};
    rc_typo_inside(b->a, run, 1, 1); /* layout hangs the outer marks */
    q->text = (rc_prose){run, 1};
    q->speaker =
        role && c->role.len ? role_words(b, c) : b->words->from_comments;
    if (c->language.len && !rc_str_eq(c->language, b->report->language))
        q->lang = c->language;
}

static void
named_comments(const rc_dir *d, const rc_node *list, bool role, quote_vec *out)
{
    rc_binder *b = d->b;
    if (list->kind != RC_NODE_LIST) {
        rc_node_expected(list, "a list of comments", b->log);
        return;
    }
    for (size_t i = 0; i < list->item_count; i++) {
        const rc_node *n = list->items[i];
        rc_str id = rc_dir_node_text(d, n);
        const rc_comment *c = rc_data_comment(b->data, id);
        if (!c) {
            rc_str *ids =
                RC_MAKE_ARRAY(b->a, rc_str, b->data->comment_count + 1);
            for (size_t k = 0; k < b->data->comment_count; k++)
                ids[k] = b->data->comments[k].id;
            rc_diag *g = rc_log_error(b->log, "unknown-comment", n->span,
                                      "unknown comment '%.*s'", RC_STR(id));
            rc_diag_suggest(g, id, ids, b->data->comment_count);
            continue;
        }
        if (take_comment(d, c, n->span, role))
            add_quote(d, c, role, out);
    }
}

/* A question or theme that no comment has is a slip of the pen; false. */
static bool
check_asked(const rc_dir *d, rc_str question, rc_str theme)
{
    rc_binder *b = d->b;
    const rc_data *data = b->data;
    rc_str_vec names = {0};
    bool known = rc_data_question(data, question) >= 0, found = !theme.len;
    for (size_t i = 0; known && !found && i < data->comment_count; i++)
        found = rc_str_eq(data->comments[i].question, question) &&
                rc_str_eq(data->comments[i].theme, theme);
    if (known && found)
        return true;
    for (size_t i = 0; known && i < data->comment_count; i++)
        if (rc_str_eq(data->comments[i].question, question) &&
            data->comments[i].theme.len)
            *rc_vec_push(b->a, &names) = data->comments[i].theme;
    for (size_t i = 0; !known && i < data->question_count; i++)
        *rc_vec_push(b->a, &names) = data->questions[i].key;
    const rc_node *n = rc_dir_get(d, known ? "theme" : "question");
    rc_diag *g =
        known ? rc_log_error(b->log, "unknown-theme", n->span,
                             "no comment on '%.*s' has the theme '%.*s'",
                             RC_STR(question), RC_STR(theme))
              : rc_log_error(b->log, "unknown-question", n->span,
                             "unknown question '%.*s'", RC_STR(question));
    rc_diag_suggest(g, known ? theme : question, names.at, names.count);
    return false;
}

/* Comments of the group at hand that no one has printed yet, in data order. */
static void
chosen_comments(const rc_dir *d, bool role, quote_vec *out)
{
    rc_binder *b = d->b;
    rc_str question = rc_dir_text(d, "question");
    rc_str theme = rc_dir_text(d, "theme");
    int64_t most = 3;
    rc_map_int(d->map, "most", &most, b->log);
    if (!check_asked(d, question, theme))
        return;
    rc_data_reads(b->data, d->group);
    const rc_by_group *of = &b->data->comments_of;
    for (size_t k = of->from[d->group];
         k < of->from[d->group + 1] && out->count < (size_t)most; k++) {
        int i = of->at[k];
        const rc_comment *c = &b->data->comments[i];
        bool fits = rc_str_eq(c->question, question) &&
                    (!theme.len || rc_str_eq(c->theme, theme));
        if (!fits || b->comment_used[first_of(b, i)])
            continue;
        if (take_comment(d, c, d->span, role))
            add_quote(d, c, role, out);
    }
    if (out->count)
        return;
    rc_diag *g = rc_log_error(b->log, "no-comment", d->span,
                              "no comment on '%.*s'%s%.*s is left here",
                              RC_STR(question), theme.len ? ", theme " : "",
                              RC_STR(theme));
    rc_diag_hint(g, "each comment is printed once in a report");
}

void
rc_dir_quotes(const rc_dir *d)
{
    rc_binder *b = d->b;
    bool role = true;
    if (!b->comment_used)
        b->comment_used =
            RC_MAKE_ARRAY(b->a, uint32_t, b->data->comment_count + 1);
    rc_map_bool(d->map, "role", &role, b->log);
    const rc_node *list = rc_dir_get(d, "comments");
    quote_vec quotes = {0};
    if (list) {
        named_comments(d, list, role, &quotes);
    } else if (rc_dir_get(d, "question")) {
        chosen_comments(d, role, &quotes);
    } else if (!rc_map_misspelt(d->map, "question", b->log)
               && !rc_map_misspelt(d->map, "comments", b->log)) {
        rc_log_error(b->log, "missing-key", d->span,
                     "'quotes' needs comments or question");
    }
    if (!quotes.count)
        return;
    rc_block *k = rc_dir_add(d, RC_BLOCK_QUOTES);
    k->as.quotes.at = quotes.at;
    k->as.quotes.count = quotes.count;
}
