/* quire/export.h - marks what the library exports. Nothing here is for applications to use. */
#ifndef QUIRE_EXPORT_H
#define QUIRE_EXPORT_H

#if defined(__GNUC__)
#define QUIRE_API __attribute__((visibility("default")))
#define QUIRE_MUST_USE __attribute__((warn_unused_result))
#define QUIRE_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define QUIRE_API
#define QUIRE_MUST_USE
#define QUIRE_PRINTF(format_at, first_at)
#endif

#endif
