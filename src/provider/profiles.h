/* profiles.h - the providers that there are. A new one adds its file, a line here, a row there. */
#ifndef QI_PROFILES_H
#define QI_PROFILES_H

#include "provider/provider.h"

extern const qi_profile qi_neon;
extern const qi_profile qi_supabase;
extern const qi_profile qi_local;

/* Whether a message holds one of the texts of a list that ends with NULL. */
bool qi_says_any(const char *message, const char *const *texts);

#endif
