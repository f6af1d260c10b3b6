#include "base/hash.h"

#include "base/file.h"

#include <assert.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static_assert(sizeof(struct sha256_ctx) <= sizeof(rc_hash),
              "rc_hash has room for the library's context");

static struct sha256_ctx *
context(rc_hash *h)
{
    return (void *)h->room;
}

void
rc_hash_begin(rc_hash *h)
{
    sha256_init(context(h));
}

void
rc_hash_bytes(rc_hash *h, const void *at, size_t len)
{
    if (len)
        sha256_update(context(h), len, at);
}

void
rc_hash_int(rc_hash *h, int64_t n)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)n >> (8 * i));
    rc_hash_bytes(h, bytes, sizeof bytes);
}

void
rc_hash_real(rc_hash *h, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    rc_hash_int(h, (int64_t)bits);
}

void
rc_hash_str(rc_hash *h, rc_str s)
{
    rc_hash_int(h, (int64_t)s.len);
    rc_hash_bytes(h, s.at, s.len);
}

rc_str
rc_hash_end(rc_hash *h, rc_arena *a)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    char *hex = rc_arena_array(a, RC_HASH_DIGITS + 1, 1);
    sha256_digest(context(h), sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    return (rc_str){hex, RC_HASH_DIGITS};
}

rc_str
rc_hash_of(rc_arena *a, rc_str s)
{
    rc_hash h;
    rc_hash_begin(&h);
    rc_hash_bytes(&h, s.at, s.len);
    return rc_hash_end(&h, a);
}

typedef struct counted {
    rc_hash *h;
    int64_t len;
} counted;

static void
add_part(void *to, rc_str part)
{
    counted *c = to;
    rc_hash_bytes(c->h, part.at, part.len);
    c->len += (int64_t)part.len;
}

bool
rc_hash_file(rc_hash *h, const char *path, rc_log *log)
{
    counted c = {h, 0};
    bool ok = rc_file_parts(path, add_part, &c, log, rc_span_none());
    rc_hash_int(h, c.len);
    return ok;
}

bool
rc_hash_stamp(rc_hash *h, const char *path, rc_log *log)
{
    struct timespec now;
    struct stat st;

    (void)log;
    if (stat(path, &st) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0)
        return false;
    rc_hash_int(h, (int64_t)st.st_dev);
    rc_hash_int(h, (int64_t)st.st_ino);
    rc_hash_int(h, st.st_size);
    rc_hash_int(h, st.st_mtim.tv_sec);
    rc_hash_int(h, st.st_mtim.tv_nsec);
    rc_hash_int(h, st.st_ctim.tv_sec);
    rc_hash_int(h, st.st_ctim.tv_nsec);
    return st.st_ctim.tv_sec + 2 < now.tv_sec;
}

static bool
hash_below(rc_hash *h, rc_str folder, rc_str shown, bool (*keep)(rc_str name),
           bool (*add)(rc_hash *h, const char *path, rc_log *log), rc_log *log)
{
    rc_arena *a = rc_arena_new();
    size_t count;
    const rc_str *names = rc_path_list(a, folder.at, &count);
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        rc_str path = rc_path_join(a, folder, names[i]);
        rc_str below = rc_path_join(a, shown, names[i]);
        if (rc_path_is_folder(path.at)) {
            ok = hash_below(h, path, below, keep, add, log) && ok;
        } else if (!keep || keep(names[i])) {
            rc_hash_str(h, below);
            ok = add(h, path.at, log) && ok;
        }
    }
    rc_arena_free(a);
    return ok;
}

bool
rc_hash_tree(rc_hash *h, const char *folder, bool (*keep)(rc_str name),
             bool (*add)(rc_hash *h, const char *path, rc_log *log),
             rc_log *log)
{
    bool ok = hash_below(h, rc_str_z(folder), RC_LIT(""), keep, add, log);
    rc_hash_int(h, -1); /* the end: trees never run together */
    return ok;
}
