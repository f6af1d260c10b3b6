/* A chapter file split into text, {% %} and {{ }}, each with its span; the
 * front matter between two lines of "---" apart. A tag that never closes and a
 * private-use character of the range U+F0000..U+FFFFD in the text are errors.
 * Inside fenced code blocks tags work too (they fill directives). `{{{{`
 * prints two braces. A tag may run over lines, but not over an empty one. */
#ifndef RC_SPEC_SPLIT_H
#define RC_SPEC_SPLIT_H

#include "spec/yaml.h"

typedef enum rc_chunk_kind { RC_CHUNK_TEXT, RC_CHUNK_CONTROL, RC_CHUNK_VALUE }
    rc_chunk_kind;

typedef struct rc_chunk {
    rc_chunk_kind kind;
    rc_str text;  /* the text itself, or what is between the marks, trimmed */
    rc_span span; /* text: its bytes; tags: what stands between the marks */
    bool alone;   /* a control tag that has its line for itself, or shares it
                     with nothing but other control tags: the line, with its
                     line end, vanishes (the text chunks around it are already
                     cut accordingly) */
} rc_chunk;

typedef struct rc_chapter_file {
    const rc_source *source;
    const rc_node *front; /* map, or NULL */
    const rc_chunk *chunks;
    size_t chunk_count;
    bool broken; /* a {% never closes: what it says is lost */
} rc_chapter_file;

/* Never NULL; errors are in the log. */
const rc_chapter_file *rc_split(rc_arena *a, const rc_source *source,
                                rc_log *log);

/* The text of a scalar (a headline in YAML) split the same way; `at` is the
 * scalar's span. Places inside it are exact when the scalar stands in the
 * source as it reads, else they are all `at`. No tag is alone. */
const rc_chunk *rc_split_text(rc_arena *a, rc_str text, rc_span at,
                              rc_log *log, size_t *count);

/* The first placeholder: value n stands as the one character U+F0000 + n. */
#define RC_PLACEHOLDER 0xF0000u
#define RC_PLACEHOLDER_COUNT 0xFFFEu

#endif
