/* The digest of a block tree: of everything in it that can reach a page. Two
 * trees of one digest are set alike, so each member of block.h is hashed, but
 * for spans: they only say where a mistake is. The sizes below fail to compile
 * when a struct gets a new member, so that it is not forgotten here. */
#include "base/hash.h"
#include "doc/block.h"

#include <assert.h>

#if UINTPTR_MAX == UINT64_MAX
#define SIZE_IS(T, n) static_assert(sizeof(T) == (n), "hash the new member")
SIZE_IS(rc_inline, 120);
SIZE_IS(rc_key, 32);
SIZE_IS(rc_segment, 40);
SIZE_IS(rc_net_cell, 40);
SIZE_IS(rc_bar, 80);
SIZE_IS(rc_ranked_bar, 48);
SIZE_IS(rc_dot, 32);
SIZE_IS(rc_dot_row, 88);
SIZE_IS(rc_trend_point, 40);
SIZE_IS(rc_trend_series, 32);
SIZE_IS(rc_furniture, 168);
SIZE_IS(rc_chart, 480);
SIZE_IS(rc_cell_text, 24);
SIZE_IS(rc_row, 64);
SIZE_IS(rc_table_column, 80);
SIZE_IS(rc_table, 320);
SIZE_IS(rc_quote, 48);
SIZE_IS(rc_finding, 160);
SIZE_IS(rc_summary_row, 40);
SIZE_IS(rc_names_column, 32);
SIZE_IS(rc_diagram, 224);
SIZE_IS(rc_entry, 48);
SIZE_IS(rc_block, 112);
SIZE_IS(rc_target, 56);
SIZE_IS(rc_note, 72);
SIZE_IS(rc_band, 64);
SIZE_IS(rc_section, 232);
SIZE_IS(rc_part, 96);
SIZE_IS(rc_doc, 200);
#undef SIZE_IS
#endif

typedef struct digester {
    rc_hash h;
    size_t figures;
} digester;

static void
add_int(digester *d, int64_t n)
{
    rc_hash_int(&d->h, n);
}

static void
add_str(digester *d, rc_str s)
{
    rc_hash_str(&d->h, s);
}

static void
add_real(digester *d, double x)
{
    rc_hash_real(&d->h, x);
}

static void
add_strs(digester *d, const rc_str *s, size_t count)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        add_str(d, s[i]);
}

static void
add_prose(digester *d, rc_prose p)
{
    add_int(d, (int64_t)p.count);
    for (size_t i = 0; i < p.count; i++) {
        const rc_inline *r = &p.runs[i];
        add_int(d, (int64_t)r->kind << 8 | r->style);
        add_str(d, r->text);
        add_int(d, r->target);
        add_str(d, r->url);
        add_int(d, r->note);
        add_str(d, r->lang);
        add_str(d, r->says);
    }
}

static void
add_proses(digester *d, const rc_prose *p, size_t count)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        add_prose(d, p[i]);
}

/* -- charts ---------------------------------------------------------------- */

static void
add_furniture(digester *d, const rc_furniture *f)
{
    add_str(d, f->number);
    add_int(d, f->target);
    add_prose(d, f->headline);
    add_prose(d, f->subtitle);
    add_str(d, f->scope);
    add_proses(d, f->notes, f->note_count);
    add_int(d, (int64_t)f->said_count);
    add_int(d, f->floats);
    add_str(d, f->data_number);
    add_int(d, f->data_target);
}

static void
add_keys(digester *d, const rc_key *k, size_t count)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        add_str(d, k[i].label);
        add_int(d, k[i].side);
        add_int(d, k[i].place);
        add_int(d, k[i].places);
    }
}

/* Counts reach the page where they cut the bar. */
static void
add_segments(digester *d, const rc_segment *s, size_t count, bool counted)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        add_int(d, s[i].key);
        add_real(d, s[i].share);
        add_int(d, counted ? s[i].count : -1);
        add_str(d, s[i].value);
    }
}

static void
add_bar(digester *d, const rc_bar *b, bool counted)
{
    add_prose(d, b->label);
    add_segments(d, b->segments, b->segment_count, counted);
    add_int(d, (int64_t)b->net_count);
    for (size_t i = 0; i < b->net_count; i++) {
        add_str(d, b->nets[i].value);
        add_str(d, b->nets[i].compare);
        add_int(d, b->nets[i].direction);
    }
    add_str(d, b->absent);
    add_str(d, b->after);
}

static void
add_dot_row(digester *d, const rc_dot_row *r, size_t numbers)
{
    add_prose(d, r->label);
    add_int(d, (int64_t)r->dot_count);
    for (size_t i = 0; i < r->dot_count; i++) {
        add_int(d, r->dots[i].series);
        add_real(d, r->dots[i].share);
        add_str(d, r->dots[i].value);
    }
    add_int(d, r->has_whole);
    add_real(d, r->whole);
    add_str(d, r->whole_value);
    add_str(d, r->head);
    add_strs(d, r->numbers, numbers);
}

static void
add_trend(digester *d, const rc_trend_series *s)
{
    add_str(d, s->name);
    add_int(d, (int64_t)s->point_count);
    for (size_t i = 0; i < s->point_count; i++) {
        add_int(d, s->points[i].wave);
        add_real(d, s->points[i].value);
        add_str(d, s->points[i].text);
        add_int(d, s->points[i].missing);
    }
}

static void
add_chart(digester *d, const rc_chart *c)
{
    add_int(d, c->type);
    add_furniture(d, &c->fur);
    add_str(d, c->alt);
    add_str(d, c->data.name);
    add_str(d, c->data.title);
    add_str(d, c->data.text);
    add_int(d, c->counted | c->compare << 1 | c->volume << 2 |
                   c->dense << 3);
    add_str(d, c->unit);
    add_prose(d, c->low_note);
    add_keys(d, c->keys, c->key_count);
    add_int(d, (int64_t)c->net_count);
    for (size_t i = 0; i < c->net_count; i++) {
        add_str(d, c->net_heads[i].head);
        add_str(d, c->net_heads[i].sub);
    }
    add_int(d, (int64_t)c->bar_count);
    for (size_t i = 0; i < c->bar_count; i++)
        add_bar(d, &c->bars[i], c->counted);
    add_int(d, (int64_t)c->ranked_count);
    for (size_t i = 0; i < c->ranked_count; i++) {
        add_prose(d, c->ranked[i].label);
        add_real(d, c->ranked[i].share);
        add_str(d, c->ranked[i].value);
        add_int(d, c->ranked[i].named);
    }
    add_real(d, c->maximum);
    add_strs(d, c->series, c->series_count);
    add_int(d, (int64_t)c->number_count);
    for (size_t i = 0; i < c->number_count; i++) {
        add_str(d, c->number_heads[i].head);
        add_str(d, c->number_heads[i].sub);
    }
    add_int(d, (int64_t)c->dot_row_count);
    for (size_t i = 0; i < c->dot_row_count; i++)
        add_dot_row(d, &c->dot_rows[i], c->number_count);
    add_strs(d, c->waves, c->wave_count);
    add_strs(d, c->wave_subs, c->wave_subs ? c->wave_count : 0);
    add_int(d, (int64_t)c->trend_count);
    for (size_t i = 0; i < c->trend_count; i++)
        add_trend(d, &c->trend[i]);
    add_real(d, c->scale_end);
    add_str(d, c->whole_name);
}

/* -- tables ---------------------------------------------------------------- */

static void
add_row(digester *d, const rc_row *r)
{
    add_int(d, r->kind);
    add_int(d, (int64_t)r->cell_count);
    for (size_t i = 0; i < r->cell_count; i++) {
        add_prose(d, r->cells[i].text);
        add_int(d, r->cells[i].direction);
        add_int(d, r->cells[i].strong);
    }
}

static void
add_table(digester *d, const rc_table *t)
{
    add_int(d, t->form << 1 | t->dense);
    add_furniture(d, &t->fur);
    add_str(d, t->spanning);
    add_int(d, (int64_t)t->column_count);
    for (size_t i = 0; i < t->column_count; i++) {
        add_prose(d, t->columns[i].head);
        add_str(d, t->columns[i].sub);
        add_str(d, t->columns[i].sub_says);
        add_int(d, t->columns[i].align);
        add_prose(d, t->columns[i].over);
        add_int(d, (int64_t)t->columns[i].over_columns);
    }
    add_int(d, (int64_t)t->row_count);
    for (size_t i = 0; i < t->row_count; i++)
        add_row(d, &t->rows[i]);
    add_str(d, t->summary);
    add_prose(d, t->caption);
    add_prose(d, t->left_note);
    add_int(d, t->arrow_key);
    add_prose(d, t->arrow_words);
    add_prose(d, t->back);
}

/* -- blocks ---------------------------------------------------------------- */

static void add_blocks(digester *d, rc_blocks b);

static void
add_names(digester *d, const rc_names_column *c, size_t count)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        add_prose(d, c[i].head);
        add_proses(d, c[i].names, c[i].name_count);
    }
}

static void
add_diagram(digester *d, const rc_diagram *g)
{
    add_furniture(d, &g->fur);
    add_str(d, g->alt);
    add_str(d, g->image);
    add_str(d, g->picture ? g->picture->png : (rc_str){0});
    add_names(d, g->columns, g->count);
}

static void
add_entries(digester *d, const rc_entry *e, size_t count)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        add_int(d, e[i].level);
        add_str(d, e[i].number);
        add_prose(d, e[i].title);
        add_int(d, e[i].target);
    }
}

static void
add_quotes(digester *d, const rc_block *b)
{
    add_int(d, (int64_t)b->as.quotes.count);
    for (size_t i = 0; i < b->as.quotes.count; i++) {
        add_prose(d, b->as.quotes.at[i].text);
        add_str(d, b->as.quotes.at[i].speaker);
        add_str(d, b->as.quotes.at[i].lang);
    }
}

static void
add_findings(digester *d, const rc_block *b)
{
    add_keys(d, b->as.findings.keys, b->as.findings.key_count);
    add_prose(d, b->as.findings.bars_note);
    add_int(d, b->as.findings.counted);
    add_int(d, (int64_t)b->as.findings.count);
    for (size_t i = 0; i < b->as.findings.count; i++) {
        const rc_finding *f = &b->as.findings.at[i];
        add_str(d, f->number);
        add_prose(d, f->words);
        add_prose(d, f->heading);
        add_prose(d, f->text);
        add_bar(d, &f->bar, b->as.findings.counted);
        add_str(d, f->alt);
    }
}

static void
add_summary(digester *d, const rc_block *b)
{
    add_prose(d, b->as.summary.heading);
    add_int(d, (int64_t)b->as.summary.count);
    for (size_t i = 0; i < b->as.summary.count; i++) {
        add_prose(d, b->as.summary.at[i].clause);
        add_prose(d, b->as.summary.at[i].text);
        add_int(d, b->as.summary.at[i].target);
    }
}

static void
add_list(digester *d, const rc_block *b)
{
    add_int(d, b->as.list.ordered);
    add_int(d, b->as.list.start);
    add_int(d, (int64_t)b->as.list.count);
    for (size_t i = 0; i < b->as.list.count; i++)
        add_blocks(d, b->as.list.items[i].blocks);
}

static void
add_block(digester *d, const rc_block *b)
{
    add_int(d, b->kind);
    add_int(d, b->target);
    switch (b->kind) {
    case RC_BLOCK_HEADING:
        add_int(d, b->as.heading.level);
        add_str(d, b->as.heading.number);
        add_prose(d, b->as.heading.text);
        add_int(d, b->as.heading.in_contents);
        break;
    case RC_BLOCK_PARAGRAPH: add_prose(d, b->as.paragraph); break;
    case RC_BLOCK_LIST: add_list(d, b); break;
    case RC_BLOCK_QUOTES: add_quotes(d, b); break;
    case RC_BLOCK_BLOCK_QUOTE: add_blocks(d, b->as.children); break;
    case RC_BLOCK_TABLE: add_table(d, b->as.table); break;
    case RC_BLOCK_CHART:
    case RC_BLOCK_BARS:
        d->figures += b->kind == RC_BLOCK_CHART;
        add_chart(d, b->as.chart);
        break;
    case RC_BLOCK_FINDINGS: add_findings(d, b); break;
    case RC_BLOCK_SUMMARY: add_summary(d, b); break;
    case RC_BLOCK_LEAD: add_prose(d, b->as.lead); break;
    case RC_BLOCK_BRIEF:
        add_prose(d, b->as.brief.heading);
        add_blocks(d, b->as.brief.body);
        break;
    case RC_BLOCK_DIAGRAM:
        d->figures++;
        add_diagram(d, b->as.diagram);
        break;
    case RC_BLOCK_NAMES:
        add_prose(d, b->as.names.heading);
        add_names(d, b->as.names.columns, b->as.names.count);
        add_int(d, b->as.names.across);
        break;
    case RC_BLOCK_CONTENTS:
        add_int(d, b->as.contents.of);
        add_entries(d, b->as.contents.at, b->as.contents.count);
        break;
    case RC_BLOCK_FIELDS:
        add_int(d, (int64_t)b->as.fields.count);
        for (size_t i = 0; i < b->as.fields.count; i++)
            add_proses(d, b->as.fields.rows[i], 2);
        break;
    case RC_BLOCK_PAGE_BREAK:
    case RC_BLOCK_MISSING: break;
    }
}

static void
add_blocks(digester *d, rc_blocks b)
{
    add_int(d, (int64_t)b.count);
    for (size_t i = 0; i < b.count; i++)
        add_block(d, &b.at[i]);
}

/* -- the document ---------------------------------------------------------- */

static void
add_fields(digester *d, const rc_field *f, size_t count)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        add_str(d, f[i].name);
        add_str(d, f[i].value);
    }
}

static void
add_bands(digester *d, const rc_band *b, size_t count)
{
    add_int(d, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        add_str(d, b[i].label);
        add_str(d, b[i].label_sub);
        add_segments(d, b[i].segments, b[i].segment_count, true);
        add_int(d, b[i].base);
        add_int(d, b[i].counted);
    }
}

static void
add_section(digester *d, const rc_section *s)
{
    add_int(d, s->part);
    add_int(d, s->depth);
    add_str(d, s->opening);
    add_str(d, s->number);
    add_prose(d, s->title);
    add_str(d, s->title_plain);
    add_int(d, s->in_contents | s->counts_only << 1);
    add_int(d, s->target);
    add_int(d, s->lead_bar != NULL);
    if (s->lead_bar)
        add_chart(d, s->lead_bar);
    add_bands(d, s->bands, s->band_count);
    add_entries(d, s->sections, s->section_count);
    add_fields(d, s->fields, s->field_count);
    add_blocks(d, s->blocks);
}

static void
add_parts(digester *d, const rc_doc *doc)
{
    add_int(d, (int64_t)doc->part_count);
    for (size_t i = 0; i < doc->part_count; i++) {
        const rc_part *p = &doc->parts[i];
        add_str(d, p->name);
        add_str(d, p->master);
        add_str(d, p->body_master);
        add_int(d, p->roman | p->numbered << 1);
    }
}

rc_str
rc_doc_digest(rc_arena *a, const rc_doc *doc, size_t *figures)
{
    digester d = {.figures = 0};

    rc_hash_begin(&d.h);
    add_str(&d, doc->title);
    add_str(&d, doc->author);
    add_str(&d, doc->subject);
    add_str(&d, doc->language);
    add_str(&d, doc->date);
    add_int(&d, doc->draft | doc->no_claim << 1);
    add_fields(&d, doc->fields, doc->field_count);
    add_parts(&d, doc);
    add_int(&d, (int64_t)doc->section_count);
    for (size_t i = 0; i < doc->section_count; i++)
        add_section(&d, &doc->sections[i]);
    add_int(&d, (int64_t)doc->target_count);
    for (size_t i = 0; i < doc->target_count; i++)
        add_str(&d, doc->targets[i].id);
    add_int(&d, (int64_t)doc->note_count);
    for (size_t i = 0; i < doc->note_count; i++) {
        add_str(&d, doc->notes[i].mark);
        add_blocks(&d, doc->notes[i].body);
    }
    add_keys(&d, doc->keys, doc->key_count);
    add_bands(&d, doc->bands, doc->band_count);
    *figures = d.figures;
    return rc_hash_end(&d.h, a);
}
