#include "spec/yaml.h"

#include <string.h>

/* Index of the last piece that begins at or before `there`; 0 if none does. */
static size_t
piece_at(const rc_pieces *p, size_t there)
{
    size_t low = 0, high = p->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].there <= there)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static const rc_source *
source_of(const rc_pieces *p, size_t index)
{
    const rc_source *own = p->at[index].source;
    return own ? own : p->source;
}

static size_t
lead_back(const rc_piece *piece, size_t there)
{
    size_t into = there > piece->there ? there - piece->there : 0;
    return piece->from + (into < piece->len ? into : piece->len);
}

/* A piece without length stands for something else in the source, an
 * expression: that ends where the next piece begins, if they are neighbours. */
static size_t
piece_end(const rc_pieces *p, size_t index)
{
    const rc_piece *piece = &p->at[index];
    if (piece->len)
        return (size_t)piece->from + piece->len;
    const rc_source *source = source_of(p, index);
    bool follows = index + 1 < p->count && source_of(p, index + 1) == source;
    size_t next = follows ? p->at[index + 1].from : 0;
    rc_str text = source->text;
    if (next > piece->from && next <= text.len
        && !memchr(text.at + piece->from, '\n', next - piece->from))
        return next;
    return (size_t)piece->from + 1;
}

rc_span
rc_pieces_span(const rc_pieces *p, size_t from, size_t to)
{
    if (!p->source)
        return rc_span_none();
    if (p->count == 0)
        return rc_span_make(p->source, from, to);
    size_t first = piece_at(p, from);
    size_t start = lead_back(&p->at[first], from), end = start;
    if (to > from) {
        size_t last = piece_at(p, to - 1);
        end = p->at[last].len ? lead_back(&p->at[last], to)
                              : piece_end(p, last);
        bool same = source_of(p, first) == source_of(p, last);
        if (end <= start || !same) /* a loop came round, or a file was included */
            end = piece_end(p, first);
    }
    return rc_span_make(source_of(p, first), start, end);
}
