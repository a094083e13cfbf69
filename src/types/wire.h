/* wire.h - integers as they travel: big-endian, at any address. Callers check the length first. */
#ifndef QI_WIRE_H
#define QI_WIRE_H

#include <stdint.h>

static inline uint16_t qi_get16(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint16_t)(b[0] << 8 | b[1]);
}

static inline uint32_t qi_get32(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static inline uint64_t qi_get64(const char *at)
{
    return (uint64_t)qi_get32(at) << 32 | qi_get32(at + 4);
}

static inline void qi_put16(char *at, uint16_t value)
{
    unsigned char *b = (unsigned char *)at;
    b[0] = (unsigned char)(value >> 8);
    b[1] = (unsigned char)(value & 0xFFu);
}

static inline void qi_put32(char *at, uint32_t value)
{
    qi_put16(at, (uint16_t)(value >> 16));
    qi_put16(at + 2, (uint16_t)(value & 0xFFFFu));
}

static inline void qi_put64(char *at, uint64_t value)
{
    qi_put32(at, (uint32_t)(value >> 32));
    qi_put32(at + 4, (uint32_t)(value & 0xFFFFFFFFu));
}

#endif
