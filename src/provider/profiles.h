/*
 * profiles.h - the providers that there are. A new one adds its file, which defines `qi_<name>`, and its
 * row in profile_rows.h.
 */
#ifndef QI_PROFILES_H
#define QI_PROFILES_H

#include "provider/provider.h"

#define QI_PROFILE(name) extern const qi_profile qi_##name;
#include "provider/profile_rows.h"
#undef QI_PROFILE

/* Whether a message holds one of the texts of a list that ends with NULL. */
bool qi_says_any(const char *message, const char *const *texts);

#endif
