/* What readers of the block tree need of this room: apart from the binder, so
 * that layout, charts and their tests link without it. */
#include "doc/block.h"

rc_str
rc_prose_plain(rc_arena *a, rc_prose p)
{
    rc_buf out = {0};
    for (size_t i = 0; i < p.count; i++) {
        switch (p.runs[i].kind) {
        case RC_INLINE_TEXT:
            rc_buf_add(&out, p.runs[i].text);
            break;
        case RC_INLINE_PAGE:
            rc_buf_char(&out, '?');
            break;
        case RC_INLINE_NOTE:
            break;
        case RC_INLINE_BREAK:
            rc_buf_char(&out, ' ');
            break;
        }
    }
    rc_str s = rc_str_copy(a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}
