/*
 * quire/version.h - which Quire this is.
 *
 * The version follows semantic versioning. QUIRE_ABI counts the changes of what generated code and
 * the library agree on (the descriptors of quire/generated.h): generated code carries the number
 * that it was written for, does not compile against other headers and does not link with another
 * library. The remedy is always `quire codegen`.
 */
#ifndef QUIRE_VERSION_H
#define QUIRE_VERSION_H

#include <quire/export.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QUIRE_VERSION_MAJOR 0
#define QUIRE_VERSION_MINOR 1
#define QUIRE_VERSION_PATCH 0
#define QUIRE_VERSION "0.1.0"

#define QUIRE_ABI 1

/* The version of the library in use, "0.1.0". Static text. Any thread. */
QUIRE_API const char *quire_version(void);

#ifdef __cplusplus
}
#endif

#endif
