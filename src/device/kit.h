/* What files written one after another share. It holds nothing of a file but
 * what would be made again, byte by byte: no file can tell what was written
 * before it. Its size is bounded by the largest file and the font files. */
#ifndef RC_DEVICE_KIT_H
#define RC_DEVICE_KIT_H

#include "device/face.h"

struct rc_pdf_kit {
    rc_arena *arena; /* what stays */
    rc_arena *file;  /* what one file needs: rewound when it is written */
    rc_objects *objects;
    rc_buf scratch, content;
    RC_VEC(rc_pdf_face *) faces;
    rc_buf profile_path; /* of the colour profile read last, ... */
    rc_buf profile;      /* ... which is here, deflated */
};

/* The font file at `path`, opened if it is not; NULL as rc_pdf_face_open. */
rc_pdf_face *rc_pdf_kit_face(struct rc_pdf_kit *kit, rc_str path,
                             const char **why);

#endif
