/* Paragraphs that are set again: figures in cells, names of groups, heads and
 * feet, and in a run of volumes nearly every label and many a sentence. The short
 * ones are kept as they were set, until the fonts are closed. Once there are
 * enough no more are taken: memory stays bounded, and nothing that a caller still
 * holds is ever forgotten. */
#include "text/inner.h"

#include <string.h>

/* Paragraphs, and the bytes that they take. */
enum { KEPT_MOST = 4096, BYTES_MOST = 4 << 20 };
enum { SLOTS = 2 * KEPT_MOST };

/* The key says all that a paragraph depends on: its measure, and of each run
 * what stands here, the language and the text. */
typedef struct run_key {
    int32_t face, size, raise, colour, tag;
    uint32_t lang, text; /* bytes */
} run_key;
typedef struct measure_key {
    int32_t width, balance;
} measure_key;

static size_t
key_length(const rc_text_spec *spec)
{
    size_t len = sizeof(measure_key);
    for (size_t i = 0; i < spec->count && len <= RC_KEY_MOST; i++)
        len += sizeof(run_key) + spec->runs[i].lang.len
               + spec->runs[i].text.len;
    return len;
}

static char *
put(char *to, const void *at, size_t len)
{
    if (len)
        memcpy(to, at, len);
    return to + len;
}

static void
write_key(char *to, const rc_text_spec *spec)
{
    measure_key measure = {0};
    if (spec->width > 0)
        measure = (measure_key){spec->width, spec->balance};
    to = put(to, &measure, sizeof measure);
    for (size_t i = 0; i < spec->count; i++) {
        const rc_text_run *run = &spec->runs[i];
        run_key key = {run->face,   run->size, run->raise,
                       run->colour, run->tag,  (uint32_t)run->lang.len,
                       (uint32_t)run->text.len};
        to = put(to, &key, sizeof key);
        to = put(to, run->lang.at, run->lang.len);
        to = put(to, run->text.at, run->text.len);
    }
    memset(to, 0, sizeof(uint64_t)); /* the hash reads whole words */
}

static uint64_t
hash_key(rc_str key)
{
    uint64_t h = key.len;
    for (size_t i = 0; i < key.len; i += sizeof h) {
        uint64_t word;
        memcpy(&word, key.at + i, sizeof word);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    return h;
}

rc_kept *
rc_kept_find(rc_fonts *f, const rc_text_spec *spec)
{
    rc_str key = {f->key, key_length(spec)};
    if (key.len > RC_KEY_MOST)
        return NULL;
    if (!f->kept)
        f->kept = RC_MAKE_ARRAY(f->kept_arena, rc_kept, SLOTS);
    write_key(f->key, spec);
    uint64_t hash = hash_key(key);
    size_t i = hash & (SLOTS - 1);
    while (f->kept[i].para
           && (f->kept[i].hash != hash || !rc_str_eq(f->kept[i].key, key)))
        i = (i + 1) & (SLOTS - 1);
    rc_kept *k = &f->kept[i];
    if (k->para)
        return k;
    k->hash = hash;
    k->key = key;
    bool full = f->kept_count == KEPT_MOST
                || rc_arena_size(f->kept_arena) > BYTES_MOST;
    return full ? NULL : k;
}

void
rc_kept_add(rc_fonts *f, rc_kept *k, const rc_para *para)
{
    k->key = rc_str_copy(f->kept_arena, k->key);
    k->para = para;
    f->kept_count++;
}
