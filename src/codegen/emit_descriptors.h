/* emit_descriptors.h - the static descriptors of quire/generated.h, written out; for emit_source.c. */
#ifndef QI_GEN_EMIT_DESCRIPTORS_H
#define QI_GEN_EMIT_DESCRIPTORS_H

#include "codegen/emit_text.h"

/* <stem>_fields, <stem>_nested, <stem>_type of a row struct. */
void qi_emit_row_type(qi_emitter *e, const qi_gen_row *row);

/* <stem>_params, <stem>_parts, ..., <stem>_statement of a function; <stem>_children too. */
void qi_emit_statements(qi_emitter *e, const qi_gen_function *function);

#endif
