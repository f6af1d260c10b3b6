#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"

const char *
rc_options_help(void)
{
    return "options:\n"
           "  -o FILE          where the result goes\n"
           "  --house NAME     another house style for the same report\n"
           "  --volume KEY     the volume of one group, not the report\n"
           "  --attach-data    build, volumes: with each chart's figures as CSV\n"
           "  --share DIR      the folder of layouts, fonts and assets\n"
           "  --format FORM    messages as human (default) or json\n"
           "  --pages A-B      preview: only these\n"
           "  --dpi N          preview: dots per inch (default 96)\n"
           "volumes:\n"
           "  -j N             worker processes (default: one a processor)\n"
           "  --only GLOB      only groups with such keys; may be repeated\n"
           "  --per KIND       groups of this kind\n"
           "  --shard I/N      the I-th of N parts of about the same size\n"
           "  --force          make all, changed or not\n"
           "  --fail-fast      begin no other after one that fails\n"
           "  --dry-run        only say what would be made, and why\n"
           "  --prune          remove volumes of groups that are gone\n"
           "  --timeout S      seconds that one may take (default 300)\n"
           "  --junit FILE     a JUnit report, one test case a volume\n"
           "  --json           list: as JSON\n";
}

/* -- numbers --------------------------------------------------------------- */

static bool
read_long(rc_str s, long least, long most, long *out)
{
    int64_t n;

    if (!rc_num_int(s, &n) || n < least || n > most)
        return false;
    *out = (long)n;
    return true;
}

/* "3" or "3-7". */
static bool
read_pages(rc_str s, rc_options *o)
{
    size_t dash = rc_str_find(s, "-", 0);

    if (dash == SIZE_MAX) {
        bool ok = read_long(s, 1, 1000000, &o->first);
        o->last = o->first;
        return ok;
    }
    return read_long(rc_str_part(s, 0, dash), 1, 1000000, &o->first) &&
           read_long(rc_str_part(s, dash + 1, s.len), o->first, 1000000,
                     &o->last);
}

static bool
read_shard(rc_str s, rc_batch_options *b)
{
    size_t slash = rc_str_find(s, "/", 0);

    return slash != SIZE_MAX &&
           read_long(rc_str_part(s, slash + 1, s.len), 1, 1000000,
                     &b->shards) &&
           read_long(rc_str_part(s, 0, slash), 1, b->shards, &b->shard);
}

static bool
read_seconds(rc_str s, rc_batch_options *b)
{
    double seconds;

    if (!rc_num_real(s, &seconds) || seconds < 0 || seconds > 1e6)
        return false;
    b->timeout_ms = (long)(seconds * 1000 + 0.5);
    return seconds <= 0 || b->timeout_ms > 0;
}

/* -- one option ------------------------------------------------------------ */

static bool
set_flag(rc_args *args, const char *name)
{
    const struct {
        const char *name;
        bool *to;
    } flags[] = {
        {"--force", &args->batch.force},
        {"--fail-fast", &args->batch.fail_fast},
        {"--dry-run", &args->batch.dry_run},
        {"--prune", &args->batch.prune},
        {"--json", &args->json},
        {"--attach-data", &args->options.attach_data},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(flags[i].name, name) == 0) {
            *flags[i].to = true;
            return true;
        }
    return false;
}

bool
rc_option_is_flag(const char *name)
{
    rc_args unused = {0};
    return set_flag(&unused, name);
}

static bool
set_text(rc_args *args, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **to;
    } texts[] = {
        {"-o", &args->options.out},
        {"--house", &args->options.house},
        {"--volume", &args->options.volume},
        {"--share", &args->options.share},
        {"--per", &args->batch.per},
        {"--junit", &args->batch.junit},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].name, name) == 0) {
            *texts[i].to = value;
            return true;
        }
    return false;
}

/* NULL: it is no such option; empty: taken; else what it must be. */
static const char *
set_other(rc_args *args, const char *name, const char *value)
{
    rc_str s = rc_str_z(value);
    rc_options *o = &args->options;
    const char *must;
    bool ok = true;

    if (strcmp(name, "--format") == 0) {
        must = "human or json";
        ok = rc_str_is(s, "human") || rc_str_is(s, "json");
        args->format = rc_str_is(s, "json") ? RC_LOG_JSON : RC_LOG_HUMAN;
    } else if (strcmp(name, "--pages") == 0) {
        must = "3 or 3-7";
        ok = read_pages(s, o);
    } else if (strcmp(name, "--dpi") == 0) {
        must = "a number from 1 to 2400";
        ok = rc_num_real(s, &o->dpi) && o->dpi >= 1 && o->dpi <= 2400;
    } else if (strcmp(name, "-j") == 0) {
        must = "a number from 1 to 1000";
        ok = read_long(s, 1, 1000, &args->batch.jobs);
    } else if (strcmp(name, "--shard") == 0) {
        must = "I/N, with I from 1 to N";
        ok = read_shard(s, &args->batch);
    } else if (strcmp(name, "--timeout") == 0) {
        must = "a number of seconds; 0 for none";
        ok = read_seconds(s, &args->batch);
    } else if (strcmp(name, "--only") == 0) {
        must = "a pattern of keys";
        args->only[args->batch.only_count++] = value;
    } else {
        return NULL;
    }
    return ok ? "" : must;
}

bool
rc_option_take(rc_args *args, const char *name, const char *value)
{
    const char *must;

    if (rc_option_is_flag(name)) {
        if (value)
            fprintf(stderr, "recto: %s takes no value\n", name);
        return !value && set_flag(args, name);
    }
    if (!set_text(args, name, value ? value : "")) {
        if (value && !*value)
            value = NULL;
        must = set_other(args, name, value ? value : "1");
        if (!must) {
            fprintf(stderr, "recto: unknown option '%s'; see recto --help\n",
                    name);
            return false;
        }
        if (value && *must) {
            fprintf(stderr, "recto: %s is %s, not '%s'\n", name, must, value);
            return false;
        }
    }
    if (!value || !*value) {
        fprintf(stderr, "recto: %s needs a value\n", name);
        return false;
    }
    return true;
}

/* Those that any command may have had so far; the others are asked about. */
static bool
is_shared(const char *name)
{
    static const char shared[] =
        " -o --house --share --format --pages --dpi ";
    char word[40];

    snprintf(word, sizeof word, " %s ", name);
    return strstr(shared, word) != NULL;
}

bool
rc_options_fit(const rc_args *args, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char word[40];
        snprintf(word, sizeof word, " %s ", names[i]);
        if (is_shared(names[i]) ||
            (args->command->own && strstr(args->command->own, word)))
            continue;
        fprintf(stderr, "recto: %s has no option %s\n", args->command->name,
                names[i]);
        return false;
    }
    return true;
}
