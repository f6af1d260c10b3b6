/* libharu makes the dictionaries and writes their values; the file around
 * them is ours, because libharu's own knows neither object streams nor
 * cross-reference streams, and a structure tree written plain is two thirds of
 * a file.
 *
 * 1. An object is written when it is finished, and then forgotten: only the
 *    few that are open, those that wait for their object stream, and the
 *    places of all are in memory. References are our own text, because
 *    libharu's lead to objects, not to numbers. */
#include "device/objects.h"

#include <stdlib.h>
#include <string.h>

#include <hpdf.h>
#include <libdeflate.h>

#include "base/hash.h"
#include "device/out.h"

#if HPDF_MAJOR_VERSION != 2 || HPDF_MINOR_VERSION < 3
#error "written for the structures of libharu 2.3 and 2.4"
#endif

enum { FLATE_LEVEL = 6, OBJECTS_A_STREAM = 200, XREF_COLUMNS = 7 };

/* Where an object is: in the file (type 1) or in an object stream (2). */
typedef struct place {
    uint32_t where; /* offset, or number of the object stream */
    uint16_t index; /* in it */
    uint8_t type;
} place;

/* An object being made. It is what libharu calls the dictionary's `attr`. Most
 * have only entries of our own and need no dictionary of libharu's. */
typedef struct open_object {
    uint32_t id;    /* 0: none is open here */
    HPDF_Dict dict; /* or NULL */
    rc_buf entries; /* in PDF syntax */
} open_object;

enum { MOST_OPEN = 4 };

struct rc_objects {
    rc_buf *out;
    HPDF_Error_Rec error;
    HPDF_MMgr memory;
    HPDF_Stream to_out, to_body;
    struct libdeflate_compressor *compressor;
    rc_buf flate;
    open_object open[MOST_OPEN];
    place *places; /* by number; [0] is the free one */
    size_t count, room;
    rc_buf head, body; /* the object stream being filled */
    uint32_t waiting;  /* objects in it */
    uint32_t stream;   /* its number */
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
    const rc_buf *b = &((const open_object *)dict->attr)->entries;
    return HPDF_Stream_Write(to, (const HPDF_BYTE *)b->at, (HPDF_UINT)b->len);
}

static HPDF_STATUS
append(HPDF_Stream from, const HPDF_BYTE *at, HPDF_UINT len)
{
    rc_buf_bytes(from->attr, at, len);
    return HPDF_OK;
}

/* -- objects -------------------------------------------------------------------- */

rc_objects *
rc_objects_new(void)
{
    rc_objects *o = rc_heap_grow(NULL, 1, sizeof *o);
    memset(o, 0, sizeof *o);
    HPDF_Error_Init(&o->error, NULL);
    o->error.error_fn = complain;
    o->memory = HPDF_MMgr_New(&o->error, 0, take_memory, give_memory);
    rc_assert(o->memory != NULL);
    o->to_out = HPDF_CallbackWriter_New(o->memory, append, NULL);
    o->to_body = HPDF_CallbackWriter_New(o->memory, append, &o->body);
    rc_assert(o->to_out && o->to_body);
    o->compressor = libdeflate_alloc_compressor(FLATE_LEVEL);
    if (!o->compressor)
        rc_out_of_memory();
    return o;
}

static void
close_object(open_object *x)
{
    if (x->dict)
        HPDF_Dict_Free(x->dict);
    x->dict = NULL;
    x->id = 0;
}

void
rc_objects_begin(rc_objects *o, rc_buf *out)
{
    rc_assert(!out->len);
    for (size_t i = 0; i < MOST_OPEN; i++)
        close_object(&o->open[i]);
    o->out = o->to_out->attr = out;
    o->count = o->waiting = 0;
    o->head.len = o->body.len = 0;
    (void)rc_objects_add(o, 1);
    rc_out_z(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
}

void
rc_objects_free(rc_objects *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < MOST_OPEN; i++) {
        close_object(&o->open[i]);
        rc_buf_free(&o->open[i].entries);
    }
    HPDF_Stream_Free(o->to_out);
    HPDF_Stream_Free(o->to_body);
    HPDF_MMgr_Free(o->memory);
    libdeflate_free_compressor(o->compressor);
    rc_buf_free(&o->flate);
    rc_buf_free(&o->head);
    rc_buf_free(&o->body);
    free(o->places);
    free(o);
}

uint32_t
rc_objects_add(rc_objects *o, size_t count)
{
    size_t first = o->count;
    rc_assert(count < UINT32_MAX - first);
    o->count += count;
    if (o->count > o->room) {
        o->room = o->count + o->count / 2;
        o->places = rc_heap_grow(o->places, o->room, sizeof *o->places);
    }
    memset(o->places + first, 0, count * sizeof *o->places);
    return (uint32_t)first;
}

/* The object `id`, opened if it is not. */
static open_object *
open_of(rc_objects *o, uint32_t id)
{
    open_object *x = NULL;
    for (size_t i = 0; i < MOST_OPEN; i++) {
        if (o->open[i].id == id)
            return &o->open[i];
        if (!o->open[i].id)
            x = &o->open[i];
    }
    rc_assert(x && id < o->count && !o->places[id].type);
    x->id = id;
    x->entries.len = 0;
    return x;
}

static HPDF_Dict
dict_of(rc_objects *o, uint32_t id)
{
    open_object *x = open_of(o, id);
    if (!x->dict) {
        x->dict = HPDF_Dict_New(o->memory);
        rc_assert(x->dict != NULL);
        x->dict->attr = x;
        x->dict->write_fn = write_entries;
    }
    return x->dict;
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
rc_objects_ref(rc_objects *o, uint32_t id, const char *key, uint32_t target)
{
    rc_buf *b = &open_of(o, id)->entries;
    rc_out_char(b, '/');
    rc_out_z(b, key);
    rc_out_ref(b, target);
}

/* -- writing them ----------------------------------------------------------------- */

rc_str
rc_objects_deflate(rc_objects *o, rc_str data)
{
    rc_buf *b = &o->flate;
    b->len = 0;
    size_t bound = libdeflate_zlib_compress_bound(o->compressor, data.len);
    char *to = rc_out_room(b, bound);
    size_t len = libdeflate_zlib_compress(o->compressor, data.at, data.len, to,
                                          bound);
    rc_assert(len > 0);
    return (rc_str){to, len};
}

static void
begin_object(rc_objects *o, uint32_t id)
{
    rc_assert(o->out->len < UINT32_MAX);
    o->places[id] = (place){.where = (uint32_t)o->out->len, .type = 1};
    rc_out_int(o->out, id);
    rc_out_z(o->out, " 0 obj\n");
}

static void
end_stream(rc_objects *o, rc_str data)
{
    rc_out_z(o->out, "\nstream\n");
    rc_buf_add(o->out, data);
    rc_out_z(o->out, "\nendstream\nendobj\n");
}

/* Writes the waiting objects as one object stream. */
static void
flush_waiting(rc_objects *o)
{
    if (!o->waiting)
        return;
    size_t first = o->head.len;
    rc_buf_add(&o->head, rc_buf_str(&o->body));
    rc_str data = rc_objects_deflate(o, rc_buf_str(&o->head));
    begin_object(o, o->stream);
    rc_out_z(o->out, "<</Type/ObjStm/N ");
    rc_out_int(o->out, o->waiting);
    rc_out_z(o->out, "/First ");
    rc_out_int(o->out, (int64_t)first);
    rc_out_z(o->out, "/Filter/FlateDecode/Length ");
    rc_out_int(o->out, (int64_t)data.len);
    rc_out_z(o->out, ">>");
    end_stream(o, data);
    o->head.len = o->body.len = 0;
    o->waiting = 0;
}

/* The value of an object to the end of `b`, which `to` writes to. */
static void
put_value(const open_object *x, rc_buf *b, HPDF_Stream to)
{
    if (x->dict) {
        must(HPDF_Obj_WriteValue(x->dict, to, NULL));
        return;
    }
    rc_out_z(b, "<<\n");
    rc_buf_add(b, rc_buf_str(&x->entries));
    rc_out_z(b, ">>");
}

void
rc_objects_finish(rc_objects *o, uint32_t id, rc_str entries)
{
    open_object *x = open_of(o, id);
    rc_buf_add(&x->entries, entries);
    if (!o->waiting)
        o->stream = rc_objects_add(o, 1);
    o->places[id] = (place){
        .where = o->stream, .index = (uint16_t)o->waiting, .type = 2};
    rc_out_int(&o->head, id);
    rc_out_char(&o->head, ' ');
    rc_out_int(&o->head, (int64_t)o->body.len);
    rc_out_char(&o->head, ' ');
    put_value(x, &o->body, o->to_body);
    close_object(x);
    if (++o->waiting == OBJECTS_A_STREAM)
        flush_waiting(o);
}

void
rc_objects_finish_stream(rc_objects *o, uint32_t id, rc_str data,
                         rc_filter filter)
{
    if (filter == RC_FILTER_FLATE)
        data = rc_objects_deflate(o, data);
    if (filter != RC_FILTER_NONE)
        rc_objects_name(o, id, "Filter", "FlateDecode");
    rc_assert(data.len < INT32_MAX);
    rc_objects_int(o, id, "Length", (int32_t)data.len);
    open_object *x = open_of(o, id);
    begin_object(o, id);
    put_value(x, o->out, o->to_out);
    end_stream(o, data);
    close_object(x);
}

/* -- the end of the file ------------------------------------------------------------ */

/* Rows of type, place and index, each as its difference from the row above
 * (PNG predictor 2), which compresses to a quarter. */
static void
put_rows(const rc_objects *o, rc_buf *rows)
{
    uint8_t above[XREF_COLUMNS] = {0};
    for (size_t id = 0; id < o->count; id++) {
        const place *p = &o->places[id];
        rc_assert(p->type || !id); /* nothing is left unwritten */
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

/* Of the file's first `len` bytes: as many as an identifier has of their
 * digest. */
static void
put_identifier(rc_buf *out, size_t len)
{
    enum { DIGITS = 32 };
    rc_arena *a = rc_arena_new();
    rc_str id = rc_str_part(rc_hash_of(a, (rc_str){out->at, len}), 0, DIGITS);
    rc_out_z(out, "/ID[");
    for (int twice = 0; twice < 2; twice++) {
        rc_out_char(out, '<');
        rc_buf_add(out, id);
        rc_out_char(out, '>');
    }
    rc_out_char(out, ']');
    rc_arena_free(a);
}

void
rc_objects_end(rc_objects *o, uint32_t catalog, uint32_t info)
{
    flush_waiting(o);
    uint32_t id = rc_objects_add(o, 1);
    size_t start = o->out->len;
    begin_object(o, id);
    o->places[0].index = 0xFFFF;
    put_rows(o, &o->body);
    rc_str data = rc_objects_deflate(o, rc_buf_str(&o->body));
    rc_out_z(o->out, "<</Type/XRef/Size ");
    rc_out_int(o->out, id + 1);
    rc_out_z(o->out, "/W[1 4 2]/Root");
    rc_out_ref(o->out, catalog);
    rc_out_z(o->out, "/Info");
    rc_out_ref(o->out, info);
    put_identifier(o->out, start);
    rc_out_z(o->out, "/Filter/FlateDecode/DecodeParms"
                     "<</Predictor 12/Columns 7>>/Length ");
    rc_out_int(o->out, (int64_t)data.len);
    rc_out_z(o->out, ">>");
    end_stream(o, data);
    rc_out_z(o->out, "startxref\n");
    rc_out_int(o->out, (int64_t)start);
    rc_out_z(o->out, "\n%%EOF\n");
}
