/* The little that the room asks of Jansson. What is ill-formed in a string becomes
 * U+FFFD, and lack of memory ends the process. */
#ifndef RC_BATCH_JSON_H
#define RC_BATCH_JSON_H

#include <jansson.h>

#include "base/str.h"

json_t *rc_json_str(rc_str s);
json_t *rc_json_strs(const rc_str *at, size_t count); /* an array */
/* A value from its text; an empty array where there is none. */
json_t *rc_json_text(rc_str text);
/* Takes `value`. */
void rc_json_set(json_t *map, const char *key, json_t *value);
/* Appends as text on one line; takes `value`. */
void rc_json_print(json_t *value, rc_buf *to);
rc_str rc_json_dump(rc_arena *a, const json_t *value);
/* NULL when it is no JSON object. */
json_t *rc_json_read(rc_str text);
/* Empty or 0 where there is none; borrowed. */
rc_str rc_json_of(const json_t *value);
rc_str rc_json_get_str(const json_t *map, const char *key);
json_int_t rc_json_get_int(const json_t *map, const char *key);
rc_str rc_json_take_str(rc_arena *a, const json_t *map, const char *key);

#endif
