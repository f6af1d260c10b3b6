/* Files that go with elements: embedded, named in the catalog, and associated
 * with their element as its data. */
#include "device/pdf.h"

#include <stdlib.h>

static uint32_t
write_embedded(rc_pdf *d, const rc_file *file)
{
    uint32_t id = rc_objects_add(d->objects, 1);
    uint32_t params = rc_objects_add(d->objects, 1);
    rc_objects_name(d->objects, id, "Type", "EmbeddedFile");
    rc_objects_name(d->objects, id, "Subtype", "text/csv");
    rc_objects_ref(d->objects, id, "Params", params);
    rc_objects_finish_stream(d->objects, id, file->text, RC_FILTER_FLATE);
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Size ");
    rc_out_int(b, (int64_t)file->text.len);
    rc_pdf_put_date(b, "/ModDate", d->date);
    rc_objects_finish(d->objects, params, rc_buf_str(b));
    return id;
}

uint32_t
rc_pdf_write_file(rc_pdf *d, const rc_file *file)
{
    uint32_t embedded = write_embedded(d, file);
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_name(d->objects, id, "Type", "Filespec");
    rc_objects_name(d->objects, id, "AFRelationship", "Data");
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/F");
    rc_out_literal(b, file->name);
    rc_out_z(b, "/UF");
    rc_out_text(b, file->name);
    rc_out_z(b, "/Desc");
    rc_out_text(b, file->title);
    rc_out_z(b, "/EF<</F");
    rc_out_ref(b, embedded);
    rc_out_z(b, "/UF");
    rc_out_ref(b, embedded);
    rc_out_z(b, ">>");
    rc_objects_finish(d->objects, id, rc_buf_str(b));
    *rc_vec_push(d->arena, &d->files) = (rc_pdf_file){file->name, id};
    return id;
}

static int
compare_files(const void *a, const void *b)
{
    const rc_pdf_file *x = a, *y = b;
    int order = rc_str_cmp(x->name, y->name);
    return order ? order : (x->object > y->object) - (x->object < y->object);
}

uint32_t
rc_pdf_write_file_names(rc_pdf *d)
{
    if (!d->files.count)
        return 0;
    qsort(d->files.at, d->files.count, sizeof *d->files.at, compare_files);
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Names[");
    for (size_t i = 0; i < d->files.count; i++) {
        rc_out_literal(b, d->files.at[i].name);
        rc_out_ref(b, d->files.at[i].object);
    }
    rc_out_char(b, ']');
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_finish(d->objects, id, rc_buf_str(b));
    return id;
}
