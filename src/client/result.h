/*
 * result.h - replies turned into rows of structs, and the memory that they own.
 */
#ifndef QI_RESULT_H
#define QI_RESULT_H

#include "base/arena.h"
#include "transport/transport.h"

#include <quire/generated.h>

#include <stddef.h>

/*
 * What a row or a list owns: one block for itself, the rows and what had to be made (decimals,
 * arrays), and the reply that text points into. It lies in its own arena.
 */
struct quire_memory {
    qi_arena arena;
    const qi_transport *transport; /* of the reply */
    qi_reply *reply;               /* NULL: none */
};

/* With room for about `size` bytes without another allocation. NULL when out of memory. */
quire_memory *qi_memory_new(size_t size);

/* Whether the columns of a reply are those that the program was compiled for; QUIRE_SCHEMA names the
 * first that is not. */
quire_status qi_check_columns(const quire_statement *statement, const qi_transport *transport,
                              const qi_reply *reply, quire_error *err);

/* All rows of a reply into a generated list struct. Takes the reply, also on failure. */
quire_status qi_take_list(const quire_statement *statement, const qi_transport *transport,
                          qi_reply *reply, void *list, quire_error *err);

/*
 * The only row of a reply into a row struct; `row` NULL: just looks. *found says whether there was
 * one; more are QUIRE_TOO_MANY_ROWS. Takes the reply, also on failure.
 */
quire_status qi_take_row(const quire_statement *statement, const qi_transport *transport,
                         qi_reply *reply, void *row, bool *found, quire_error *err);

#endif
