/*
 * emit.h - a model written as C: one header, one source file. Deterministic; knows no server.
 *
 * Both are strict ISO C11, and C++11 as well: positional initialisers only, no compound literals.
 */
#ifndef QI_GEN_EMIT_H
#define QI_GEN_EMIT_H

#include "base/buffer.h"
#include "codegen/model.h"

/* The first line of every generated file; a file without it is not overwritten. */
#define QI_GEN_MARKER "/* Written by `quire codegen`; do not edit. */"

#define QI_GEN_FILE_LIMIT (64u * 1024u * 1024u)

/* Append to `out`; a failure (no memory, the limit) is the buffer's. */
void qi_gen_emit_header(const qi_gen_model *model, qi_buffer *out);
void qi_gen_emit_source(const qi_gen_model *model, qi_buffer *out);

#endif
