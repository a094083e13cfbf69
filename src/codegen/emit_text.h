/* emit_text.h - how the emitters write comments, strings, declarations; nobody else includes it. */
#ifndef QI_GEN_EMIT_TEXT_H
#define QI_GEN_EMIT_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "codegen/model.h"

#define QI_GEN_WIDTH 100

/* Where an emitter writes to. */
typedef struct qi_emitter {
    qi_buffer *out;
    const qi_gen_model *model;
    qi_arena arena; /* for names on the way; freed at the end */
} qi_emitter;

void qi_emit(qi_emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A comment of its own lines, wrapped, indented by `indent`. A line break in `text` stays one. Nothing
 * for NULL or empty text. */
void qi_emit_comment(qi_emitter *e, int indent, const char *text);

/* A piece of text inside a comment: nothing in it ends the comment or confuses a compiler. */
void qi_emit_comment_text(qi_emitter *e, const char *text, size_t length);

/* The text as one C string literal, or one a line, the first at the current column, the others
 * indented by `indent`. */
void qi_emit_string(qi_emitter *e, const char *text, int indent);

/* "int32_t pages", "const char *title" */
void qi_emit_declarator(qi_emitter *e, const char *type, const char *name);

/* "head(args...)tail", with the arguments wrapped as clang-format does. */
void qi_emit_call(qi_emitter *e, const char *head, const char *const *args, size_t count,
                  const char *tail);

/* The signature of a function without what follows its closing parenthesis. */
void qi_emit_signature(qi_emitter *e, const qi_gen_function *function, const qi_gen_repo *repo,
                       const char *tail);

/* "void <type>_free(<type> *<name><tail>" */
void qi_emit_free_signature(qi_emitter *e, const char *type, const char *name, const char *tail);

/* The lines behind the marker: what the file was made from, and that clang-format lets it be. */
void qi_emit_provenance(qi_emitter *e);

/* The type of a struct's member or a function's argument. */
const char *qi_emit_field_type(qi_emitter *e, const qi_gen_field *field);
const char *qi_emit_param_type(qi_emitter *e, const qi_gen_param *param);

/* A text from the emitter's arena; "" (and a failed buffer) when there is no memory. */
const char *qi_emit_printf(qi_emitter *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
