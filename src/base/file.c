#define _XOPEN_SOURCE 700 /* realpath */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* strerror() follows the locale, and so do not we. */
static const char *
reason(int error)
{
    switch (error) {
    case ENOENT: return "there is no such file";
    case EACCES: case EPERM: return "permission denied";
    case EISDIR: return "it is a folder";
    case ENOTDIR: return "a part of its path is no folder";
    case EROFS: return "the file system is read-only";
    case ELOOP: return "too many symbolic links";
    case ENAMETOOLONG: return "its name is too long";
    case EMFILE: case ENFILE: return "too many open files";
    case EFBIG: return "it is too large";
    case EIO: return "input/output error";
    default: return "the system refused";
    }
}

/* -- reading --------------------------------------------------------------- */

static int
open_again(const char *path, int flags, mode_t mode)
{
    int fd;
    do
        fd = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* Pipes have no size, and a file may grow while it is read. */
static int
read_all(int fd, void (*take)(void *to, rc_str part), void *to)
{
    char part[64 * 1024];
    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n == 0)
            return 0;
        if (n > 0)
            take(to, (rc_str){part, (size_t)n});
        else if (errno != EINTR)
            return errno;
    }
}

bool
rc_file_parts(const char *path, void (*take)(void *to, rc_str part), void *to,
              rc_log *log, rc_span at)
{
    int fd = open_again(path, O_RDONLY, 0);
    int error = fd < 0 ? errno : read_all(fd, take, to);
    if (fd >= 0)
        close(fd);
    if (error)
        rc_log_add(log, RC_WORLD, "unreadable-file", at,
                   "cannot read '%s': %s", path, reason(error));
    return error == 0;
}

static void
add_part(void *to, rc_str part)
{
    rc_buf_add(to, part);
}

static bool
read_bytes(const char *path, rc_log *log, rc_span at, rc_buf *out)
{
    return rc_file_parts(path, add_part, out, log, at);
}

bool
rc_file_read(rc_arena *a, const char *path, rc_log *log, rc_span at,
             rc_str *out)
{
    rc_buf bytes = {0};
    bool ok = read_bytes(path, log, at, &bytes);
    if (ok)
        *out = rc_str_copy(a, rc_buf_str(&bytes));
    rc_buf_free(&bytes);
    return ok;
}

/* What is ill-formed becomes '?', byte for byte, so that the rest of the
 * program meets valid text and offsets stay those of the file. */
static void
mend_text(rc_source *s, char *text, rc_log *log)
{
    size_t pos = 0, bad = 0, count = 0, first = 0;
    while (pos < s->text.len) {
        rc_str rest = rc_str_part(s->text, pos, s->text.len);
        const char *nul = rest.len ? memchr(rest.at, 0, rest.len) : NULL;
        if (nul)
            rest.len = (size_t)(nul - rest.at);
        if (rc_utf8_valid(rest, &bad)) {
            if (!nul)
                break;
            bad = rest.len;
        }
        pos += bad;
        if (count++ == 0)
            first = pos;
        text[pos++] = '?';
    }
    if (count == 0)
        return;
    rc_diag *d = rc_log_error(log, "bad-utf8",
                              rc_span_make(s, first, first + 1),
                              "byte %zu of the file is not UTF-8", first + 1);
    if (count > 1)
        rc_diag_hint(d, "save the file as UTF-8; %zu bytes are not", count);
    else
        rc_diag_hint(d, "save the file as UTF-8");
}

const rc_source *
rc_source_read(rc_arena *a, const char *path, rc_str shown, rc_log *log,
               rc_span at)
{
    rc_buf bytes = {0};
    rc_source *s = NULL;
    if (!read_bytes(path, log, at, &bytes)) {
        /* said */
    } else if (bytes.len > UINT32_MAX / 2) {
        rc_log_add(log, RC_WORLD, "unreadable-file", at,
                   "cannot read '%s': %s", path, reason(EFBIG));
    } else {
        rc_str text = rc_buf_str(&bytes);
        if (rc_str_starts(text, "\xEF\xBB\xBF"))
            text = rc_str_part(text, 3, text.len);
        char *own = rc_arena_array(a, text.len + 1, 1);
        memcpy(own, text.at, text.len);
        s = RC_MAKE(a, rc_source);
        *s = (rc_source){rc_str_copy(a, shown), {own, text.len}};
        mend_text(s, own, log);
    }
    rc_buf_free(&bytes);
    return s;
}

bool
rc_file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

bool
rc_path_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* -- writing --------------------------------------------------------------- */

static int
write_all(int fd, rc_str bytes)
{
    while (bytes.len) {
        size_t most = bytes.len < (1u << 30) ? bytes.len : (1u << 30);
        ssize_t n = write(fd, bytes.at, most);
        if (n >= 0)
            bytes = rc_str_part(bytes, (size_t)n, bytes.len);
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

/* Makes the folders above `path`; 0 or the error. */
static int
make_folders(char *path)
{
    for (char *p = path + 1; *p; p++) {
        if (*p != '/' || p[-1] == '/')
            continue;
        *p = '\0';
        int error = 0;
        if (mkdir(path, 0777) != 0 && errno != EEXIST
            && !rc_path_is_folder(path))
            error = errno;
        *p = '/';
        if (error)
            return error;
    }
    return 0;
}

static int
open_beside(const char *path, char *beside, size_t room)
{
    for (int i = 0; i < 100; i++) {
        snprintf(beside, room, "%s.%ld-%d.part", path, (long)getpid(), i);
        int fd = open_again(beside, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* The new name is on disk only when its folder is. A folder that cannot be
 * opened or synced (some network file systems) is no failure of the file. */
static void
sync_folder(const char *path)
{
    rc_arena *a = rc_arena_new();
    rc_str folder = rc_path_folder(a, rc_str_z(path));
    int fd = open_again(folder.at, O_RDONLY, 0);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    rc_arena_free(a);
}

static int
write_beside(const char *path, rc_str bytes, bool last, char *beside,
             size_t room)
{
    int fd = open_beside(path, beside, room);
    if (fd < 0)
        return errno;
    int error = write_all(fd, bytes);
    if (!error && fsync(fd) != 0)
        error = errno;
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(beside, path) != 0)
        error = errno;
    if (error)
        unlink(beside);
    else if (last)
        sync_folder(path);
    return error;
}

/* A device or a pipe (/dev/stdout) is written to, never replaced. */
static int
write_straight(const char *path, rc_str bytes)
{
    int fd = open_again(path, O_WRONLY, 0);
    if (fd < 0)
        return errno;
    int error = write_all(fd, bytes);
    if (close(fd) != 0 && !error)
        error = errno;
    return error;
}

static int
write_file(rc_arena *a, const char *path, rc_str bytes, bool last)
{
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (there && S_ISDIR(st.st_mode))
        return EISDIR;
    if (there && !S_ISREG(st.st_mode))
        return write_straight(path, bytes);
    /* a link stays a link: its target is replaced */
    char *target = there ? realpath(path, NULL) : NULL;
    rc_str own = rc_str_copy(a, rc_str_z(target ? target : path));
    free(target);
    char *name = rc_arena_array(a, own.len + 1, 1);
    memcpy(name, own.at, own.len);
    int error = make_folders(name);
    if (error)
        return error;
    size_t room = own.len + 64;
    return write_beside(name, bytes, last, rc_arena_array(a, room, 1), room);
}

static bool
say_unwritten(const char *path, int error, rc_log *log)
{
    if (error == ENOSPC || error == EDQUOT)
        rc_log_add(log, RC_RETRY, "no-space", rc_span_none(),
                   "cannot write '%s': no space left", path);
    else if (error)
        rc_log_add(log, RC_WORLD, "unwritable-file", rc_span_none(),
                   "cannot write '%s': %s", path, reason(error));
    return error == 0;
}

static bool
write_one(const char *path, rc_str bytes, bool last, rc_log *log)
{
    rc_arena *a = rc_arena_new();
    int error = write_file(a, path, bytes, last);
    rc_arena_free(a);
    return say_unwritten(path, error, log);
}

bool
rc_file_write(const char *path, rc_str bytes, rc_log *log)
{
    return write_one(path, bytes, true, log);
}

bool
rc_file_write_many(const char *path, rc_str bytes, rc_log *log)
{
    return write_one(path, bytes, false, log);
}

bool
rc_path_make_folder(const char *folder, rc_log *log)
{
    rc_arena *a = rc_arena_new();
    rc_str name = rc_str_printf(a, "%s/", folder);
    char *path = rc_arena_array(a, name.len + 1, 1);
    memcpy(path, name.at, name.len);
    int error = make_folders(path);
    rc_arena_free(a);
    return say_unwritten(folder, error, log);
}

/* -- paths ----------------------------------------------------------------- */

rc_str
rc_path_join(rc_arena *a, rc_str folder, rc_str name)
{
    if (rc_str_starts(name, "/") || folder.len == 0 || rc_str_is(folder, "."))
        return rc_str_copy(a, name);
    while (rc_str_starts(name, "./"))
        name = rc_str_part(name, 2, name.len);
    rc_str between = rc_str_ends(folder, "/") ? RC_LIT("") : RC_LIT("/");
    return rc_str_join(a, folder, between, name);
}

static size_t
last_slash(rc_str path)
{
    for (size_t i = path.len; i-- > 0;)
        if (path.at[i] == '/')
            return i;
    return SIZE_MAX;
}

static rc_str
without_end_slashes(rc_str path)
{
    while (path.len > 1 && path.at[path.len - 1] == '/')
        path.len--;
    return path;
}

rc_str
rc_path_folder(rc_arena *a, rc_str path)
{
    path = without_end_slashes(path);
    size_t slash = last_slash(path);
    if (slash == SIZE_MAX)
        return rc_str_copy(a, RC_LIT("."));
    rc_str folder = without_end_slashes(rc_str_part(path, 0, slash));
    return rc_str_copy(a, folder.len ? folder : RC_LIT("/"));
}

rc_str
rc_path_base(rc_str path)
{
    path = without_end_slashes(path);
    size_t slash = last_slash(path);
    return slash == SIZE_MAX ? path : rc_str_part(path, slash + 1, path.len);
}

/* Parts put together again; "x/.." is gone, where x is no ".." itself. */
static rc_str
without_dots(rc_arena *a, rc_str path)
{
    char *out = rc_arena_array(a, path.len + 2, 1);
    size_t len = 0, root = rc_str_starts(path, "/");
    if (root)
        out[len++] = '/';
    for (size_t from = 0; from < path.len;) {
        size_t end = rc_str_find(path, "/", from);
        end = end < path.len ? end : path.len;
        rc_str part = rc_str_part(path, from, end);
        from = end + 1;
        if (!part.len || rc_str_is(part, "."))
            continue;
        size_t slash = last_slash((rc_str){out, len});
        size_t start = slash == SIZE_MAX ? 0 : slash + 1;
        rc_str last = {out + start, len - start};
        if (rc_str_is(part, "..") && root && len == 1)
            continue;
        if (rc_str_is(part, "..") && last.len && !rc_str_is(last, "..")) {
            len = start > root ? start - 1 : start;
            continue;
        }
        if (len > root)
            out[len++] = '/';
        memcpy(out + len, part.at, part.len);
        len += part.len;
    }
    return rc_str_copy(a, len ? (rc_str){out, len} : RC_LIT("."));
}

rc_str
rc_path_clean(rc_arena *a, rc_str path, rc_str folder)
{
    rc_str clean = without_dots(a, path);
    if (folder.len > 1 && rc_str_eq(clean, folder))
        return RC_LIT(".");
    if (folder.len > 1 && clean.len > folder.len + 1
        && clean.at[folder.len] == '/'
        && rc_str_eq(rc_str_part(clean, 0, folder.len), folder))
        return rc_str_part(clean, folder.len + 1, clean.len);
    return clean;
}

static int
by_bytes(const void *a, const void *b)
{
    return rc_str_cmp(*(const rc_str *)a, *(const rc_str *)b);
}

const rc_str *
rc_path_list(rc_arena *a, const char *folder, size_t *count)
{
    RC_VEC(rc_str) names = {0};
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        size_t bad;
        rc_str name = rc_str_z(e->d_name);
        if (name.at[0] != '.' && rc_utf8_valid(name, &bad))
            *rc_vec_push(a, &names) = rc_str_copy(a, name);
    }
    if (dir)
        closedir(dir);
    if (names.count) /* the disk has its own order */
        qsort(names.at, names.count, sizeof *names.at, by_bytes);
    *count = names.count;
    return names.at;
}
