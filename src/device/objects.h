/* Numbered PDF objects, and the file they make: libharu's object layer lives
 * behind this header and nowhere else. Every object is a dictionary, possibly
 * with a stream. Running out of memory ends the process; any other complaint
 * of libharu's would be a mistake of ours. */
#ifndef RC_DEVICE_OBJECTS_H
#define RC_DEVICE_OBJECTS_H

#include "base/str.h"

typedef struct rc_objects rc_objects;

/* Writes to the end of `out`, which must be empty: each object when it is
 * finished. */
rc_objects *rc_objects_new(rc_buf *out);
void rc_objects_free(rc_objects *o);

/* Numbers for `count` objects to come, in a row; the first of them. Each must
 * be finished, in whatever order. */
uint32_t rc_objects_add(rc_objects *o, size_t count);

/* Entries by libharu. Keys and names must outlive nothing: they are copied. No
 * more than four objects are open at once: begun here and not yet finished. */
void rc_objects_name(rc_objects *o, uint32_t id, const char *key,
                     const char *value);
void rc_objects_int(rc_objects *o, uint32_t id, const char *key,
                    int32_t value);
void rc_objects_ref(rc_objects *o, uint32_t id, const char *key,
                    uint32_t target);

/* Finishes the object with further entries, already in PDF syntax:
 * "/K 3/Pg 4 0 R". */
void rc_objects_finish(rc_objects *o, uint32_t id, rc_str entries);

typedef enum rc_filter { RC_FILTER_NONE, RC_FILTER_FLATE } rc_filter;
/* Finishes it as a stream, with Length and Filter. */
void rc_objects_finish_stream(rc_objects *o, uint32_t id, rc_str data,
                              rc_filter filter);

/* The end of the file: what waits for its object stream, and a
 * cross-reference stream with an identifier that is the MD5 of all before it.
 * Call once, when every object is finished. */
void rc_objects_end(rc_objects *o, uint32_t catalog, uint32_t info);

#endif
