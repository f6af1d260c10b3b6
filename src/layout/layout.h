/* Blocks into pages: breaking, columns, contents, heads, footnotes. Runs until
 * page numbers stop changing (at most five passes; an error says so if not). */
#ifndef RC_LAYOUT_LAYOUT_H
#define RC_LAYOUT_LAYOUT_H

#include "doc/block.h"
#include "style/house.h"
#include "text/text.h"

/* The page list, in `a`; it keeps nothing of the document, but points into
 * `fonts`: they are closed after it. NULL after errors that leave nothing to
 * show. */
const rc_pages *rc_lay_out(rc_arena *a, const rc_doc *doc,
                           const rc_house *house, rc_fonts *fonts,
                           rc_log *log);

#endif
