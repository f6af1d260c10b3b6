/* The command: options in, exit status out. Messages go to stderr, data to
 * stdout. */
#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/load.h"
#include "cli/options.h"

static int
run_build(rc_arena *a, rc_args *args, rc_log *log)
{
    rc_build(a, &args->options, log);
    return rc_log_status(log);
}

static int
run_check(rc_arena *a, rc_args *args, rc_log *log)
{
    rc_check(a, &args->options, log);
    return rc_log_status(log);
}

static int
run_preview(rc_arena *a, rc_args *args, rc_log *log)
{
    rc_preview(a, &args->options, log);
    return rc_log_status(log);
}

static int
run_convert(rc_arena *a, rc_args *args, rc_log *log)
{
    const rc_options *o = &args->options;

    (void)a;
    if (!o->out) {
        fputs("recto: convert needs -o: where the result goes\n", stderr);
        return RC_EXIT_USAGE;
    }
    rc_data_convert(o->report, o->out, log);
    return rc_log_status(log);
}

static int
run_dump(rc_arena *a, rc_args *args, rc_log *log)
{
    rc_options *o = &args->options;
    const char *what = o->report;

    if (strcmp(what, "doc") != 0 && strcmp(what, "pages") != 0 &&
        strcmp(what, "tags") != 0) {
        fprintf(stderr, "recto: cannot dump '%s': doc, pages or tags\n", what);
        return RC_EXIT_USAGE;
    }
    o->report = args->operand[1];
    rc_dump(a, o, what, log);
    return rc_log_status(log);
}

/* What a batch is told beside its own options. */
static const rc_batch_options *
batch_options(rc_args *args)
{
    args->batch.common = args->options;
    args->batch.only = args->only;
    args->batch.format = args->format;
    args->batch.terminal =
        isatty(STDERR_FILENO) && args->format == RC_LOG_HUMAN;
    return &args->batch;
}

static int
run_volumes(rc_arena *a, rc_args *args, rc_log *log)
{
    return rc_batch_volumes(a, batch_options(args), log);
}

static int
run_list(rc_arena *a, rc_args *args, rc_log *log)
{
    if (!args->json) {
        fputs("recto: list prints JSON: say --json\n", stderr);
        return RC_EXIT_USAGE;
    }
    return rc_batch_list(a, batch_options(args), log);
}

static int
run_merge(rc_arena *a, rc_args *args, rc_log *log)
{
    return rc_batch_merge(a, batch_options(args), args->operand,
                          (size_t)args->operand_count, log);
}

static const rc_command commands[] = {
    {"build", "REPORT.yaml [-o FILE] [--attach-data]",
     "set the report as one PDF", run_build, 1, 1, " --attach-data --volume "},
    {"volumes", "REPORT.yaml [-o DIR] [-j N] [--only GLOB] [--shard I/N]",
     "set a volume for each group", run_volumes, 1, 1,
     " --attach-data -j --only --per --shard --force --fail-fast --dry-run --prune "
     "--timeout --junit "},
    {"list", "REPORT.yaml --json [--per KIND]", "which volumes there are",
     run_list, 1, 1, " --json --only --per --shard "},
    {"merge", "DIR... [-o DIR] [--junit FILE]", "join what shards have made",
     run_merge, 1, INT_MAX, " --junit "},
    {"check", "REPORT.yaml", "say everything that is wrong; write nothing",
     run_check, 1, 1, " --volume "},
    {"preview", "REPORT.yaml [-o DIR] [--pages 3-7] [--dpi N]",
     "pages as PNG pictures", run_preview, 1, 1, " --volume "},
    {"convert", "DIR|FILE.sqlite -o FILE.sqlite|DIR",
     "CSV folder to SQLite file, or back", run_convert, 1, 1, NULL},
    {"dump", "doc|pages|tags REPORT.yaml",
     "the block tree, page list or tags as text", run_dump, 2, 2, " --volume "},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void
usage(FILE *to)
{
    fputs("usage: recto COMMAND ...\n\n", to);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  recto %-8s %s\n      %s\n", commands[i].name,
                commands[i].operands, commands[i].does);
    fprintf(to,
            "\n%s  --help --version\n\n"
            "exit status: 0 done, 1 errors in the input, 2 wrong use,\n"
            "3 the world failed for good, 4 it may pass: try again\n",
            rc_options_help());
}

/* "--name=value", "--name value", "-o value", "-j4"; its name goes to `names`.
 */
static bool
parse_option(rc_args *args, char **argv, int argc, int *i, const char **taken)
{
    char *word = argv[*i];
    char *equals = strchr(word, '=');
    const char *value = equals ? equals + 1 : NULL;

    *taken = word;
    if (word[1] == 'j' && word[2] && !equals) {
        *taken = "-j";
        return rc_option_take(args, "-j", word + 2);
    }
    if (equals)
        *equals = '\0'; /* the word is the name from here on */
    if (strlen(word) >= 32) {
        fprintf(stderr, "recto: unknown option '%s'; see recto --help\n",
                word);
        return false;
    }
    if (!equals && !rc_option_is_flag(word) && *i + 1 < argc)
        value = argv[++*i];
    return rc_option_take(args, word, value);
}

static const rc_command *
find_command(const char *name)
{
    size_t best = SIZE_MAX;
    const char *near = NULL;

    for (int i = 0; i < COMMAND_COUNT; i++) {
        size_t d = rc_str_distance(rc_str_z(name), rc_str_z(commands[i].name),
                                   2);
        if (d == 0)
            return &commands[i];
        if (d <= 2 && d < best) {
            best = d;
            near = commands[i].name;
        }
    }
    fprintf(stderr, "recto: unknown command '%s'%s%s%s\n", name,
            near ? "; did you mean '" : "; see recto --help",
            near ? near : "", near ? "'?" : "");
    return NULL;
}

/* RC_EXIT_DONE to go on; *stop when there is nothing more to do. */
static int
parse(rc_args *args, int argc, char **argv, const char **taken, bool *stop)
{
    bool only_operands = false;
    size_t named = 0;

    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (!only_operands && strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!only_operands && (strcmp(word, "--help") == 0 ||
                                      strcmp(word, "-h") == 0)) {
            usage(stdout);
            *stop = true;
            return RC_EXIT_DONE;
        } else if (!only_operands && strcmp(word, "--version") == 0) {
            puts("recto " RC_VERSION);
            *stop = true;
            return RC_EXIT_DONE;
        } else if (!only_operands && word[0] == '-' && word[1]) {
            if (!parse_option(args, argv, argc, &i, &taken[named++]))
                return RC_EXIT_USAGE;
        } else if (!args->command) {
            args->command = find_command(word);
            if (!args->command)
                return RC_EXIT_USAGE;
        } else if (args->operand_count < args->command->operands_max) {
            args->operand[args->operand_count++] = word;
        } else {
            fprintf(stderr, "recto: too many operands: '%s'\n", word);
            return RC_EXIT_USAGE;
        }
    }
    if (!args->command) {
        usage(stderr);
        return RC_EXIT_USAGE;
    }
    if (args->operand_count < args->command->operands_min) {
        fprintf(stderr, "usage: recto %s %s\n", args->command->name,
                args->command->operands);
        return RC_EXIT_USAGE;
    }
    return rc_options_fit(args, taken, named) ? RC_EXIT_DONE : RC_EXIT_USAGE;
}

int
main(int argc, char **argv)
{
    rc_arena *arena = rc_arena_new();
    size_t words = (size_t)argc + 1;
    rc_args args = {.options = {.dpi = 96},
                    .batch = {.timeout_ms = 300 * 1000},
                    .operand = RC_MAKE_ARRAY(arena, const char *, words),
                    .only = RC_MAKE_ARRAY(arena, const char *, words)};
    const char **taken = RC_MAKE_ARRAY(arena, const char *, words);
    bool stop = false;
    int status = parse(&args, argc, argv, taken, &stop);
    const char *no_colour = getenv("NO_COLOR");
    rc_log *log;

#ifdef M_MMAP_THRESHOLD
    /* What is freed in big pieces goes back to the system, so that the peak is
     * what is needed at once. */
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
    if (status != RC_EXIT_DONE || stop) {
        rc_arena_free(arena);
        return status;
    }
    log = rc_log_new();
    args.options.report = args.operand[0];
    status = args.command->run(arena, &args, log);
    rc_log_print(log, stderr, args.format,
                 isatty(STDERR_FILENO) && !(no_colour && *no_colour));
    rc_log_free(log);
    rc_arena_free(arena);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("recto: cannot write to standard output\n", stderr);
        return status ? status : RC_EXIT_RETRY;
    }
    return status;
}
