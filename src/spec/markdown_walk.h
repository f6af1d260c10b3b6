/* The inside of the Markdown reader: cmark's tree is walked once, in the order
 * of the text, with a cursor that follows in the text. Not for other rooms.
 *
 * cmark's lines, and the columns of its blocks, are right; those of its inline
 * nodes are not (they forget what stood before a continued line), and it keeps
 * no lengths of escapes and entities. So a block gives the place where the
 * cursor starts, and each inline node says how far it moves: over its marks,
 * then over its text, byte against byte. */
#ifndef RC_SPEC_MARKDOWN_WALK_H
#define RC_SPEC_MARKDOWN_WALK_H

#include "spec/markdown.h"

#include <cmark-gfm.h>

typedef struct md_walk {
    rc_arena *arena;
    rc_str text;
    rc_log *log;
    const rc_md_origin *origins;
    size_t origin_count;
    const uint32_t *lines; /* where line i (from 0) begins; [line_count] is
                              the end of the text */
    size_t line_count;
    size_t cursor, limit;  /* inline nodes of the block at hand lie between */
    int quotes;            /* block quotes around: '>' before each line */
    int depth;
    size_t note_count;
    bool in_note;
    const rc_md *around;   /* whose notes may be marked; NULL */
    RC_VEC(int) around_notes; /* those marked, in the order of added lines */
} md_walk;

typedef struct md_children { /* of a node being made */
    rc_md_node *parent, *last;
} md_children;

enum { MD_DEEPEST = 100 };

/* -- places ---------------------------------------------------------------- */
void md_walk_lines(md_walk *w);
/* Offset of cmark's line and column (from 1), clamped. */
size_t md_walk_offset(const md_walk *w, int line, int column);
/* The line's bytes, from 1, without its line end. */
rc_str md_walk_line(const md_walk *w, int line);
rc_span md_walk_span(const md_walk *w, size_t from, size_t to);
/* What stands at [from, from + len) of the text becomes `there` and on of
 * another text: adds the pieces that lead from that to the source. */
typedef RC_VEC(rc_piece) md_pieces;
void md_walk_lead(const md_walk *w, rc_piece text, md_pieces *out);
const rc_source *md_walk_source(const md_walk *w, size_t at);

/* -- nodes ----------------------------------------------------------------- */
rc_md_node *md_walk_add(md_walk *w, md_children *to, rc_md_kind kind,
                        size_t from, size_t to_byte);
rc_str md_walk_copy(md_walk *w, const char *z);
/* False, and an error, when the nest is too deep; balance with md_walk_up. */
bool md_walk_down(md_walk *w, size_t at);
void md_walk_up(md_walk *w);

/* Where cmark says that a block begins; the end of the last line that it counts
 * to it, without blanks. */
size_t md_walk_start(const md_walk *w, cmark_node *node);
size_t md_walk_end(const md_walk *w, cmark_node *node);
bool md_is_one_of(const char *set, char c);
bool md_is_table(cmark_node *n);
bool md_is_note(cmark_node *n);

/* All block children of a cmark node. */
void md_walk_blocks(md_walk *w, cmark_node *of, md_children *to);
void md_walk_table(md_walk *w, cmark_node *node, md_children *to);
/* The line of a table's head. */
int md_walk_head_line(cmark_node *table);
/* Reports a table that cmark took for the words of this paragraph. */
void md_walk_check_words(md_walk *w, cmark_node *node);
/* cmark sees notes of one text only. What it is given to read: the text; behind
 * it, on lines of their own, the marks that stand in fences, and definitions
 * of the notes around that are marked. */
rc_str md_walk_with_notes(md_walk *w);
/* Takes the added marks out of the document. */
void md_walk_drop_marks(const md_walk *w, cmark_node *document);
/* The footnotes of a document; and what cmark has dropped of them. */
rc_md_note *md_walk_notes(md_walk *w, cmark_node *document);
void md_walk_check_notes(md_walk *w, cmark_node *document,
                         const rc_md_note *notes);

/* All inline children of a cmark node, from w->cursor on. */
void md_walk_inlines(md_walk *w, cmark_node *of, md_children *to);

#endif
