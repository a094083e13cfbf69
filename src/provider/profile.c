#include "provider/profiles.h"

#include <string.h>

#define QI_PROFILE(name) &qi_##name,
const qi_profile *const qi_profiles[] = {
#include "provider/profile_rows.h"
};
#undef QI_PROFILE
const size_t qi_profile_count = sizeof qi_profiles / sizeof *qi_profiles;

const qi_profile *qi_profile_of(quire_provider provider)
{
    for (size_t i = 0; i < qi_profile_count; i++) {
        if (qi_profiles[i]->provider == provider)
            return qi_profiles[i];
    }
    return NULL;
}

const char *quire_provider_name(quire_provider provider)
{
    const qi_profile *profile = qi_profile_of(provider);
    return profile ? profile->name : "auto";
}

const quire_variable *quire_provider_variables(quire_provider provider, size_t *count)
{
    const qi_profile *profile = qi_profile_of(provider);
    *count = 0;
    while (profile && profile->variables[*count].name)
        (*count)++;
    return profile ? profile->variables : NULL;
}

quire_provider quire_provider_named(const char *name)
{
    for (size_t i = 0; name && i < qi_profile_count; i++) {
        if (strcmp(qi_profiles[i]->name, name) == 0)
            return qi_profiles[i]->provider;
    }
    return QUIRE_AUTO;
}
