/* Paragraphs that are set again: figures in cells, names of groups, heads and
 * feet, and in a run of volumes nearly every label and many a sentence. The short
 * ones are kept as they were set, until the fonts are closed. Once there are
 * enough no more are taken: memory stays bounded, and nothing that a caller still
 * holds is ever forgotten. */
#include "text/inner.h"

#include <string.h>

/* Bytes of text in a paragraph, paragraphs, and the bytes that they take. */
enum { TEXT_MOST = 1024, KEPT_MOST = 4096, BYTES_MOST = 4 << 20 };
enum { SLOTS = 2 * KEPT_MOST };

/* What stands in the key for each run, before its language and text: all that
 * a paragraph depends on. */
typedef struct run_key {
    int32_t face, size, raise, colour, tag;
    uint32_t lang, text; /* bytes */
} run_key;

static void
add_bytes(rc_fonts *f, const void *at, size_t len)
{
    rc_pool_reserve(&f->key, len);
    if (len)
        memcpy(f->key.at + f->key.count, at, len);
    f->key.count += len;
}

/* Leaves the key of the paragraph in f->key. */
static void
make_key(rc_fonts *f, const rc_text_spec *spec)
{
    f->key.count = 0;
    rc_len measure[2] = {spec->width > 0 ? spec->width : 0,
                         spec->width > 0 && spec->balance};
    add_bytes(f, measure, sizeof measure);
    for (size_t i = 0; i < spec->count; i++) {
        const rc_text_run *run = &spec->runs[i];
        run_key key = {run->face,   run->size, run->raise,
                       run->colour, run->tag,  (uint32_t)run->lang.len,
                       (uint32_t)run->text.len};
        add_bytes(f, &key, sizeof key);
        add_bytes(f, run->lang.at, run->lang.len);
        add_bytes(f, run->text.at, run->text.len);
    }
}

static uint64_t
hash_key(rc_str key)
{
    uint64_t h = key.len;
    for (size_t i = 0; i < key.len; i += sizeof h) {
        uint64_t word = 0;
        size_t left = key.len - i;
        memcpy(&word, key.at + i, left < sizeof word ? left : sizeof word);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    return h;
}

static bool
is_short(const rc_text_spec *spec)
{
    size_t len = 0;
    for (size_t i = 0; i < spec->count && len <= TEXT_MOST; i++)
        len += spec->runs[i].text.len;
    return len <= TEXT_MOST;
}

rc_kept *
rc_kept_find(rc_fonts *f, const rc_text_spec *spec)
{
    if (!is_short(spec))
        return NULL;
    if (!f->kept)
        f->kept = RC_MAKE_ARRAY(f->kept_arena, rc_kept, SLOTS);
    make_key(f, spec);
    rc_str key = {f->key.at, f->key.count};
    uint64_t hash = hash_key(key);
    size_t i = hash & (SLOTS - 1);
    while (f->kept[i].para
           && (f->kept[i].hash != hash || !rc_str_eq(f->kept[i].key, key)))
        i = (i + 1) & (SLOTS - 1);
    rc_kept *k = &f->kept[i];
    if (k->para)
        return k;
    k->hash = hash;
    bool full = f->kept_count == KEPT_MOST
                || rc_arena_size(f->kept_arena) > BYTES_MOST;
    return full ? NULL : k;
}

void
rc_kept_add(rc_fonts *f, rc_kept *k, const rc_para *para)
{
    k->key = rc_str_copy(f->kept_arena, (rc_str){f->key.at, f->key.count});
    k->para = para;
    f->kept_count++;
}
