/* Pictures as cairo reads them. Private to device/. */
#ifndef RC_DEVICE_PICTURE_H
#define RC_DEVICE_PICTURE_H

#include <cairo.h>

#include "base/image.h"

/* The picture on white paper, in the format RGB24; the caller destroys it.
 * NULL, with an error where the picture is named, if it is no sound PNG. */
cairo_surface_t *rc_picture_open(const rc_image *image, rc_log *log);

#endif
