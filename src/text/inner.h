/* What the files of text/ share: the faces, the styles (a face at a size in a
 * language) and the cache of shaped words. */
#ifndef RC_TEXT_INNER_H
#define RC_TEXT_INNER_H

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangocairo.h>

#include "text/text.h"

/* Characters below this can take the fast road. */
enum { RC_PLAIN_END = 0x2600, RC_INERT_END = 0x2600 };

typedef struct rc_text_face {
    rc_font_file file;
    PangoFontDescription *description; /* Pango's; NULL until needed */
    hb_face_t *shapes; /* owned */
    /* Bit per code point: may take the fast road and the face has it. */
    uint8_t plain[RC_PLAIN_END / 8];
    /* Bits per code point: was it tried beside a space, and do the two leave
     * each other alone? */
    uint8_t tried[RC_INERT_END / 8], inert[RC_INERT_END / 8];
} rc_text_face;

/* A face at a size in a language: what a word is shaped with. */
typedef struct rc_text_style {
    int face;
    rc_len size;
    PangoLanguage *language;
    hb_font_t *font;        /* owned: the face at this size */
    bool latin;             /* the language is written in Latin script */
    rc_len space;           /* advance of U+0020 */
    uint32_t space_glyph;
} rc_text_style;

/* A glyph as it was shaped, before its run is known. */
typedef struct rc_shaped {
    rc_len advance;
    uint16_t id;
    int16_t dx, dy;   /* y down */
    uint32_t cluster; /* byte of the word's or the paragraph's text */
} rc_shaped;

/* A shaped word, without the space behind it. With style RC_NO_STYLE only its
 * places to break are known. */
#define RC_NO_STYLE UINT32_MAX
typedef struct rc_word {
    uint64_t hash;
    uint32_t style;
    uint32_t len, glyph_count, break_count;
    const char *text;
    const rc_shaped *glyphs;
    const uint32_t *breaks; /* inside: bytes before which a line may end */
    int64_t width; /* of all glyphs, even where no rc_len holds it */
    bool inert; /* shapes alike with and without spaces around it */
} rc_word;

/* A paragraph that is kept, in case it is set again. Those with longer keys,
 * in bytes, are not. */
enum { RC_KEY_MOST = 1024 };
typedef struct rc_kept {
    uint64_t hash;
    rc_str key;
    const rc_para *para; /* NULL: the slot is free */
} rc_kept;

/* Growing arrays that are reused from paragraph to paragraph. */
#define RC_POOL(T)    \
    struct {          \
        T *at;        \
        size_t count; \
        size_t room;  \
    }
/* Makes room for `n` more. */
#define rc_pool_reserve(p, n)                                               \
    ((p)->room - (p)->count < (n)                                           \
         ? (void)((p)->room = (p)->room * 2 + 64 + (n),                     \
                  (p)->at = rc_heap_grow((p)->at, (p)->room,                \
                                         sizeof *(p)->at))                  \
         : (void)0)
#define rc_pool_push(p) (rc_pool_reserve(p, 1), &(p)->at[(p)->count++])

/* Runs with the same style and raise that follow each other: shaped as one. */
typedef struct rc_stretch {
    uint32_t from, to;
    uint32_t style;
    rc_len raise;
} rc_stretch;

/* A word, or the part of it in one stretch. */
typedef struct rc_piece {
    uint32_t from, to;
    uint32_t stretch;
    const rc_word *word;
} rc_piece;

/* What lies between two places where a line may end. */
typedef struct rc_atom {
    uint32_t from, to; /* bytes to show */
    uint32_t next;     /* after the spaces that follow */
    int64_t width, space;
    uint32_t piece;    /* the first piece that reaches into it */
    bool hard;         /* the line ends here */
} rc_atom;

typedef struct rc_text_line {
    uint32_t from, to, next;
    uint32_t piece;
} rc_text_line;

struct rc_fonts {
    rc_arena *arena; /* faces, names */
    rc_text_face *faces;
    size_t face_count;
    rc_log *log; /* for faces that turn out unreadable later */
    hb_buffer_t *buffer;
    PangoLanguage *language;

    /* Pango's view of the faces: NULL until it is needed. */
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;

    rc_arena *word_arena;
    rc_word **words; /* open addressing, a power of two */
    size_t word_count, word_room;

    rc_arena *kept_arena;
    rc_kept *kept; /* open addressing; NULL until needed */
    size_t kept_count;

    char key[RC_KEY_MOST + 8]; /* of the paragraph being set */
    RC_POOL(rc_text_style) styles;
    RC_POOL(rc_stretch) stretches;
    RC_POOL(rc_piece) pieces;
    RC_POOL(rc_atom) atoms;
    RC_POOL(rc_text_line) lines;
    RC_POOL(rc_shaped) out_glyphs;
    RC_POOL(rc_line_part) out_parts;
    RC_POOL(rc_line) out_lines;
    RC_POOL(uint32_t) run_ends; /* of the paragraph's runs, in bytes */
    RC_POOL(PangoLogAttr) attrs;
};

/* A paragraph on its way: the runs' texts joined, white space made plain. */
typedef struct rc_setting {
    rc_arena *arena;
    rc_fonts *fonts;
    const rc_text_spec *spec;
    rc_log *log;
    rc_str text; /* in `arena`; U+2028 has become a line feed */
    char *bytes; /* the same, to write */
    bool plain;  /* may take the fast road */
    bool overfull; /* a word was broken */
} rc_setting;

/* -- fonts.c --------------------------------------------------------------- */
uint32_t rc_text_style_index(rc_fonts *f, int face, rc_len size, rc_str lang);
static inline bool
rc_text_is_plain(const rc_text_face *face, uint32_t code)
{
    return code < RC_PLAIN_END && (face->plain[code / 8] >> (code % 8) & 1);
}
/* Shapes plain text; the glyphs are in f->buffer until the next call. */
void rc_text_shape(rc_fonts *f, const rc_text_style *style, rc_str text);
void rc_text_report_face(const rc_font_file *file, rc_log *log);

/* -- pango.c --------------------------------------------------------------- */
/* A layout set up as all of ours are; the caller unrefs it. The first call
 * opens the faces for Pango: descriptions are there after it. */
PangoLayout *rc_text_layout(rc_fonts *f);
/* The face that Pango chose, from its font; -1 if it is none of ours. */
int rc_text_face_of(PangoFont *font);
void rc_text_close_pango(rc_fonts *f);

/* -- words.c --------------------------------------------------------------- */
/* Valid until rc_words_trim. */
const rc_word *rc_word_lookup(rc_fonts *f, uint32_t style, rc_str text);
/* Unicode lets a line end before byte `at` of a text: do we? Not between a
 * letter's full stop and a digit ("Table A.2"), and not after a hyphen that leaves a
 * stump before it or after it ("co-commissioning", "Fifty-three"). */
bool rc_text_may_break(rc_str text, size_t at);
/* May a line end after the spaces between these two characters? */
bool rc_word_gap(rc_fonts *f, uint32_t before, uint32_t after);
/* Empties the cache if it has grown too big. */
void rc_words_trim(rc_fonts *f);

/* -- kept.c --------------------------------------------------------------- */
/* Where a paragraph is kept, or may be kept by rc_kept_add before the next one is
 * looked for; NULL if it is not to be kept. */
rc_kept *rc_kept_find(rc_fonts *f, const rc_text_spec *spec);
/* The paragraph lies in f->kept_arena. */
void rc_kept_add(rc_fonts *f, rc_kept *k, const rc_para *para);

/* -- slow.c ---------------------------------------------------------------- */
const rc_para *rc_text_set_slow(const rc_setting *s);
rc_len rc_text_width_slow(rc_fonts *f, rc_str text, int face, rc_len size);

/* -- set.c ----------------------------------------------------------------- */
/* Index of the run that holds byte `at` of the joined text. */
uint32_t rc_text_run_at(const rc_fonts *f, uint32_t at);
rc_len rc_text_clamp(int64_t x);
/* A glyph's offset as the page list keeps it: within 32 points. */
int16_t rc_text_offset(int x);
void rc_text_warn_overfull(const rc_setting *s, uint32_t from, uint32_t to);

/* -- part.c ---------------------------------------------------------------- */
/* Bytes of text in a part, at most: its glyphs count them with 16 bits. */
enum { RC_PART_MOST = UINT16_MAX };
/* Adds a line of atoms to the out_* pools. */
void rc_text_emit_line(rc_setting *s, const rc_text_line *line, bool last);
/* Copies the finished out_* pools into the paragraph. */
const rc_para *rc_text_finish(const rc_setting *s);

#endif
