#include "fuzz.h"

#include <string.h>
#include <unistd.h>

bool
fuzz_text(rc_arena *a, const uint8_t *data, size_t size, rc_str *out)
{
    size_t bad;
    *out = rc_str_copy(a, (rc_str){(const char *)data, size});
    return rc_utf8_valid(*out, &bad);
}

void
fuzz_finish(rc_log *log)
{
    FILE *nowhere = fopen("/dev/null", "w");
    if (nowhere) {
        rc_log_print(log, nowhere, RC_LOG_HUMAN, true);
        rc_log_print(log, nowhere, RC_LOG_JSON, false);
        fclose(nowhere);
    }
    rc_log_free(log);
}

static char folder[] = "/tmp/recto-fuzz-XXXXXX";

static void
remove_folder(void)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s stays\n", folder);
}

const char *
fuzz_folder(void)
{
    static bool made;
    if (!made && !mkdtemp(folder)) {
        perror(folder);
        exit(1);
    }
    if (!made)
        atexit(remove_folder);
    made = true;
    return folder;
}

void
fuzz_write(const char *name, const void *bytes, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, size, f) != size) {
        perror(path);
        exit(1);
    }
    fclose(f);
}

static bool
is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
           || c == '.';
}

/* The length of "@@ name\n" at `at`; 0: none begins there. */
static size_t
head_at(const char *at, size_t left, char *name, size_t room)
{
    if (left < 5 || memcmp(at, "@@ ", 3) != 0)
        return 0;
    size_t n = 0;
    while (3 + n < left && n + 1 < room && is_name_char(at[3 + n])) {
        name[n] = at[3 + n];
        n++;
    }
    name[n] = '\0';
    return n && 3 + n < left && at[3 + n] == '\n' && name[0] != '.' ? 4 + n
                                                                     : 0;
}

void
fuzz_write_parts(const char *first, const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    char name[40], next[40];
    snprintf(name, sizeof name, "%s", first);
    size_t from = 0;
    for (size_t at = 0; at <= size; at++) {
        bool starts = at == size || at == 0 || text[at - 1] == '\n';
        size_t head = at < size && starts
                          ? head_at(text + at, size - at, next, sizeof next)
                          : 0;
        if (at < size && !head)
            continue;
        if (at > from || strcmp(name, first) != 0)
            fuzz_write(name, text + from, at - from);
        if (head)
            snprintf(name, sizeof name, "%s", next);
        from = at + head;
    }
}
