/* `findings`, `summary`, `lead`, `brief`: what stands at the head of chapters.
 */
#include "doc/internal.h"

/* -- findings ------------------------------------------------------------ */

typedef struct findings {
    const rc_key *keys;
    const int *of;
    size_t key_count;
    int scale;
    bool counted;
    int64_t base;
    rc_str who;
} findings;

static rc_prose
key_prose(const rc_dir *d, const rc_node *n, const char *key, bool need,
          rc_spot_kind kind)
{
    const rc_node *v =
        need ? rc_map_need(n, key, d->b->log) : rc_map_get(n, key);
    return v ? rc_prose_node(d->b, v, kind) : (rc_prose){0};
}

/* "agree that ..." with, for a count, "of the 12" before it. */
static rc_prose
finding_words(const rc_dir *d, const rc_node *n, const rc_figure *f)
{
    rc_binder *b = d->b;
    const rc_node *v = rc_map_need(n, "words", b->log);
    if (!v)
        return (rc_prose){0};
    rc_prose p = rc_prose_node(b, v, RC_SPOT_HEADLINE);
    if (f->low != RC_LOW_COUNTS)
        return p;
    rc_inline *runs = RC_MAKE_ARRAY(b->a, rc_inline, p.count + 1);
    runs[0] = (rc_inline){
        .kind = RC_INLINE_TEXT,
        .target = -1,
        .note = -1,
        .span = v->span,
        .text = rc_str_printf(
            b->a, "%.*s ",
            RC_STR(rc_str_trim(rc_word_fill2(b->a, b->words->of_the, (rc_str){0},
                                             rc_print_int(b->a, f->base)))))};
    for (size_t i = 0; i < p.count; i++)
        runs[i + 1] = p.runs[i];
    return (rc_prose){runs, p.count + 1};
}

static bool
bind_finding(const rc_dir *d, const rc_node *n, findings *all, rc_finding *out)
{
    static const char *const keys[] = {"item",  "net",  "heading",
                                       "words", "text", NULL};
    rc_binder *b = d->b;
    int item;
    if (n->kind != RC_NODE_MAP) {
        rc_node_expected(n, "a map with item, heading, words, text", b->log);
        return false;
    }
    rc_map_known(n, keys, "a finding", b->log);
    const rc_node *name = rc_map_need(n, "item", b->log);
    if (!name || !rc_dir_item(d, name, (rc_str){0}, &item))
        return false;
    const rc_item *def = &b->data->items[item];
    if (!rc_is_closed(b->data, item)) {
        rc_log_error(b->log, "chart", name->span,
                     "'%.*s' has no scale with two sides", RC_STR(def->id));
        return false;
    }
    const rc_node *net_node = rc_map_get(n, "net");
    int net = net_node ? rc_dir_net(d, net_node, item)
                       : rc_positive_net(b->data, item);
    if (net < 0)
        return false;
    if (!all->keys) {
        all->keys = rc_keys_make(b, item, &all->of, &all->key_count);
        all->scale = def->scale;
        all->base = rc_stats_base(b->stats, item, d->group, b->wave);
        all->counted = rc_is_counted(b, all->base);
        all->who = def->base_text;
    }
    if (def->scale != all->scale) {
        rc_log_error(b->log, "chart", name->span,
                     "'%.*s' has another scale than the findings before it",
                     RC_STR(def->id));
        return false;
    }
    rc_figure f = rc_stats_net(b->stats, item, net, d->group, b->wave);
    out->number =
        f.kind == RC_FIG_NONE ? (rc_str){0}
        : all->counted
            ? rc_print_int(b->a, f.count)
            : rc_str_printf(b->a, "%.*s%%", RC_STR(rc_figure_percent(b->a, f)));
    out->words = finding_words(d, n, &f);
    out->heading = key_prose(d, n, "heading", true, RC_SPOT_HEADLINE);
    out->text = key_prose(d, n, "text", true, RC_SPOT_PROSE);
    out->bar = rc_bar_make(b, item, d->group, all->keys, all->of,
                           all->key_count, all->counted);
    out->bar.label = rc_prose_from(
        b, rc_item_question(b->a, rc_item_text_for(b->data, item, d->group)));
    rc_chart alone = {.type = RC_CHART_STACKED,
                      .unit = all->counted ? b->words->number_answering
                                           : b->words->per_cent,
                      .keys = all->keys,
                      .key_count = all->key_count,
                      .bars = &out->bar,
                      .bar_count = 1};
    rc_str who = def->base_text.len ? def->base_text : b->words->all_responses;
    out->alt = rc_chart_alt(
        b, &alone,
        rc_str_printf(b->a, "%.*s %.*s (%.*s)", RC_STR(b->words->base),
                      RC_STR(who),
                      RC_STR(rc_base_print(
                          b, rc_stats_base(b->stats, item, d->group,
                                           b->wave)))));
    return true;
}

void
rc_dir_findings(const rc_dir *d)
{
    rc_binder *b = d->b;
    const rc_node *list = rc_dir_list(d, "list");
    if (!list)
        return;
    findings all = {0};
    rc_finding *at = RC_MAKE_ARRAY(b->a, rc_finding, list->item_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < list->item_count; i++)
        if (bind_finding(d, list->items[i], &all, &at[n]))
            n++;
    if (!n)
        return;
    rc_prose_maker m;
    rc_prose_begin(&m, b, RC_SPOT_PROSE);
    rc_str who = all.who.len ? all.who : b->words->all_responses;
    rc_prose_plain_text(&m,
                        rc_word_fill2(b->a, b->words->bars,
                                      rc_lower_first(b->a, who),
                                      rc_base_print(b, all.base)),
                        0);
    rc_prose_break(&m);
    rc_prose_plain_text(
        &m, all.counted ? b->words->number_answering : b->words->per_cent, 0);
    rc_block *k = rc_dir_add(d, RC_BLOCK_FINDINGS);
    k->as.findings.keys = all.keys;
    k->as.findings.key_count = all.key_count;
    k->as.findings.bars_note = rc_prose_end(&m);
    k->as.findings.at = at;
    k->as.findings.count = n;
    k->as.findings.counted = all.counted;
}

/* -- summary ------------------------------------------------------------- */

void
rc_dir_summary(const rc_dir *d)
{
    static const char *const keys[] = {"clause", "text", "to", NULL};
    rc_binder *b = d->b;
    const rc_node *list = rc_dir_list(d, "list");
    if (!list)
        return;
    rc_summary_row *rows =
        RC_MAKE_ARRAY(b->a, rc_summary_row, list->item_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < list->item_count; i++) {
        const rc_node *item = list->items[i];
        if (item->kind != RC_NODE_MAP) {
            rc_node_expected(item, "a map with clause, text, to", b->log);
            continue;
        }
        rc_map_known(item, keys, "a row of a summary", b->log);
        rc_summary_row *row = &rows[n++];
        row->target = -1;
        row->clause = key_prose(d, item, "clause", true, RC_SPOT_PROSE);
        row->text = key_prose(d, item, "text", true, RC_SPOT_PROSE);
        const rc_node *to = rc_map_get(item, "to");
        if (!to)
            continue;
        rc_str id = rc_dir_node_text(d, to);
        if (rc_str_starts(id, "#"))
            id = rc_str_part(id, 1, id.len);
        rc_ref_use use = {.target = &row->target,
                          .id = id,
                          .scope = rc_plan_scope(b, b->plan),
                          .span = to->span};
        rc_ref_use_later(b, &use);
    }
    rc_block *k = rc_dir_add(d, RC_BLOCK_SUMMARY);
    rc_prose heading = rc_dir_prose(d, "headline", RC_SPOT_HEADLINE);
    k->as.summary.heading =
        heading.count ? heading : rc_prose_from(b, b->words->in_chapter);
    k->as.summary.at = rows;
    k->as.summary.count = n;
}

/* -- boxes of Markdown --------------------------------------------------- */

static const rc_md *
parse_body(const rc_dir *d)
{
    rc_md_origin origin = {0, d->fence->pieces};
    return rc_tree_parse(d->b, d->fence->text, &origin);
}

void
rc_dir_lead(const rc_dir *d)
{
    rc_binder *b = d->b;
    const rc_md *md = parse_body(d);
    const rc_md_node *p = md->document->first;
    if (!p || p->kind != RC_MD_PARAGRAPH || p->next) {
        rc_log_error(b->log, "lead", d->span, "a lead is one paragraph");
        return;
    }
    rc_md_scope scope;
    rc_md_enter(b, &scope, md);
    rc_prose_maker m;
    rc_prose_begin(&m, b, RC_SPOT_PROSE);
    rc_prose_inlines(&m, p->first, NULL);
    rc_prose lead = rc_prose_end(&m);
    rc_md_leave(b);
    rc_dir_add(d, RC_BLOCK_LEAD)->as.lead = lead;
}

void
rc_dir_brief(const rc_dir *d)
{
    rc_binder *b = d->b;
    const rc_md *md = parse_body(d);
    rc_md_scope scope;
    rc_md_enter(b, &scope, md);
    rc_block_vec body = {0};
    rc_tree_blocks(b, md->document->first, &body);
    rc_md_leave(b);
    rc_block *k = rc_dir_add(d, RC_BLOCK_BRIEF);
    k->as.brief.heading = rc_prose_from(b, b->words->in_brief);
    k->as.brief.body = rc_blocks_end(&body);
}
