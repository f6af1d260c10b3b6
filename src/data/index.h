/* The model's keys. Inside data/ only. */
#ifndef RC_DATA_INDEX_H
#define RC_DATA_INDEX_H

#include "base/keys.h"

/* What rc_data.index points to. */
typedef struct rc_index {
    rc_keys groups, items, questions, waves, facts, comments;
    rc_keys themes; /* "question.theme": its first row */
    rc_keys theme_questions; /* that have themes */
} rc_index;

#endif
