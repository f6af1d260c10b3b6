/* What files written one after another share; see device.h. */
#include "device/kit.h"

#include "device/device.h"

rc_pdf_kit *
rc_pdf_kit_new(void)
{
    rc_arena *a = rc_arena_new();
    rc_pdf_kit *kit = RC_MAKE(a, rc_pdf_kit);
    *kit = (rc_pdf_kit){
        .arena = a, .file = rc_arena_new(), .objects = rc_objects_new()};
    return kit;
}

void
rc_pdf_kit_free(rc_pdf_kit *kit)
{
    if (!kit)
        return;
    for (size_t i = 0; i < kit->faces.count; i++)
        rc_pdf_face_close(kit->faces.at[i]);
    rc_objects_free(kit->objects);
    rc_buf_free(&kit->scratch);
    rc_buf_free(&kit->content);
    rc_buf_free(&kit->profile_path);
    rc_buf_free(&kit->profile);
    rc_arena_free(kit->file);
    rc_arena_free(kit->arena);
}

rc_pdf_face *
rc_pdf_kit_face(rc_pdf_kit *kit, rc_str path, const char **why)
{
    for (size_t i = 0; i < kit->faces.count; i++)
        if (rc_str_eq(rc_pdf_face_path(kit->faces.at[i]), path))
            return kit->faces.at[i];
    rc_pdf_face *face = rc_pdf_face_open(path, why);
    if (face)
        *rc_vec_push(kit->arena, &kit->faces) = face;
    return face;
}
