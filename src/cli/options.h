/* The command line, read. */
#ifndef RC_CLI_OPTIONS_H
#define RC_CLI_OPTIONS_H

#include "batch/batch.h"

typedef struct rc_args rc_args;

typedef struct rc_command {
    const char *name, *operands, *does;
    int (*run)(rc_arena *a, rc_args *args, rc_log *log);
    int operands_min, operands_max;
    const char *own; /* its options, beside those of all: " --only --shard " */
} rc_command;

struct rc_args {
    const rc_command *command;
    const char **operand; /* room for all words */
    int operand_count;
    rc_options options;
    rc_batch_options batch; /* `common` is filled in when it runs */
    const char **only;      /* of batch.only; room for all words */
    bool json;
    rc_log_format format;
};

/* True for an option that takes no value. */
bool rc_option_is_flag(const char *name);
/* Takes one option with its value (NULL: none came); false: wrong use, said on
 * stderr. Whether the command has it is asked at the end, by rc_options_fit:
 * it may come before the command. */
bool rc_option_take(rc_args *args, const char *name, const char *value);
bool rc_options_fit(const rc_args *args, const char *const *names,
                    size_t count);
/* The options as --help prints them. */
const char *rc_options_help(void);

#endif
