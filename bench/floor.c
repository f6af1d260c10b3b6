/* The floor: what any program that sets this report must at least do. Shapes
 * the report's texts with hb_shape, each once, and compresses its streams with
 * libdeflate level 6. No line breaking, no layout, no data.
 *
 *   floor TEXTS STREAMS FONTS
 *
 * TEXTS: one text a line: font file, size in points, text, separated by tabs.
 * STREAMS: each a line with its length, then its bytes. FONTS: the folder. */
#include <hb-ot.h>
#include <hb.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACES = 16 };

typedef struct face {
    char name[64];
    hb_font_t *font;
} face;

static char *
read_file(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    char *at;

    if (!f) {
        perror(path);
        exit(1);
    }
    fseek(f, 0, SEEK_END);
    *len = (size_t)ftell(f);
    rewind(f);
    at = malloc(*len + 1);
    if (!at || fread(at, 1, *len, f) != *len)
        exit(1);
    at[*len] = '\0';
    fclose(f);
    return at;
}

static hb_font_t *
find_font(face *faces, const char *folder, const char *name)
{
    for (int i = 0; i < FACES; i++) {
        if (faces[i].font && strcmp(faces[i].name, name) == 0)
            return faces[i].font;
        if (!faces[i].font) {
            char path[512];
            hb_blob_t *blob;
            hb_face_t *f;
            snprintf(path, sizeof path, "%s/%s", folder, name);
            blob = hb_blob_create_from_file(path);
            f = hb_face_create(blob, 0);
            snprintf(faces[i].name, sizeof faces[i].name, "%s", name);
            faces[i].font = hb_font_create(f);
            hb_face_destroy(f);
            hb_blob_destroy(blob);
            return faces[i].font;
        }
    }
    fputs("too many faces\n", stderr);
    exit(1);
}

static size_t
shape(const char *texts, const char *folder)
{
    face faces[FACES] = {0};
    hb_buffer_t *buffer = hb_buffer_create();
    size_t glyphs = 0;
    char *copy = strdup(texts), *save = NULL;

    for (char *line = strtok_r(copy, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        char *size = strchr(line, '\t'), *text;
        hb_font_t *font;
        int scale;
        if (!size || !(text = strchr(size + 1, '\t')))
            continue;
        *size++ = *text++ = '\0';
        font = find_font(faces, folder, line);
        scale = (int)(atof(size) * 1024);
        hb_font_set_scale(font, scale, scale);
        hb_buffer_clear_contents(buffer);
        hb_buffer_add_utf8(buffer, text, -1, 0, -1);
        hb_buffer_guess_segment_properties(buffer);
        hb_shape(font, buffer, NULL, 0);
        glyphs += hb_buffer_get_length(buffer);
    }
    hb_buffer_destroy(buffer);
    free(copy);
    return glyphs;
}

static size_t
compress(const char *streams, size_t len)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
    size_t total = 0, pos = 0;

    while (pos < len) {
        char *end;
        size_t n = strtoul(streams + pos, &end, 10);
        size_t room = libdeflate_zlib_compress_bound(c, n);
        void *out = malloc(room);
        pos = (size_t)(end - streams) + 1;
        total += libdeflate_zlib_compress(c, streams + pos, n, out, room);
        pos += n;
        free(out);
    }
    libdeflate_free_compressor(c);
    return total;
}

int
main(int argc, char **argv)
{
    size_t text_len, stream_len;
    char *texts, *streams;

    if (argc != 4) {
        fputs("usage: floor TEXTS STREAMS FONTS\n", stderr);
        return 2;
    }
    texts = read_file(argv[1], &text_len);
    streams = read_file(argv[2], &stream_len);
    printf("floor: %zu glyphs shaped, %zu bytes compressed to %zu\n",
           shape(texts, argv[3]), stream_len, compress(streams, stream_len));
    free(texts);
    free(streams);
    return 0;
}
