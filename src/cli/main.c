/* The command: options in, exit status out. Messages go to stderr, data to
 * stdout. */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "data/load.h"
#include "recto.h"

typedef struct rc_command {
    const char *name, *operands, *does;
    int (*run)(rc_arena *a, rc_options *o, const char *operand2, rc_log *log);
    int operands_min, operands_max;
} rc_command;

typedef struct rc_args {
    const rc_command *command;
    const char *operand[2];
    int operand_count;
    rc_options options;
    rc_log_format format;
} rc_args;

static int
run_build(rc_arena *a, rc_options *o, const char *unused, rc_log *log)
{
    (void)unused;
    rc_build(a, o, log);
    return rc_log_status(log);
}

static int
run_check(rc_arena *a, rc_options *o, const char *unused, rc_log *log)
{
    (void)unused;
    rc_check(a, o, log);
    return rc_log_status(log);
}

static int
run_preview(rc_arena *a, rc_options *o, const char *unused, rc_log *log)
{
    (void)unused;
    rc_preview(a, o, log);
    return rc_log_status(log);
}

static int
run_convert(rc_arena *a, rc_options *o, const char *unused, rc_log *log)
{
    (void)a;
    (void)unused;
    if (!o->out) {
        fputs("recto: convert needs -o: where the result goes\n", stderr);
        return RC_EXIT_USAGE;
    }
    rc_data_convert(o->report, o->out, log);
    return rc_log_status(log);
}

static int
run_dump(rc_arena *a, rc_options *o, const char *report, rc_log *log)
{
    const char *what = o->report;

    if (strcmp(what, "doc") != 0 && strcmp(what, "pages") != 0 &&
        strcmp(what, "tags") != 0) {
        fprintf(stderr, "recto: cannot dump '%s': doc, pages or tags\n", what);
        return RC_EXIT_USAGE;
    }
    o->report = report;
    rc_dump(a, o, what, log);
    return rc_log_status(log);
}

static const rc_command commands[] = {
    {"build", "REPORT.yaml [-o FILE]", "set the report as one PDF", run_build,
     1, 1},
    {"check", "REPORT.yaml", "say everything that is wrong; write nothing",
     run_check, 1, 1},
    {"preview", "REPORT.yaml [-o DIR] [--pages 3-7] [--dpi N]",
     "pages as PNG pictures", run_preview, 1, 1},
    {"convert", "DIR|FILE.sqlite -o FILE.sqlite|DIR",
     "CSV folder to SQLite file, or back", run_convert, 1, 1},
    {"dump", "doc|pages|tags REPORT.yaml",
     "the block tree, page list or tags as text", run_dump, 2, 2},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void
usage(FILE *to)
{
    fputs("usage: recto COMMAND ...\n\n", to);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  recto %-8s %s\n      %s\n", commands[i].name,
                commands[i].operands, commands[i].does);
    fputs("\noptions:\n"
          "  -o FILE          where the result goes\n"
          "  --house NAME     another house style for the same report\n"
          "  --volume KEY     the volume of one group, not the report\n"
          "  --share DIR      the folder of layouts, fonts and assets\n"
          "  --format FORM    messages as human (default) or json\n"
          "  --pages A-B      preview: only these\n"
          "  --dpi N          preview: dots per inch (default 96)\n"
          "  --help --version\n\n"
          "exit status: 0 done, 1 errors in the input, 2 wrong use,\n"
          "3 the world failed for good, 4 it may pass: try again\n",
          to);
}

static bool
read_pages(const char *text, rc_options *o)
{
    rc_str s = rc_str_z(text);
    size_t dash = rc_str_find(s, "-", 0);
    int64_t first, last;

    if (dash == SIZE_MAX) {
        if (!rc_num_int(s, &first) || first < 1 || first > 1000000)
            return false;
        o->first = o->last = (long)first;
        return true;
    }
    if (!rc_num_int(rc_str_part(s, 0, dash), &first) ||
        !rc_num_int(rc_str_part(s, dash + 1, s.len), &last) || first < 1 ||
        last < first || last > 1000000)
        return false;
    o->first = (long)first;
    o->last = (long)last;
    return true;
}

/* Takes one option with its value; false: wrong use, said on stderr. */
static bool
take_option(rc_args *args, const char *name, const char *value)
{
    rc_options *o = &args->options;

    if (!value || !*value) {
        fprintf(stderr, "recto: %s needs a value\n", name);
        return false;
    }
    if (strcmp(name, "-o") == 0) {
        o->out = value;
    } else if (strcmp(name, "--house") == 0) {
        o->house = value;
    } else if (strcmp(name, "--volume") == 0) {
        o->volume = value;
    } else if (strcmp(name, "--share") == 0) {
        o->share = value;
    } else if (strcmp(name, "--format") == 0) {
        if (strcmp(value, "human") != 0 && strcmp(value, "json") != 0) {
            fprintf(stderr, "recto: --format is human or json, not '%s'\n",
                    value);
            return false;
        }
        args->format = value[0] == 'j' ? RC_LOG_JSON : RC_LOG_HUMAN;
    } else if (strcmp(name, "--pages") == 0) {
        if (!read_pages(value, o)) {
            fprintf(stderr, "recto: --pages is 3 or 3-7, not '%s'\n", value);
            return false;
        }
    } else if (strcmp(name, "--dpi") == 0) {
        if (!rc_num_real(rc_str_z(value), &o->dpi) || o->dpi < 1 ||
            o->dpi > 2400) {
            fprintf(stderr, "recto: --dpi is a number from 1 to 2400, not "
                            "'%s'\n",
                    value);
            return false;
        }
    } else {
        fprintf(stderr, "recto: unknown option '%s'; see recto --help\n",
                name);
        return false;
    }
    return true;
}

/* "--name=value", "--name value", "-o value". */
static bool
parse_option(rc_args *args, char **argv, int argc, int *i)
{
    char name[32];
    const char *equals = strchr(argv[*i], '=');
    size_t len = equals ? (size_t)(equals - argv[*i]) : strlen(argv[*i]);

    if (len >= sizeof name) {
        fprintf(stderr, "recto: unknown option '%s'; see recto --help\n",
                argv[*i]);
        return false;
    }
    memcpy(name, argv[*i], len);
    name[len] = '\0';
    if (equals)
        return take_option(args, name, equals + 1);
    if (*i + 1 >= argc)
        return take_option(args, name, NULL);
    return take_option(args, name, argv[++*i]);
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
parse(rc_args *args, int argc, char **argv, bool *stop)
{
    bool only_operands = false;

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
            if (!parse_option(args, argv, argc, &i))
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
    return RC_EXIT_DONE;
}

int
main(int argc, char **argv)
{
    rc_args args = {.options = {.dpi = 96}};
    bool stop = false;
    int status = parse(&args, argc, argv, &stop);
    const char *no_colour = getenv("NO_COLOR");
    rc_arena *arena;
    rc_log *log;

#ifdef M_MMAP_THRESHOLD
    /* What is freed in big pieces goes back to the system, so that the peak is
     * what is needed at once. */
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
    if (status != RC_EXIT_DONE || stop)
        return status;
    arena = rc_arena_new();
    log = rc_log_new();
    args.options.report = args.operand[0];
    status = args.command->run(arena, &args.options, args.operand[1], log);
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
