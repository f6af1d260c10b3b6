/* The block tree as text, one block a line, children indented: the reference
 * of tests. Links print as [text](#id), notes as [^7], pages as ?. */
#include "doc/internal.h"

typedef struct dumper {
    const rc_doc *doc;
    FILE *to;
    rc_arena *a;
} dumper;

static void
put(const dumper *d, rc_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == 0xC2 && i + 1 < s.len && (unsigned char)s.at[i + 1] == 0xA0) {
            fputc('~', d->to); /* a space that does not break */
            i++;
        } else {
            fputc(c, d->to);
        }
    }
}

static void
indent(const dumper *d, int level)
{
    for (int i = 0; i < level; i++)
        fputs("  ", d->to);
}

static rc_str
target_id(const dumper *d, int target)
{
    return target >= 0 && (size_t)target < d->doc->target_count
               ? d->doc->targets[target].id
               : RC_LIT("?");
}

/* Do two runs stand in one emphasis? */
static bool
goes_on(const rc_inline *r, const rc_inline *next)
{
    const unsigned marks = RC_STYLE_STRONG | RC_STYLE_EMPH;
    return r && next && ((unsigned)r->style & marks) == ((unsigned)next->style & marks) &&
           r->target < 0 && next->target < 0 && !r->url.len && !next->url.len;
}

static void
put_run(const dumper *d, const rc_inline *before, const rc_inline *r,
        const rc_inline *after)
{
    bool opens = !goes_on(before, r), closes = !goes_on(r, after);
    bool link = r->target >= 0 || r->url.len;
    if (link)
        fputc('[', d->to);
    if (opens && r->style & RC_STYLE_STRONG)
        fputs("**", d->to);
    if (opens && r->style & RC_STYLE_EMPH)
        fputc('_', d->to);
    switch (r->kind) {
    case RC_INLINE_TEXT:
        put(d, r->text);
        break;
    case RC_INLINE_PAGE:
        fputc('?', d->to);
        break;
    case RC_INLINE_NOTE:
        fprintf(d->to, "[^%d]", r->note + 1);
        break;
    case RC_INLINE_BREAK:
        fputs(" / ", d->to);
        break;
    }
    if (closes && r->style & RC_STYLE_EMPH)
        fputc('_', d->to);
    if (closes && r->style & RC_STYLE_STRONG)
        fputs("**", d->to);
    if (r->lang.len) {
        fputs("{lang=", d->to);
        put(d, r->lang);
        fputc('}', d->to);
    }
    if (r->says.len) {
        fputs(r->style & RC_STYLE_SHORT ? "{short=" : "{says=", d->to);
        put(d, r->says);
        fputc('}', d->to);
    }
    if (link) {
        fputs("](", d->to);
        if (r->target >= 0)
            fputc('#', d->to);
        put(d, r->target >= 0 ? target_id(d, r->target) : r->url);
        fputc(')', d->to);
    }
}

static void
put_prose(const dumper *d, rc_prose p)
{
    for (size_t i = 0; i < p.count; i++)
        put_run(d, i ? &p.runs[i - 1] : NULL, &p.runs[i],
                i + 1 < p.count ? &p.runs[i + 1] : NULL);
}

static void
named(const dumper *d, int level, const char *name, rc_prose p)
{
    if (!p.count)
        return;
    indent(d, level);
    fputs(name, d->to);
    fputc(' ', d->to);
    put_prose(d, p);
    fputc('\n', d->to);
}

static void
named_text(const dumper *d, int level, const char *name, rc_str s)
{
    if (!s.len)
        return;
    indent(d, level);
    fputs(name, d->to);
    fputc(' ', d->to);
    put(d, s);
    fputc('\n', d->to);
}

static void
put_furniture(const dumper *d, int level, const rc_furniture *f)
{
    named_text(d, level, "number", f->number);
    if (f->target >= 0)
        named_text(d, level, "id", target_id(d, f->target));
    named(d, level, "headline", f->headline);
    named(d, level, "subtitle", f->subtitle);
    named_text(d, level, "scope", f->scope);
    for (size_t i = 0; i < f->note_count; i++)
        named(d, level, "note", f->notes[i]);
    if (f->data_target >= 0)
        named_text(d, level, "data", f->data_number);
}

static void
put_bar(const dumper *d, int level, const rc_bar *bar)
{
    indent(d, level);
    fputs("bar ", d->to);
    put_prose(d, bar->label);
    fputs(" |", d->to);
    for (size_t i = 0; i < bar->segment_count; i++) {
        fputc(' ', d->to);
        put(d,
            bar->segments[i].value.len ? bar->segments[i].value : RC_LIT("."));
    }
    if (!bar->segment_count) {
        fputc(' ', d->to);
        put(d, bar->absent);
    }
    if (bar->net_count)
        fputs(" |", d->to);
    for (size_t i = 0; i < bar->net_count; i++) {
        const rc_net_cell *n = &bar->nets[i];
        fputc(' ', d->to);
        put(d, n->value);
        if (n->compare.len) {
            fputc('(', d->to);
            put(d, n->compare);
            fputs(n->direction > 0   ? "^)"
                  : n->direction < 0 ? "v)"
                                     : ")",
                  d->to);
        }
    }
    if (bar->after.len) {
        fputs(" | ", d->to);
        put(d, bar->after);
    }
    fputc('\n', d->to);
}

static void
put_keys(const dumper *d, int level, const rc_key *keys, size_t count)
{
    static const char sides[] = {'+', '0', '-', 'x'};
    if (!count)
        return;
    indent(d, level);
    fputs("keys", d->to);
    for (size_t i = 0; i < count; i++) {
        fprintf(d->to, "%s %c%d/%d ", i ? "," : "", sides[keys[i].side],
                keys[i].place, keys[i].places);
        put(d, keys[i].label);
    }
    fputc('\n', d->to);
}

static void
put_dots(const dumper *d, int level, const rc_chart *c)
{
    for (size_t i = 0; i < c->dot_row_count; i++) {
        const rc_dot_row *r = &c->dot_rows[i];
        if (r->head.len)
            named_text(d, level, "head", r->head);
        indent(d, level);
        fputs("dots ", d->to);
        put_prose(d, r->label);
        fputs(" |", d->to);
        for (size_t k = 0; k < r->dot_count; k++) {
            fputc(' ', d->to);
            put(d, c->series[r->dots[k].series]);
            fputc(' ', d->to);
            put(d, r->dots[k].value);
        }
        if (r->has_whole) {
            fputs(" | ", d->to);
            put(d, r->whole_value);
        }
        for (size_t k = 0; k < c->number_count; k++) {
            if (!r->numbers[k].len)
                continue;
            fputs(" | ", d->to);
            put(d, c->number_heads[k].head);
            fputc(' ', d->to);
            put(d, r->numbers[k]);
        }
        fputc('\n', d->to);
    }
}

static void
put_trend(const dumper *d, int level, const rc_chart *c)
{
    for (size_t i = 0; i < c->trend_count; i++) {
        const rc_trend_series *s = &c->trend[i];
        indent(d, level);
        fputs("series ", d->to);
        put(d, s->name);
        fputs(" |", d->to);
        for (size_t k = 0; k < s->point_count; k++) {
            fputc(' ', d->to);
            put(d, c->waves[s->points[k].wave]);
            fputc(' ', d->to);
            put(d, s->points[k].missing ? RC_LIT("-") : s->points[k].text);
        }
        fputc('\n', d->to);
    }
}

static void
put_chart(const dumper *d, int level, const char *name, const rc_chart *c)
{
    static const char *const types[] = {"stacked", "ranked", "dots", "trend"};
    indent(d, level);
    fprintf(d->to, "%s %s%s%s%s%s\n", name, types[c->type],
            c->counted ? " counted" : "", c->compare ? " compare" : "",
            c->volume ? " volume" : "", c->dense ? " dense" : "");
    level++;
    put_furniture(d, level, &c->fur);
    named_text(d, level, "unit", c->unit);
    named(d, level, "low", c->low_note);
    put_keys(d, level, c->keys, c->key_count);
    for (size_t i = 0; i < c->net_count; i++) {
        indent(d, level);
        fputs("net ", d->to);
        put(d, c->net_heads[i].head);
        if (c->net_heads[i].sub.len) {
            fputs(" / ", d->to);
            put(d, c->net_heads[i].sub);
        }
        fputc('\n', d->to);
    }
    for (size_t i = 0; i < c->bar_count; i++)
        put_bar(d, level, &c->bars[i]);
    for (size_t i = 0; i < c->ranked_count; i++) {
        indent(d, level);
        fputs(c->ranked[i].named ? "ranked named " : "ranked ", d->to);
        put_prose(d, c->ranked[i].label);
        fputs(" | ", d->to);
        put(d, c->ranked[i].value);
        fputc('\n', d->to);
    }
    put_dots(d, level, c);
    put_trend(d, level, c);
    named_text(d, level, "alt", c->alt);
}

static void
put_table(const dumper *d, int level, const rc_table *t)
{
    static const char *const forms[] = {"data", "dense", "facts", "text"};
    static const char *const kinds[] = {"row", "group", "total"};
    indent(d, level);
    fprintf(d->to, "table %s\n", forms[t->form]);
    level++;
    put_furniture(d, level, &t->fur);
    named(d, level, "caption", t->caption);
    named(d, level, "left", t->left_note);
    named(d, level, "back", t->back);
    named_text(d, level, "spanning", t->spanning);
    named(d, level, "arrows", t->arrow_words);
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].over_columns) {
            indent(d, level);
            fprintf(d->to, "over %zu..%zu ", i + 1,
                    i + t->columns[i].over_columns);
            put_prose(d, t->columns[i].over);
            fputc('\n', d->to);
        }
    indent(d, level);
    fputs("heads", d->to);
    for (size_t i = 0; i < t->column_count; i++) {
        fputs(" | ", d->to);
        put_prose(d, t->columns[i].head);
        if (t->columns[i].sub.len) {
            fputs(" / ", d->to);
            put(d, t->columns[i].sub);
        }
    }
    fputc('\n', d->to);
    for (size_t i = 0; i < t->row_count; i++) {
        indent(d, level);
        fputs(kinds[t->rows[i].kind], d->to);
        for (size_t k = 0; k < t->rows[i].cell_count; k++) {
            const rc_cell_text *cell = &t->rows[i].cells[k];
            fputs(cell->direction > 0   ? " |^ "
                  : cell->direction < 0 ? " |v "
                                        : " | ",
                  d->to);
            put_prose(d, cell->text);
        }
        fputc('\n', d->to);
    }
}

static void put_blocks(const dumper *d, int level, rc_blocks blocks);

static void
put_names(const dumper *d, int level, const rc_names_column *c, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        indent(d, level);
        fputs("column ", d->to);
        put_prose(d, c[i].head);
        fputs(":", d->to);
        for (size_t k = 0; k < c[i].name_count; k++) {
            fputs(k ? "; " : " ", d->to);
            put_prose(d, c[i].names[k]);
        }
        fputc('\n', d->to);
    }
}

static void
put_entries(const dumper *d, int level, const rc_entry *e, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        indent(d, level);
        fprintf(d->to, "entry %d ", e[i].level);
        put(d, e[i].number.len ? e[i].number : RC_LIT("-"));
        fputc(' ', d->to);
        put_prose(d, e[i].title);
        fputs(" #", d->to);
        put(d, target_id(d, e[i].target));
        fputc('\n', d->to);
    }
}

static void
put_findings(const dumper *d, int level, const rc_block *k)
{
    indent(d, level);
    fputs("findings ", d->to);
    put_prose(d, k->as.findings.bars_note);
    fputc('\n', d->to);
    put_keys(d, level + 1, k->as.findings.keys, k->as.findings.key_count);
    for (size_t i = 0; i < k->as.findings.count; i++) {
        const rc_finding *f = &k->as.findings.at[i];
        indent(d, level + 1);
        fputs("finding ", d->to);
        put(d, f->number);
        fputc(' ', d->to);
        put_prose(d, f->words);
        fputc('\n', d->to);
        named(d, level + 2, "heading", f->heading);
        named(d, level + 2, "text", f->text);
        put_bar(d, level + 2, &f->bar);
    }
}

static void
put_summary(const dumper *d, int level, const rc_block *k)
{
    named(d, level, "summary", k->as.summary.heading);
    for (size_t i = 0; i < k->as.summary.count; i++) {
        const rc_summary_row *r = &k->as.summary.at[i];
        indent(d, level + 1);
        fputs("row ", d->to);
        put_prose(d, r->clause);
        fputs(" | ", d->to);
        put_prose(d, r->text);
        if (r->target >= 0) {
            fputs(" | #", d->to);
            put(d, target_id(d, r->target));
        }
        fputc('\n', d->to);
    }
}

static void
put_quotes(const dumper *d, int level, const rc_block *k)
{
    indent(d, level);
    fputs("quotes\n", d->to);
    for (size_t i = 0; i < k->as.quotes.count; i++) {
        const rc_quote *q = &k->as.quotes.at[i];
        indent(d, level + 1);
        fputs("quote ", d->to);
        put_prose(d, q->text);
        fputs(" | ", d->to);
        put(d, q->speaker);
        fputc('\n', d->to);
    }
}

static void
put_list(const dumper *d, int level, const rc_block *k)
{
    indent(d, level);
    if (k->as.list.ordered)
        fprintf(d->to, "list from %d\n", k->as.list.start);
    else
        fputs("list\n", d->to);
    for (size_t i = 0; i < k->as.list.count; i++) {
        indent(d, level + 1);
        fputs("item\n", d->to);
        put_blocks(d, level + 2, k->as.list.items[i].blocks);
    }
}

static void
put_block(const dumper *d, int level, const rc_block *k)
{
    static const char *const lists[] = {"chapters", "figures", "tables"};
    switch (k->kind) {
    case RC_BLOCK_HEADING:
        indent(d, level);
        fprintf(d->to, "heading %d ", k->as.heading.level);
        put(d, k->as.heading.number);
        fputs(k->as.heading.number.len ? " " : "", d->to);
        put_prose(d, k->as.heading.text);
        if (k->target >= 0) {
            fputs(" #", d->to);
            put(d, target_id(d, k->target));
        }
        fputc('\n', d->to);
        break;
    case RC_BLOCK_PARAGRAPH:
        named(d, level, "paragraph", k->as.paragraph);
        break;
    case RC_BLOCK_LIST:
        put_list(d, level, k);
        break;
    case RC_BLOCK_QUOTES:
        put_quotes(d, level, k);
        break;
    case RC_BLOCK_BLOCK_QUOTE:
        indent(d, level);
        fputs("block-quote\n", d->to);
        put_blocks(d, level + 1, k->as.children);
        break;
    case RC_BLOCK_TABLE:
        put_table(d, level, k->as.table);
        break;
    case RC_BLOCK_CHART:
        put_chart(d, level, "chart", k->as.chart);
        break;
    case RC_BLOCK_BARS:
        put_chart(d, level, "bars", k->as.chart);
        break;
    case RC_BLOCK_FINDINGS:
        put_findings(d, level, k);
        break;
    case RC_BLOCK_SUMMARY:
        put_summary(d, level, k);
        break;
    case RC_BLOCK_LEAD:
        named(d, level, "lead", k->as.lead);
        break;
    case RC_BLOCK_BRIEF:
        named(d, level, "brief", k->as.brief.heading);
        put_blocks(d, level + 1, k->as.brief.body);
        break;
    case RC_BLOCK_DIAGRAM:
        indent(d, level);
        fputs("diagram\n", d->to);
        put_furniture(d, level + 1, &k->as.diagram->fur);
        named_text(d, level + 1, "image", rc_path_base(k->as.diagram->image));
        put_names(d, level + 1, k->as.diagram->columns, k->as.diagram->count);
        named_text(d, level + 1, "alt", k->as.diagram->alt);
        break;
    case RC_BLOCK_NAMES:
        indent(d, level);
        fprintf(d->to, "names across=%d ", k->as.names.across);
        put_prose(d, k->as.names.heading);
        fputc('\n', d->to);
        put_names(d, level + 1, k->as.names.columns, k->as.names.count);
        break;
    case RC_BLOCK_CONTENTS:
        indent(d, level);
        fprintf(d->to, "contents %s\n", lists[k->as.contents.of]);
        put_entries(d, level + 1, k->as.contents.at, k->as.contents.count);
        break;
    case RC_BLOCK_FIELDS:
        indent(d, level);
        fputs("fields\n", d->to);
        for (size_t i = 0; i < k->as.fields.count; i++) {
            indent(d, level + 1);
            put_prose(d, k->as.fields.rows[i][0]);
            fputs(" = ", d->to);
            put_prose(d, k->as.fields.rows[i][1]);
            fputc('\n', d->to);
        }
        break;
    case RC_BLOCK_PAGE_BREAK:
        indent(d, level);
        fputs("page-break\n", d->to);
        break;
    case RC_BLOCK_MISSING:
        indent(d, level);
        fputs("missing\n", d->to);
        break;
    }
}

static void
put_blocks(const dumper *d, int level, rc_blocks blocks)
{
    for (size_t i = 0; i < blocks.count; i++)
        put_block(d, level, &blocks.at[i]);
}

static void
put_bands(const dumper *d, int level, const rc_band *bands, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        indent(d, level);
        fprintf(d->to, "band of %lld", (long long)bands[i].base);
        for (size_t k = 0; k < bands[i].segment_count; k++) {
            fputc(' ', d->to);
            put(d, bands[i].segments[k].value.len ? bands[i].segments[k].value
                                                  : RC_LIT("."));
        }
        if (bands[i].label.len) {
            fputs(" | ", d->to);
            put(d, bands[i].label);
            fputs(" | ", d->to);
            put(d, bands[i].label_sub);
        }
        fputc('\n', d->to);
    }
}

static void
put_section(const dumper *d, const rc_section *s)
{
    fprintf(d->to, "section depth=%d opening=", s->depth);
    put(d, s->opening.len ? s->opening : RC_LIT("none"));
    if (s->counts_only)
        fputs(" counts", d->to);
    if (s->in_contents)
        fputs(" in-contents", d->to);
    fputs(" ", d->to);
    put(d, s->number);
    fputs(s->number.len ? " " : "", d->to);
    put_prose(d, s->title);
    fputs(" #", d->to);
    put(d, target_id(d, s->target));
    fputc('\n', d->to);
    if (s->lead_bar)
        put_chart(d, 1, "lead-bar", s->lead_bar);
    put_bands(d, 1, s->bands, s->band_count);
    put_entries(d, 1, s->sections, s->section_count);
    put_blocks(d, 1, s->blocks);
}

void
rc_doc_dump(const rc_doc *doc, FILE *to)
{
    rc_arena *a = rc_arena_new();
    dumper d = {doc, to, a};
    named_text(&d, 0, "title", doc->title);
    named_text(&d, 0, "date", doc->date);
    for (size_t i = 0; i < doc->field_count; i++) {
        fputs("field ", to);
        put(&d, doc->fields[i].name);
        fputs(" = ", to);
        put(&d, doc->fields[i].value);
        fputc('\n', to);
    }
    put_keys(&d, 0, doc->keys, doc->key_count);
    put_bands(&d, 0, doc->bands, doc->band_count);
    int part = -1;
    for (size_t i = 0; i < doc->section_count; i++) {
        if (doc->sections[i].part != part) {
            part = doc->sections[i].part;
            const rc_part *p = &doc->parts[part];
            fputs("part ", to);
            put(&d, p->name);
            fprintf(to, "%s%s\n", p->roman ? " roman" : "",
                    p->numbered ? " numbered" : "");
        }
        put_section(&d, &doc->sections[i]);
    }
    for (size_t i = 0; i < doc->note_count; i++) {
        fputs("footnote ", to);
        put(&d, doc->notes[i].mark);
        fputc('\n', to);
        put_blocks(&d, 1, doc->notes[i].body);
    }
    rc_arena_free(a);
}
