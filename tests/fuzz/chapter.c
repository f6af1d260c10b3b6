/* A chapter: split into text and tags, the text as Markdown, every directive
 * as YAML. */
#include "fuzz.h"

#include "spec/markdown.h"
#include "spec/split.h"

static void
check_span(rc_span s)
{
    rc_assert(s.from <= s.to);
    rc_assert(!s.source || s.to <= s.source->text.len);
}

static void
walk(const rc_md_node *n, const rc_md *md, rc_arena *a, rc_log *log)
{
    for (; n; n = n->next) {
        check_span(n->span);
        if (n->kind == RC_MD_FENCE)
            (void)rc_yaml_parse(a, n->text, &n->pieces, log);
        if (n->kind == RC_MD_NOTE_REF)
            rc_assert(n->note >= 0 && (size_t)n->note < md->note_count);
        walk(n->first, md, a, log);
    }
}

/* What the control would give if every tag were taken once. */
static rc_str
expand(rc_arena *a, const rc_chapter_file *f, rc_piece *pieces, size_t *count)
{
    rc_buf out = {0};
    uint32_t held = 0;
    for (size_t i = 0; i < f->chunk_count; i++) {
        const rc_chunk *c = &f->chunks[i];
        check_span(c->span);
        if (c->kind == RC_CHUNK_CONTROL)
            continue;
        bool text = c->kind == RC_CHUNK_TEXT;
        pieces[(*count)++] =
            (rc_piece){(uint32_t)out.len, c->span.from,
                       text ? (uint32_t)c->text.len : 0, NULL};
        if (text)
            rc_buf_add(&out, c->text);
        else if (held < RC_PLACEHOLDER_COUNT)
            rc_buf_code(&out, RC_PLACEHOLDER + held++);
    }
    rc_str s = rc_str_copy(a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    rc_str text;
    if (fuzz_text(a, data, size, &text)) {
        const rc_source *s = rc_source_make(a, RC_LIT("x.md"), text);
        const rc_chapter_file *f = rc_split(a, s, log);
        rc_piece *pieces = RC_MAKE_ARRAY(a, rc_piece, f->chunk_count + 1);
        rc_md_origin origin = {0, {s, pieces, 0}};
        rc_str out = expand(a, f, pieces, &origin.pieces.count);
        const rc_md *md = rc_markdown(a, out, &origin, 1, log);
        walk(md->document, md, a, log);
        for (size_t i = 0; i < md->note_count; i++)
            walk(md->notes[i].body, md, a, log);
        size_t n;
        (void)rc_split_text(a, text, rc_span_make(s, 0, text.len), log, &n);
    }
    fuzz_finish(log);
    rc_arena_free(a);
    return 0;
}
