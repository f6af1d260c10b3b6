/* Markdown into blocks. Directives are fenced blocks (dir.c); headings count;
 * what the language does not have is an error where it stands. */
#include "doc/internal.h"

rc_blocks
rc_blocks_end(const rc_block_vec *v)
{
    return (rc_blocks){v->at, v->count};
}

static rc_block *
add(rc_binder *b, rc_block_vec *out, rc_block_kind kind, rc_span span)
{
    rc_block *k = rc_vec_push(b->a, out);
    k->kind = kind;
    k->span = span;
    k->target = -1;
    return k;
}

/* Heads in the text stand below a side-head: readers who go from head to head
 * must not look for one that is missing. */
static void
check_level(rc_binder *b, const rc_md_node *n, int level)
{
    if (n->level == 4 && b->heading_level < 3 && !b->lost_blocks) {
        rc_diag *d = rc_log_check(b->log, "skipped-heading", n->span,
                                  "a heading of level 4 below one of level %d",
                                  b->heading_level);
        rc_diag_hint(d, "write ###, or a ### heading before it");
    }
    b->heading_level = level;
}

static void
bind_heading(rc_binder *b, const rc_md_node *n, rc_block_vec *out)
{
    const rc_plan *p = &b->plans.at[b->plan];
    if (n == b->title_node)
        return;
    if (n->level == 1 || n->level > 4) {
        rc_diag *d = rc_log_error(b->log, "heading", n->span,
                                  n->level == 1 ? "a chapter has one title"
                                                : "heads go down to ####");
        rc_diag_hint(d, "use ## for a section, ### for a side-head, #### for "
                        "a head in the text");
    }
    rc_prose_maker m;
    rc_prose_begin(&m, b, RC_SPOT_HEADLINE);
    rc_prose_inlines(&m, n->first, NULL);
    rc_prose text = rc_prose_end(&m);
    int level = n->level < 2 ? 2 : n->level > 4 ? 4 : n->level;
    check_level(b, n, level);
    rc_ref ref = {
        .id = rc_held_text(b, n->id, n->span),
        .scope = rc_plan_scope(b, b->plan),
        .kind = RC_REF_HEAD,
        .title = rc_prose_plain(b->a, rc_prose_no_notes(b, text)),
        .span = n->span,
    };
    bool in_contents = false;
    if (level == 2) {
        ref.kind = RC_REF_SECTION;
        if (p->number.len)
            ref.number = rc_str_printf(b->a, "%.*s.%d", RC_STR(p->number),
                                       ++b->heading_number);
        in_contents = p->depth == 1 && p->in_contents && ref.number.len;
    }
    int target = -1;
    if (level == 2 || ref.id.len)
        target = rc_ref_add(b, &ref);
    if (in_contents)
        *rc_vec_push(b->a, &b->chapters) = (rc_entry){
            .level = p->depth + 1,
            .number = ref.number,
            .target = target,
            .title = rc_prose_no_notes(b, text),
        };
    rc_block *k = add(b, out, RC_BLOCK_HEADING, n->span);
    k->target = target;
    k->as.heading.level = level;
    k->as.heading.number = ref.number;
    k->as.heading.text = text;
    k->as.heading.in_contents = in_contents;
}

static void
bind_paragraph(rc_binder *b, const rc_md_node *n, rc_block_vec *out)
{
    rc_prose_maker m;
    rc_prose_begin(&m, b, RC_SPOT_PROSE);
    rc_prose_inlines(&m, n->first, NULL);
    rc_prose p = rc_prose_end(&m);
    if (p.count)
        add(b, out, RC_BLOCK_PARAGRAPH, n->span)->as.paragraph = p;
}

static void
bind_list(rc_binder *b, const rc_md_node *n, rc_block_vec *out)
{
    size_t count = 0, i = 0;
    for (const rc_md_node *item = n->first; item; item = item->next)
        count++;
    rc_list_item *items = RC_MAKE_ARRAY(b->a, rc_list_item, count + 1);
    for (const rc_md_node *item = n->first; item; item = item->next) {
        rc_block_vec blocks = {0};
        rc_tree_blocks(b, item->first, &blocks);
        items[i++].blocks = rc_blocks_end(&blocks);
    }
    rc_block *k = add(b, out, RC_BLOCK_LIST, n->span);
    k->as.list.ordered = n->ordered;
    k->as.list.start = n->start;
    k->as.list.items = items;
    k->as.list.count = count;
}

static rc_cell_text
bind_cell(rc_binder *b, const rc_md_node *n)
{
    rc_prose_maker m;
    rc_prose_begin(&m, b, RC_SPOT_CELL);
    rc_prose_inlines(&m, n->first, NULL);
    return (rc_cell_text){.text = rc_prose_end(&m)};
}

/* Every column and every row says what it holds; the corner where the two meet
 * need not. */
static void
check_head(rc_binder *b, rc_prose head, const char *of, rc_span at)
{
    if (head.count)
        return;
    rc_diag *d = rc_log_check(b->log, "missing-head", at,
                              "a %s of the table has no head", of);
    rc_diag_hint(d, "say in its first cell what the %s is about", of);
}

/* A row with nothing but bold words in its first cell heads those below it. */
static bool
heads_group(const rc_row *row)
{
    const rc_prose *first = &row->cells[0].text;
    for (size_t i = 1; i < row->cell_count; i++)
        if (row->cells[i].text.count)
            return false;
    for (size_t i = 0; i < first->count; i++)
        if (!(first->runs[i].style & RC_STYLE_STRONG))
            return false;
    return first->count && row->cell_count > 1;
}

static void
make_group(rc_binder *b, rc_row *row)
{
    const rc_prose *words = &row->cells[0].text;
    rc_inline *runs = RC_MAKE_ARRAY(b->a, rc_inline, words->count);
    for (size_t i = 0; i < words->count; i++) {
        runs[i] = words->runs[i];
        runs[i].style &= RC_STYLE_EMPH; /* the role has a face of its own */
    }
    row->kind = RC_ROW_GROUP;
    row->cell_count = 1;
    rc_cell_set(row, 0, (rc_cell_text){.text = {runs, words->count}});
}

rc_table *
rc_tree_table(rc_binder *b, const rc_md_node *node, rc_table_form form)
{
    rc_table *t = RC_MAKE(b->a, rc_table);
    rc_row_vec rows = {0};
    t->form = form;
    t->fur.target = t->fur.data_target = -1;
    t->fur.span = node->span;
    size_t columns = 0;
    for (const rc_md_node *r = node->first; r; r = r->next) {
        size_t n = 0;
        for (const rc_md_node *c = r->first; c; c = c->next)
            n++;
        if (r->header) {
            columns = n;
            rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, n + 1);
            size_t i = 0;
            for (const rc_md_node *c = r->first; c; c = c->next, i++) {
                cols[i].head = bind_cell(b, c).text;
                cols[i].align = c->align ? c->align : 'l';
                if (i || n == 1)
                    check_head(b, cols[i].head, "column", c->span);
            }
            t->columns = cols;
            t->column_count = n;
            continue;
        }
        rc_row *row = rc_row_add(b, &rows, RC_ROW_BODY, columns, r->span);
        size_t i = 0;
        for (const rc_md_node *c = r->first; c && i < columns; c = c->next)
            rc_cell_set(row, i++, bind_cell(b, c));
        if (!columns)
            continue;
        check_head(b, row->cells[0].text, "row", r->span);
        if (heads_group(row))
            make_group(b, row);
    }
    t->rows = rows.at;
    t->row_count = rows.count;
    return t;
}

void
rc_md_enter(rc_binder *b, rc_md_scope *scope, const rc_md *md)
{
    *scope = (rc_md_scope){.md = md, .outer = b->scope};
    scope->note_of = RC_MAKE_ARRAY(b->scratch, int, md->note_count + 1);
    for (size_t i = 0; i < md->note_count; i++)
        scope->note_of[i] = -1;
    b->scope = scope;
}

void
rc_md_leave(rc_binder *b)
{
    b->scope = b->scope->outer;
}

int
rc_bind_note(rc_binder *b, const rc_md_node *ref)
{
    rc_md_scope *here = b->scope, *of = here;
    int index = ref->note;
    rc_assert(of && index >= 0 && (size_t)index < of->md->note_count);
    for (; of->md->notes[index].outer >= 0; of = of->outer)
        index = of->md->notes[index].outer;
    if (of->note_of[index] >= 0)
        return of->note_of[index];
    const rc_md_note *n = &of->md->notes[index];
    int at = (int)b->notes.count;
    of->note_of[index] = at;
    rc_note *note = rc_vec_push(b->a, &b->notes);
    note->mark = rc_str_printf(b->a, "%d", at + 1);
    note->span = n->span;
    rc_block_vec body = {0};
    bool inside = b->in_note;
    b->in_note = true;
    b->scope = of;
    if (n->body)
        rc_tree_blocks(b, n->body->first, &body);
    b->scope = here;
    b->in_note = inside;
    b->notes.at[at].body = rc_blocks_end(&body); /* `note` may have moved */
    return at;
}

/* A note stands at the foot of its page, which is made for text. */
static bool
may_stand_here(rc_binder *b, const rc_md_node *n)
{
    if (!b->in_note || n->kind == RC_MD_PARAGRAPH || n->kind == RC_MD_LIST
        || n->kind == RC_MD_ITEM)
        return true;
    rc_diag *d = rc_log_error(b->log, "note-content", n->span,
                              "a note can hold only paragraphs and lists");
    rc_diag_hint(d, "let it stand in the text, and refer to it: [](#id)");
    return false;
}

void
rc_tree_blocks(rc_binder *b, const rc_md_node *n, rc_block_vec *out)
{
    for (; n; n = n->next) {
        if (!may_stand_here(b, n))
            continue;
        switch (n->kind) {
        case RC_MD_HEADING:
            bind_heading(b, n, out);
            break;
        case RC_MD_PARAGRAPH:
            bind_paragraph(b, n, out);
            break;
        case RC_MD_LIST:
            bind_list(b, n, out);
            break;
        case RC_MD_BLOCK_QUOTE: {
            rc_block_vec children = {0};
            rc_tree_blocks(b, n->first, &children);
            add(b, out, RC_BLOCK_BLOCK_QUOTE, n->span)->as.children =
                rc_blocks_end(&children);
            break;
        }
        case RC_MD_FENCE:
            rc_dir_bind(b, n, out);
            break;
        case RC_MD_TABLE: {
            rc_table *t = rc_tree_table(b, n, RC_TABLE_TEXT);
            add(b, out, RC_BLOCK_TABLE, n->span)->as.table = t;
            break;
        }
        case RC_MD_RULE: {
            rc_diag *d = rc_log_error(b->log, "markdown", n->span,
                                      "a rule is the house style's to draw");
            rc_diag_hint(d, "leave the line out");
            break;
        }
        default:
            rc_tree_blocks(b, n->first, out);
            break;
        }
    }
}

/* -- Markdown inside directives ------------------------------------------ */

const rc_md *
rc_tree_parse(rc_binder *b, rc_str text, const rc_md_origin *origin)
{
    return rc_markdown_inside(b->scratch, text, origin, 1,
                              b->scope ? b->scope->md : NULL, b->log);
}

/* A scalar of YAML has lost its indentation, and placeholders stand where the
 * file has tags: each piece of a line between them is sought again. */
rc_md_origin
rc_tree_origin(rc_binder *b, rc_str text, rc_span at)
{
    RC_VEC(rc_piece) pieces = {0};
    size_t pos = at.from;
    rc_str source =
        at.source ? rc_str_part(at.source->text, 0, at.to) : (rc_str){0};
    for (size_t from = 0; from < text.len || !pieces.count;) {
        size_t end = from;
        while (end < text.len && text.at[end] != '\n' &&
               (unsigned char)text.at[end] < 0xF0)
            end++;
        rc_str known = rc_str_part(text, from, end);
        size_t found = SIZE_MAX;
        if (rc_str_trim(known).len && source.len)
            found = rc_str_find(source, rc_str_cz(b->scratch, known), pos);
        uint32_t len = found == SIZE_MAX ? 0 : (uint32_t)known.len;
        if (found != SIZE_MAX)
            pos = found;
        *rc_vec_push(b->scratch, &pieces) =
            (rc_piece){(uint32_t)from, (uint32_t)pos, len, NULL};
        pos += len;
        while (end < text.len && (unsigned char)text.at[end] >= 0x80)
            end++; /* the placeholder */
        *rc_vec_push(b->scratch, &pieces) =
            (rc_piece){(uint32_t)(from + known.len), (uint32_t)pos, 0, NULL};
        from = end < text.len && text.at[end] == '\n' ? end + 1
               : end > from                           ? end
                                                      : end + 1;
    }
    return (rc_md_origin){0, {at.source, pieces.at, pieces.count}};
}

rc_blocks
rc_tree_markdown(rc_binder *b, rc_str text, rc_span at)
{
    rc_md_origin origin = rc_tree_origin(b, text, at);
    const rc_md *md = rc_tree_parse(b, text, &origin);
    int level = b->heading_level;
    rc_md_scope scope;
    rc_md_enter(b, &scope, md);
    b->heading_level = 3; /* the directive's own head */
    rc_block_vec out = {0};
    rc_tree_blocks(b, md->document->first, &out);
    b->heading_level = level;
    rc_md_leave(b);
    return rc_blocks_end(&out);
}
