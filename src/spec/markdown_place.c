#include "spec/markdown_walk.h"

#include <string.h>

void
md_walk_lines(md_walk *w)
{
    RC_VEC(uint32_t) lines = {0};
    rc_str text = w->text;
    *rc_vec_push(w->arena, &lines) = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool crlf = text.at[i] == '\r' && i + 1 < text.len
                    && text.at[i + 1] == '\n';
        if (text.at[i] == '\n' || (text.at[i] == '\r' && !crlf))
            *rc_vec_push(w->arena, &lines) = (uint32_t)i + 1;
    }
    w->line_count = lines.count;
    *rc_vec_push(w->arena, &lines) = (uint32_t)text.len;
    w->lines = lines.at;
}

size_t
md_walk_offset(const md_walk *w, int line, int column)
{
    size_t index = line > 0 ? (size_t)line - 1 : 0;
    if (index >= w->line_count)
        return w->text.len;
    size_t at = w->lines[index] + (column > 0 ? (size_t)column - 1 : 0);
    return at < w->lines[index + 1] ? at : w->lines[index + 1];
}

rc_str
md_walk_line(const md_walk *w, int line)
{
    rc_str s = rc_str_part(w->text, md_walk_offset(w, line, 1),
                           md_walk_offset(w, line + 1, 1));
    while (s.len && (s.at[s.len - 1] == '\n' || s.at[s.len - 1] == '\r'))
        s.len--;
    return s;
}

/* Index of the origin that `at` lies in, and where the next begins. */
static size_t
origin_at(const md_walk *w, size_t at, size_t *end)
{
    size_t low = 0, high = w->origin_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (w->origins[middle].there <= at)
            low = middle;
        else
            high = middle;
    }
    *end = low + 1 < w->origin_count ? w->origins[low + 1].there
                                     : w->text.len;
    return low;
}

rc_span
md_walk_span(const md_walk *w, size_t from, size_t to)
{
    if (w->origin_count == 0)
        return rc_span_none();
    size_t end;
    const rc_md_origin *o = &w->origins[origin_at(w, from, &end)];
    return rc_pieces_span(&o->pieces, from, to < end ? to : end);
}

const rc_source *
md_walk_source(const md_walk *w, size_t at)
{
    size_t end;
    return w->origin_count ? w->origins[origin_at(w, at, &end)].pieces.source
                           : NULL;
}

/* Index of the first piece that begins after `at`. */
static size_t
piece_after(const rc_pieces *p, size_t at)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].there <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The piece of the source that byte `at` of the text comes from, cut to begin
 * there; *end is where that ceases to hold. */
static rc_piece
piece_from(const rc_pieces *p, size_t at, size_t *end)
{
    rc_piece out = {.there = (uint32_t)at};
    size_t after = piece_after(p, at);
    if (after < p->count && p->at[after].there < *end)
        *end = p->at[after].there;
    if (p->count == 0) {
        out.from = (uint32_t)at;
        out.len = (uint32_t)(*end - at);
        return out;
    }
    const rc_piece *piece = &p->at[after ? after - 1 : 0];
    size_t into = at > piece->there ? at - piece->there : 0;
    if (into > piece->len)
        into = piece->len;
    out.source = piece->source;
    out.from = piece->from + (uint32_t)into;
    out.len = piece->len - (uint32_t)into;
    return out;
}

void
md_walk_lead(const md_walk *w, rc_piece text, md_pieces *out)
{
    size_t at = text.from, to = at + text.len;
    while (w->origin_count && at < to) {
        size_t end;
        const rc_md_origin *o = &w->origins[origin_at(w, at, &end)];
        if (end > to)
            end = to;
        rc_piece piece = piece_from(&o->pieces, at, &end);
        piece.there = text.there + (uint32_t)(at - text.from);
        if (piece.len > end - at)
            piece.len = (uint32_t)(end - at);
        if (!piece.source)
            piece.source = o->pieces.source;
        *rc_vec_push(w->arena, out) = piece;
        at = end > at ? end : at + 1;
    }
}
