/*
 * quire/quire.h - the one header that an application includes.
 *
 * Quire is a typed PostgreSQL ORM for C. `quire codegen` writes the structs and functions of an
 * application's schema and queries; they stand on what is declared here. Each header says, item by
 * item, who owns what and for how long, which threads may call, and which errors come back.
 */
#ifndef QUIRE_QUIRE_H
#define QUIRE_QUIRE_H

#include <quire/batch.h>
#include <quire/claims.h>
#include <quire/db.h>
#include <quire/error.h>
#include <quire/migrate.h>
#include <quire/observe.h>
#include <quire/provider.h>
#include <quire/server.h>
#include <quire/sql.h>
#include <quire/types.h>
#include <quire/version.h>

#endif
