/* Lists and block quotes: paragraphs in containers, moved to the right. */
#include "layout/inner.h"

/* The first text of a list item bears its mark. */
static void
set_mark(build *b, size_t from, const rc_block *block, int li, size_t index)
{
    if (from >= b->out->count)
        return;
    item *it = &b->out->at[from];
    if (it->kind != KIND_TEXT)
        return; /* a list in a list: its own marks will do */
    text_own *own = it->own;
    it->kind = KIND_BULLET;
    own->item_node = li;
    own->mark = block->as.list.ordered ? MARK_NUMBER : MARK_BAR;
    if (block->as.list.ordered)
        own->number = rc_str_printf(b->l->arena, "%d",
                                    block->as.list.start + (int)index);
}

/* No item stands alone at a page's foot or head: the first keeps with the
 * second, the last but one with the last. */
static bool
keeps_company(const rc_block *list, size_t index)
{
    size_t n = list->as.list.count;
    return n > 1 && (index == 0 || index + 2 == n);
}

void
build_list(build *b, const rc_block *block)
{
    lay *l = b->l;
    build in = *b;
    int list = node_make(l, RC_TAG_L, b->node);
    l->nodes.at[list].numbered = block->as.list.ordered;
    in.x += l->house->list.indent;
    in.width -= l->house->list.indent;
    in.section_node = -1;
    bool nested = b->in_list;
    in.in_list = true;
    for (size_t i = 0; i < block->as.list.count; i++) {
        int li = node_make(l, RC_TAG_LI, list);
        in.node = node_make(l, RC_TAG_LBODY, li);
        size_t from = b->out->count;
        build_blocks(&in, block->as.list.items[i].blocks);
        /* side-heads that wait stand beside the first text: past them */
        while (from < b->out->count && b->out->at[from].kind == KIND_SIDE)
            from++;
        set_mark(&in, from, block, li, i);
        for (size_t k = from; k < b->out->count; k++) {
            item *it = &b->out->at[k];
            it->same_run |= k > from || i > 0 || nested;
            it->keep_next |= keeps_company(block, i);
        }
    }
    b->pending_count = in.pending_count;
}

void
build_block_quote(build *b, const rc_block *block)
{
    build in = *b;
    in.node = node_make(b->l, RC_TAG_BLOCK_QUOTE, b->node);
    in.x += b->l->house->quotes.indent;
    in.width -= b->l->house->quotes.indent;
    in.section_node = -1;
    build_blocks(&in, block->as.children);
    b->pending_count = in.pending_count;
}
