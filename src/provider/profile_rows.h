/*
 * profile_rows.h - the providers, one row each, in the order in which their URLs are looked for. The
 * number of a row, from 1, is the provider's quire_provider.
 */
QI_PROFILE(neon)
QI_PROFILE(supabase)
QI_PROFILE(local)
