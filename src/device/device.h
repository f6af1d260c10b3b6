/* Devices: a page list into PDF, PNG or nothing. */
#ifndef RC_DEVICE_DEVICE_H
#define RC_DEVICE_DEVICE_H

#include "page/page.h"

/* What makes one file after another cheaper: compressor and buffers, fonts and
 * colour profile, read once, and subsets that come again. For one thread. */
typedef struct rc_pdf_kit rc_pdf_kit;
rc_pdf_kit *rc_pdf_kit_new(void);
void rc_pdf_kit_free(rc_pdf_kit *kit); /* NULL is fine */

/* The PDF's bytes, on the heap in `out` (free with rc_buf_free): PDF 1.7,
 * tagged, fonts subset and embedded, object and cross-reference streams, XMP,
 * output intent from `icc` (a file path). The same pages give the same bytes,
 * whatever was written with the kit before; a file that is the only one needs
 * none: NULL. False after RC_WORLD errors (a font or profile that cannot be
 * read). */
bool rc_pdf_write(const rc_pages *p, const char *icc, rc_pdf_kit *kit,
                  rc_log *log, rc_buf *out);

/* One page as PNG at `dpi`, rendered by cairo from the same list. */
bool rc_png_write(const rc_pages *p, size_t page, double dpi, rc_log *log,
                  rc_buf *out);

#endif
