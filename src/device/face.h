/* A font file as the PDF needs it, opened once: what the file says of itself,
 * and the subsets made last, for files that want the same again. Nothing here
 * depends on what was asked before: a subset that is at hand is the one that
 * would be made. */
#ifndef RC_DEVICE_FACE_H
#define RC_DEVICE_FACE_H

#include <hb.h>

#include "device/objects.h"

typedef struct rc_pdf_face rc_pdf_face;

/* The glyphs asked for, in order, and what became of them. */
typedef struct rc_pdf_subset {
    uint32_t count;
    const uint16_t *ids;   /* in the file */
    const uint16_t *fresh; /* in the subset, in the same order */
    const int32_t *widths; /* thousandths of an em */
    rc_str name;           /* of the font: six letters tell the subset */
    rc_str widths_entry;   /* "/DW 0/W[...]" */
    rc_str stream;         /* TrueType, deflated */
    size_t length;         /* before that */
    rc_arena *arena;       /* of all this, but not of: */
    rc_buf said, deflated; /* see rc_pdf_subset_deflate */
} rc_pdf_subset;

/* NULL with the reason in `why` if the file cannot be used. */
rc_pdf_face *rc_pdf_face_open(rc_str path, const char **why);
void rc_pdf_face_close(rc_pdf_face *face); /* NULL is fine */

rc_str rc_pdf_face_path(const rc_pdf_face *face);
uint32_t rc_pdf_face_glyphs(const rc_pdf_face *face); /* at most 65,535 */
hb_font_t *rc_pdf_face_font(const rc_pdf_face *face);

/* Entries of the font descriptor that are of the file: flags, box, heights. */
rc_str rc_pdf_face_descriptor(const rc_pdf_face *face);

/* The subset of these glyphs, each once, in rising order; good until the next
 * call. NULL if HarfBuzz cannot make it. */
rc_pdf_subset *rc_pdf_face_subset(rc_pdf_face *face, const uint16_t *ids,
                                  uint32_t count, rc_objects *objects);

/* What a file says of the glyphs, deflated, and kept for the next that says the
 * same; borrowed until it is called again for this subset. */
rc_str rc_pdf_subset_deflate(rc_pdf_subset *s, rc_str said,
                             rc_objects *objects);

#endif
