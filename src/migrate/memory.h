/* memory.h - what the lists that migrate.h hands out own. */
#ifndef QI_MEMORY_H
#define QI_MEMORY_H

#include "base/arena.h"

struct quire_migration_memory {
    qi_arena arena;
};

#endif
