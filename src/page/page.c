#include "page/page.h"

/* PDF 1.7 has no Em and Strong: they are Span. */
static const char *const tag_names[RC_TAG_COUNT] = {
    [RC_TAG_DOCUMENT] = "Document",
    [RC_TAG_PART] = "Part",
    [RC_TAG_SECT] = "Sect",
    [RC_TAG_DIV] = "Div",
    [RC_TAG_H1] = "H1",
    [RC_TAG_H2] = "H2",
    [RC_TAG_H3] = "H3",
    [RC_TAG_H4] = "H4",
    [RC_TAG_H5] = "H5",
    [RC_TAG_H6] = "H6",
    [RC_TAG_P] = "P",
    [RC_TAG_L] = "L",
    [RC_TAG_LI] = "LI",
    [RC_TAG_LBL] = "Lbl",
    [RC_TAG_LBODY] = "LBody",
    [RC_TAG_TABLE] = "Table",
    [RC_TAG_THEAD] = "THead",
    [RC_TAG_TBODY] = "TBody",
    [RC_TAG_TR] = "TR",
    [RC_TAG_TH] = "TH",
    [RC_TAG_TD] = "TD",
    [RC_TAG_CAPTION] = "Caption",
    [RC_TAG_FIGURE] = "Figure",
    [RC_TAG_LINK] = "Link",
    [RC_TAG_REFERENCE] = "Reference",
    [RC_TAG_NOTE] = "Note",
    [RC_TAG_BLOCK_QUOTE] = "BlockQuote",
    [RC_TAG_TOC] = "TOC",
    [RC_TAG_TOCI] = "TOCI",
    [RC_TAG_SPAN] = "Span",
    [RC_TAG_EM] = "Span",
    [RC_TAG_STRONG] = "Span",
};

const char *
rc_tag_name(rc_tag tag)
{
    rc_assert((unsigned)tag < RC_TAG_COUNT);
    return tag_names[tag];
}
