/* Numbered PDF objects, and the file they make: libharu's object layer lives
 * behind this header and nowhere else. Every object is a dictionary, possibly
 * with a stream. Running out of memory ends the process; any other complaint
 * of libharu's would be a mistake of ours. */
#ifndef RC_DEVICE_OBJECTS_H
#define RC_DEVICE_OBJECTS_H

#include "base/str.h"

typedef struct rc_objects rc_objects;

/* `expected` objects, roughly: room is taken for them at once. */
rc_objects *rc_objects_new(size_t expected);
void rc_objects_free(rc_objects *o);

/* A new empty dictionary; its object number. Numbers are given in order,
 * without gaps. */
uint32_t rc_objects_add(rc_objects *o);

/* Entries by libharu. Keys and names must outlive nothing: they are copied. */
void rc_objects_name(rc_objects *o, uint32_t id, const char *key,
                     const char *value);
void rc_objects_int(rc_objects *o, uint32_t id, const char *key,
                    int32_t value);
void rc_objects_bool(rc_objects *o, uint32_t id, const char *key, bool value);
void rc_objects_ref(rc_objects *o, uint32_t id, const char *key,
                    uint32_t target);

/* Further entries, already in PDF syntax: "/K 3/Pg 4 0 R". Copied; a second
 * call replaces the first. */
void rc_objects_raw(rc_objects *o, uint32_t id, rc_str entries);

typedef enum rc_filter { RC_FILTER_NONE, RC_FILTER_FLATE } rc_filter;
/* Makes it a stream, with Length and Filter. Copied. */
void rc_objects_stream(rc_objects *o, uint32_t id, rc_str data,
                       rc_filter filter);

/* The whole file: header, streams, object streams, cross-reference stream with
 * an identifier that is the MD5 of all before it. Call once. */
void rc_objects_write(rc_objects *o, uint32_t catalog, uint32_t info,
                      rc_buf *out);

#endif
