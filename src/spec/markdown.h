/* Markdown (cmark-gfm: CommonMark, tables, footnotes; strikethrough and raw
 * HTML off, the latter an error) as a tree of nodes with spans in the source.
 *
 * Also read here, because an author writes them in the text:
 *   # Title {#id}            heading ids
 *   [](#id)  [](#id "page")  references
 *   [mot](lang:fr)           a language
 * A footnote never referred to or never defined is an error (cmark is silent
 * on both); one that is marked in a fence may be defined outside it. Smart punctuation is off: doc/ does it, after the values are in. */
#ifndef RC_SPEC_MARKDOWN_H
#define RC_SPEC_MARKDOWN_H

#include "spec/yaml.h"

typedef enum rc_md_kind {
    RC_MD_DOCUMENT,
    RC_MD_HEADING,   /* level 1-6, id */
    RC_MD_PARAGRAPH,
    RC_MD_LIST,      /* ordered, start, tight */
    RC_MD_ITEM,
    RC_MD_BLOCK_QUOTE,
    RC_MD_FENCE,     /* info: the directive's name; text: its body */
    RC_MD_TABLE,     /* align */
    RC_MD_ROW,       /* header */
    RC_MD_CELL,
    RC_MD_RULE,
    RC_MD_TEXT,      /* text, with placeholders still in it */
    RC_MD_BREAK,     /* hard; a soft break is TEXT " " */
    RC_MD_EMPH,
    RC_MD_STRONG,
    RC_MD_CODE,      /* text */
    RC_MD_LINK,      /* url, title; "#id", "lang:fr", "https://..." */
    RC_MD_NOTE_REF,  /* note: index into rc_md.notes */
} rc_md_kind;

typedef struct rc_md_node rc_md_node;
struct rc_md_node {
    rc_md_kind kind;
    rc_span span;
    const rc_md_node *first, *next, *parent;
    rc_str text, info, url, title, id;
    /* Where `text` of a FENCE came from, to lead its lines back. */
    rc_pieces pieces;
    int level, start, note;
    bool ordered, tight, header;
    bool unclosed; /* FENCE without an end: its text is not what was meant */
    char align; /* of a cell: 'l', 'r', 'c', or 0 */
};

typedef struct rc_md_note {
    rc_str label;
    const rc_md_node *body; /* children are blocks; NULL with `outer` */
    rc_span span;
    int outer; /* index among the notes of the text around; -1: its own */
} rc_md_note;

typedef struct rc_md {
    const rc_md_node *document;
    const rc_md_note *notes;
    size_t note_count;
} rc_md;

/* Parses an expanded chapter: `text` with placeholders, whose bytes came from
 * where `pieces` say (several sources: `piece_sources` is sorted by `there`).
 * Never NULL. */
typedef struct rc_md_origin {
    uint32_t there;      /* from this byte of the text on ... */
    rc_pieces pieces;    /* ... these pieces, whose `there` count from the
                            start of the whole text */
} rc_md_origin;
const rc_md *rc_markdown(rc_arena *a, rc_str text, const rc_md_origin *origins,
                         size_t origin_count, rc_log *log);
/* The same for text from a fence of `around` (NULL: of none), whose notes it
 * may mark. */
const rc_md *rc_markdown_inside(rc_arena *a, rc_str text,
                                const rc_md_origin *origins,
                                size_t origin_count, const rc_md *around,
                                rc_log *log);

#endif
