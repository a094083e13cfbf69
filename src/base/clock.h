/* clock.h - time for measuring and waiting. */
#ifndef QI_CLOCK_H
#define QI_CLOCK_H

#include <stdint.h>

/* A clock that only goes forward, in milliseconds and in microseconds from an arbitrary start. */
int64_t qi_clock_ms(void);
int64_t qi_clock_us(void);

/* Sleeps; signals do not shorten it. */
void qi_sleep_ms(int64_t ms);

#endif
