/* Devices: a page list into PDF, PNG or nothing. */
#ifndef RC_DEVICE_DEVICE_H
#define RC_DEVICE_DEVICE_H

#include "page/page.h"

/* The PDF's bytes, on the heap in `out` (free with rc_buf_free): PDF 1.7,
 * tagged, fonts subset and embedded, object and cross-reference streams, XMP,
 * output intent from `icc` (a file path). The same pages give the same bytes.
 * False after RC_WORLD errors (a font or profile that cannot be read). */
bool rc_pdf_write(const rc_pages *p, const char *icc, rc_log *log,
                  rc_buf *out);

/* One page as PNG at `dpi`, rendered by cairo from the same list. */
bool rc_png_write(const rc_pages *p, size_t page, double dpi, rc_log *log,
                  rc_buf *out);

#endif
