#include "batch/json.h"

static json_t *
there(json_t *value)
{
    if (!value)
        rc_out_of_memory();
    return value;
}

/* What a crashed process said last, or a path, may be ill-formed. */
static json_t *
mended(rc_str s)
{
    rc_buf text = {0};
    json_t *value;

    for (size_t pos = 0; pos < s.len;)
        rc_buf_code(&text, rc_utf8_next(s, &pos));
    value = json_stringn_nocheck(text.at, text.len);
    rc_buf_free(&text);
    return value;
}

json_t *
rc_json_str(rc_str s)
{
    size_t bad;

    if (!s.len)
        return there(json_stringn_nocheck("", 0));
    return there(rc_utf8_valid(s, &bad) ? json_stringn_nocheck(s.at, s.len)
                                        : mended(s));
}

json_t *
rc_json_strs(const rc_str *at, size_t count)
{
    json_t *list = there(json_array());

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(list, rc_json_str(at[i])) != 0)
            rc_out_of_memory();
    return list;
}

json_t *
rc_json_text(rc_str text)
{
    json_t *value =
        text.len ? json_loadb(text.at, text.len, JSON_DECODE_ANY, NULL) : NULL;
    return value ? value : there(json_array());
}

void
rc_json_set(json_t *map, const char *key, json_t *value)
{
    if (json_object_set_new(map, key, value) != 0)
        rc_out_of_memory();
}

static int
add(const char *at, size_t len, void *to)
{
    rc_buf_bytes(to, at, len);
    return 0;
}

enum { FORM = JSON_ENCODE_ANY | JSON_PRESERVE_ORDER };

void
rc_json_print(json_t *value, rc_buf *to)
{
    if (json_dump_callback(value, add, to, FORM) != 0)
        rc_out_of_memory();
    json_decref(value);
}

rc_str
rc_json_dump(rc_arena *a, const json_t *value)
{
    rc_buf text = {0};
    rc_str s;

    if (value && json_dump_callback(value, add, &text, FORM) != 0)
        rc_out_of_memory();
    s = rc_str_copy(a, rc_buf_str(&text));
    rc_buf_free(&text);
    return s;
}

json_t *
rc_json_read(rc_str text)
{
    json_t *value = json_loadb(text.at, text.len, 0, NULL);

    if (value && !json_is_object(value)) {
        json_decref(value);
        value = NULL;
    }
    return value;
}

rc_str
rc_json_of(const json_t *value)
{
    return (rc_str){json_string_value(value), json_string_length(value)};
}

rc_str
rc_json_get_str(const json_t *map, const char *key)
{
    return rc_json_of(json_object_get(map, key));
}

json_int_t
rc_json_get_int(const json_t *map, const char *key)
{
    return json_integer_value(json_object_get(map, key));
}

rc_str
rc_json_take_str(rc_arena *a, const json_t *map, const char *key)
{
    return rc_str_copy(a, rc_json_get_str(map, key));
}
