/* libharu keeps the objects (HPDF_Dict in an HPDF_Xref) and writes their
 * values; the file around them is ours, because libharu's own knows neither
 * object streams nor cross-reference streams, and a structure tree written
 * plain is two thirds of a file. */
#include "device/objects.h"

#include <stdlib.h>
#include <string.h>

#include <hpdf.h>
#include <libdeflate.h>

#include "device/out.h"

#if HPDF_MAJOR_VERSION != 2 || HPDF_MINOR_VERSION < 3
#error "written for the structures of libharu 2.3 and 2.4"
#endif

enum { FLATE_LEVEL = 6, OBJECTS_A_STREAM = 200, XREF_COLUMNS = 7 };

/* What libharu calls a dictionary's `attr`: our part of an object. */
typedef struct extra {
    rc_str entries;
    rc_str stream;
    bool has_stream;
} extra;

struct rc_objects {
    rc_arena *arena;
    HPDF_Error_Rec error;
    HPDF_MMgr memory;
    HPDF_Xref xref;
    struct libdeflate_compressor *compressor;
    rc_buf scratch;
};

/* -- libharu's wishes --------------------------------------------------------- */

static void *HPDF_STDCALL
take_memory(HPDF_UINT size)
{
    return rc_heap_grow(NULL, size, 1);
}

static void HPDF_STDCALL
give_memory(void *at)
{
    free(at);
}

static void HPDF_STDCALL
complain(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)error;
    (void)detail;
    (void)data;
    rc_panic("libharu accepts our objects", __FILE__, __LINE__);
}

static void
must(HPDF_STATUS status)
{
    rc_assert(status == HPDF_OK);
}

static HPDF_STATUS
write_entries(HPDF_Dict dict, HPDF_Stream to)
{
    const extra *x = dict->attr;
    return HPDF_Stream_Write(to, (const HPDF_BYTE *)x->entries.at,
                             (HPDF_UINT)x->entries.len);
}

static HPDF_STATUS
append(HPDF_Stream from, const HPDF_BYTE *at, HPDF_UINT len)
{
    rc_buf_bytes(from->attr, at, len);
    return HPDF_OK;
}

/* -- objects -------------------------------------------------------------------- */

rc_objects *
rc_objects_new(size_t expected)
{
    rc_objects *o = rc_heap_grow(NULL, 1, sizeof *o);
    memset(o, 0, sizeof *o);
    o->arena = rc_arena_new();
    HPDF_Error_Init(&o->error, NULL);
    o->error.error_fn = complain;
    o->memory = HPDF_MMgr_New(&o->error, 0, take_memory, give_memory);
    o->xref = HPDF_Xref_New(o->memory, 0);
    rc_assert(o->memory && o->xref);
    /* libharu grows its list by this many and copies it each time. */
    if (expected > o->xref->entries->items_per_block &&
        expected < HPDF_LIMIT_MAX_XREF_ELEMENT)
        o->xref->entries->items_per_block = (HPDF_UINT)expected;
    o->compressor = libdeflate_alloc_compressor(FLATE_LEVEL);
    if (!o->compressor)
        rc_out_of_memory();
    return o;
}

void
rc_objects_free(rc_objects *o)
{
    if (!o)
        return;
    HPDF_Xref_Free(o->xref);
    HPDF_MMgr_Free(o->memory);
    libdeflate_free_compressor(o->compressor);
    rc_buf_free(&o->scratch);
    rc_arena_free(o->arena);
    free(o);
}

uint32_t
rc_objects_add(rc_objects *o)
{
    HPDF_Dict dict = HPDF_Dict_New(o->memory);
    rc_assert(dict != NULL);
    dict->attr = RC_MAKE(o->arena, extra);
    dict->write_fn = write_entries;
    must(HPDF_Xref_Add(o->xref, dict));
    return dict->header.obj_id & 0x00FFFFFF;
}

static HPDF_Dict
dict_of(rc_objects *o, uint32_t id)
{
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(o->xref, id);
    rc_assert(entry && entry->obj);
    return entry->obj;
}

void
rc_objects_name(rc_objects *o, uint32_t id, const char *key,
                const char *value)
{
    rc_assert(strlen(key) < 127 && strlen(value) < 127);
    must(HPDF_Dict_AddName(dict_of(o, id), key, value));
}

void
rc_objects_int(rc_objects *o, uint32_t id, const char *key, int32_t value)
{
    must(HPDF_Dict_AddNumber(dict_of(o, id), key, value));
}

void
rc_objects_bool(rc_objects *o, uint32_t id, const char *key, bool value)
{
    must(HPDF_Dict_AddBoolean(dict_of(o, id), key,
                              value ? HPDF_TRUE : HPDF_FALSE));
}

void
rc_objects_ref(rc_objects *o, uint32_t id, const char *key, uint32_t target)
{
    must(HPDF_Dict_Add(dict_of(o, id), key, dict_of(o, target)));
}

void
rc_objects_raw(rc_objects *o, uint32_t id, rc_str entries)
{
    ((extra *)dict_of(o, id)->attr)->entries = rc_str_copy(o->arena, entries);
}

/* Compressed into the scratch buffer. */
static rc_str
deflated(rc_objects *o, rc_str data)
{
    rc_buf *b = &o->scratch;
    b->len = 0;
    size_t bound = libdeflate_zlib_compress_bound(o->compressor, data.len);
    char *to = rc_out_room(b, bound);
    size_t len = libdeflate_zlib_compress(o->compressor, data.at, data.len, to,
                                          bound);
    rc_assert(len > 0);
    return (rc_str){to, len};
}

void
rc_objects_stream(rc_objects *o, uint32_t id, rc_str data, rc_filter filter)
{
    extra *x = dict_of(o, id)->attr;
    rc_assert(!x->has_stream);
    if (filter == RC_FILTER_FLATE) {
        data = deflated(o, data);
        rc_objects_name(o, id, "Filter", "FlateDecode");
    }
    rc_assert(data.len < INT32_MAX);
    rc_objects_int(o, id, "Length", (int32_t)data.len);
    x->stream = rc_str_copy(o->arena, data);
    x->has_stream = true;
}

/* -- the file --------------------------------------------------------------------- */

/* Where an object is: in the file (type 1) or in an object stream (2). */
typedef struct place {
    uint32_t where; /* offset, or number of the object stream */
    uint16_t index; /* in it */
    uint8_t type;
} place;

typedef struct writer {
    rc_objects *o;
    rc_buf *out;
    HPDF_Stream to_body; /* writes into `body` */
    HPDF_Stream to_out;
    rc_buf head, body;
    uint32_t waiting; /* objects in `body` */
    place *places;
    uint32_t count; /* objects of libharu's, with the free one */
    uint32_t next;  /* number of the next object stream */
} writer;

static void
begin_object(writer *w, uint32_t id)
{
    rc_assert(w->out->len < UINT32_MAX);
    w->places[id] = (place){.where = (uint32_t)w->out->len, .type = 1};
    rc_out_int(w->out, id);
    rc_out_z(w->out, " 0 obj\n");
}

static void
end_stream(writer *w, rc_str data)
{
    rc_out_z(w->out, "\nstream\n");
    rc_buf_add(w->out, data);
    rc_out_z(w->out, "\nendstream\nendobj\n");
}

/* Writes the waiting objects as one object stream. */
static void
flush_waiting(writer *w)
{
    if (!w->waiting)
        return;
    size_t first = w->head.len;
    rc_buf_add(&w->head, rc_buf_str(&w->body));
    rc_str data = deflated(w->o, rc_buf_str(&w->head));
    begin_object(w, w->next++);
    rc_out_z(w->out, "<</Type/ObjStm/N ");
    rc_out_int(w->out, w->waiting);
    rc_out_z(w->out, "/First ");
    rc_out_int(w->out, (int64_t)first);
    rc_out_z(w->out, "/Filter/FlateDecode/Length ");
    rc_out_int(w->out, (int64_t)data.len);
    rc_out_z(w->out, ">>");
    end_stream(w, data);
    w->head.len = w->body.len = 0;
    w->waiting = 0;
}

static void
write_object(writer *w, uint32_t id)
{
    HPDF_Dict dict = dict_of(w->o, id);
    const extra *x = dict->attr;
    if (x->has_stream) {
        begin_object(w, id);
        must(HPDF_Obj_WriteValue(dict, w->to_out, NULL));
        end_stream(w, x->stream);
        return;
    }
    w->places[id] = (place){
        .where = w->next, .index = (uint16_t)w->waiting, .type = 2};
    rc_out_int(&w->head, id);
    rc_out_char(&w->head, ' ');
    rc_out_int(&w->head, (int64_t)w->body.len);
    rc_out_char(&w->head, ' ');
    must(HPDF_Obj_WriteValue(dict, w->to_body, NULL));
    if (++w->waiting == OBJECTS_A_STREAM)
        flush_waiting(w);
}

/* Rows of type, place and index, each as its difference from the row above
 * (PNG predictor 2), which compresses to a quarter. */
static void
put_rows(const writer *w, uint32_t count, rc_buf *rows)
{
    uint8_t above[XREF_COLUMNS] = {0};
    for (uint32_t id = 0; id < count; id++) {
        const place *p = &w->places[id];
        uint8_t row[XREF_COLUMNS] = {
            p->type,
            (uint8_t)(p->where >> 24),
            (uint8_t)(p->where >> 16),
            (uint8_t)(p->where >> 8),
            (uint8_t)p->where,
            (uint8_t)(p->index >> 8),
            (uint8_t)p->index,
        };
        rc_out_char(rows, 2);
        for (int i = 0; i < XREF_COLUMNS; i++)
            rc_out_char(rows, (char)(uint8_t)(row[i] - above[i]));
        memcpy(above, row, sizeof row);
    }
}

static void
put_identifier(rc_buf *out, size_t len)
{
    HPDF_MD5_CTX md5;
    HPDF_BYTE digest[16];
    HPDF_MD5Init(&md5);
    for (size_t at = 0; at < len; at += 1 << 20) {
        size_t n = len - at < 1 << 20 ? len - at : 1 << 20;
        HPDF_MD5Update(&md5, (const HPDF_BYTE *)out->at + at, (HPDF_UINT32)n);
    }
    HPDF_MD5Final(digest, &md5);
    rc_out_z(out, "/ID[");
    for (int twice = 0; twice < 2; twice++) {
        rc_out_char(out, '<');
        for (int i = 0; i < 16; i++)
            rc_out_hex(out, digest[i], 2);
        rc_out_char(out, '>');
    }
    rc_out_char(out, ']');
}

static void
write_xref(writer *w, uint32_t catalog, uint32_t info)
{
    uint32_t id = w->next;
    size_t start = w->out->len;
    begin_object(w, id);
    w->places[0] = (place){.index = 0xFFFF};
    rc_buf rows = {0};
    put_rows(w, id + 1, &rows);
    rc_str data = deflated(w->o, rc_buf_str(&rows));
    rc_buf_free(&rows);
    rc_out_z(w->out, "<</Type/XRef/Size ");
    rc_out_int(w->out, id + 1);
    rc_out_z(w->out, "/W[1 4 2]/Root");
    rc_out_ref(w->out, catalog);
    rc_out_z(w->out, "/Info");
    rc_out_ref(w->out, info);
    put_identifier(w->out, start);
    rc_out_z(w->out, "/Filter/FlateDecode/DecodeParms"
                     "<</Predictor 12/Columns 7>>/Length ");
    rc_out_int(w->out, (int64_t)data.len);
    rc_out_z(w->out, ">>");
    end_stream(w, data);
    rc_out_z(w->out, "startxref\n");
    rc_out_int(w->out, (int64_t)start);
    rc_out_z(w->out, "\n%%EOF\n");
}

void
rc_objects_write(rc_objects *o, uint32_t catalog, uint32_t info, rc_buf *out)
{
    writer w = {.o = o, .out = out, .count = o->xref->entries->count};
    w.next = w.count;
    size_t streams = w.count / OBJECTS_A_STREAM + 1;
    w.places = rc_heap_grow(NULL, w.count + streams + 1, sizeof *w.places);
    w.to_body = HPDF_CallbackWriter_New(o->memory, append, &w.body);
    w.to_out = HPDF_CallbackWriter_New(o->memory, append, out);
    rc_assert(w.to_body && w.to_out);
    rc_out_z(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    for (uint32_t id = 1; id < w.count; id++)
        write_object(&w, id);
    flush_waiting(&w);
    write_xref(&w, catalog, info);
    HPDF_Stream_Free(w.to_body);
    HPDF_Stream_Free(w.to_out);
    rc_buf_free(&w.head);
    rc_buf_free(&w.body);
    free(w.places);
}
