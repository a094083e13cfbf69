/* conf_check.h - which values quire.conf takes. For conf.c and the tests. */
#ifndef QI_CONF_CHECK_H
#define QI_CONF_CHECK_H

/* What is wrong with a value, as a sentence (static text), or NULL. */
typedef const char *qi_conf_check(const char *value);

/* A database's name that needs no quoting in a URL or on a command line. */
qi_conf_check qi_conf_check_name;

/* What generated names may start with, in C and in C++. */
qi_conf_check qi_conf_check_prefix;

/* yes or no. */
qi_conf_check qi_conf_check_switch;

/* [singular] table = row name; the row name becomes part of C names. */
const char *qi_conf_check_singular(const char *table, const char *row);

/* [skip] schema.table = yes, schema.table.column = yes. */
const char *qi_conf_check_skip(const char *object, const char *value);

#endif
