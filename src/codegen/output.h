/* output.h - generated text against the files on the disk. */
#ifndef QI_GEN_OUTPUT_H
#define QI_GEN_OUTPUT_H

#include "codegen/codegen.h"

/*
 * Reads what is at file->path into `old` and sets `state`. QUIRE_REFUSED for a file that Quire did not write.
 */
quire_status qi_codegen_compare(qi_codegen_file *file, qi_arena *arena, quire_error *err);

#endif
