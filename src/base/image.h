/* Pictures as they come from an author: PNG, kept as they are. Only devices
 * look inside. */
#ifndef RC_BASE_IMAGE_H
#define RC_BASE_IMAGE_H

#include "base/diag.h"

typedef struct rc_image {
    rc_str png;             /* the whole file */
    uint32_t width, height; /* pixels */
    rc_span span;           /* where it is named */
} rc_image;

/* Reads a file into the arena. False, with an error at `at`, where it cannot
 * be read or is no PNG of a size that can be drawn, whole and with the sums of
 * its chunks right. */
bool rc_image_read(rc_arena *a, const char *path, rc_log *log, rc_span at,
                   rc_image *out);

#endif
