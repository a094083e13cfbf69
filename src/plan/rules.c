/* The kinds that can be planned, and what they share. */
#include "plan/planning.h"

#include <string.h>

static const qi_rules *const all_rules[] = {
    &qi_rules_schema,
    &qi_rules_extension,
    &qi_rules_enum,
    &qi_rules_sequence,
    &qi_rules_table,
    &qi_rules_column,
    &qi_rules_constraint,
    &qi_rules_index,
    &qi_rules_statistics,
    &qi_rules_function,
    &qi_rules_procedure,
    &qi_rules_aggregate,
    &qi_rules_view,
    &qi_rules_materialized_view,
    &qi_rules_view_column,
    &qi_rules_trigger,
    &qi_rules_inherited_trigger,
    &qi_rules_rule,
    &qi_rules_policy,
    &qi_rules_publication,
    &qi_rules_publication_table,
    &qi_rules_publication_schema,
    &qi_rules_event_trigger,
    &qi_rules_domain,
    &qi_rules_domain_constraint,
    &qi_rules_composite_type,
    &qi_rules_attribute,
    &qi_rules_range_type,
    &qi_rules_collation,
    &qi_rules_text_search_parser,
    &qi_rules_text_search_template,
    &qi_rules_text_search_dictionary,
    &qi_rules_text_search_configuration,
    &qi_rules_text_search_mapping,
    &qi_rules_language,
    &qi_rules_access_method,
    &qi_rules_transform,
    &qi_rules_foreign_data_wrapper,
    &qi_rules_server,
    &qi_rules_user_mapping,
    &qi_rules_foreign_table,
    &qi_rules_conversion,
    &qi_rules_cast,
    &qi_rules_operator,
    &qi_rules_operator_family,
    &qi_rules_operator_class,
    &qi_rules_ownership,
    &qi_rules_privilege,
    &qi_rules_default_privilege,
};

const qi_rules *qi_rules_of(const char *kind)
{
    for (size_t i = 0; i < sizeof all_rules / sizeof *all_rules; i++) {
        if (strcmp(all_rules[i]->kind, kind) == 0)
            return all_rules[i];
    }
    return NULL;
}

bool qi_always(const qi_object *object)
{
    (void)object;
    return true;
}

void qi_drop_plain(qi_planning *p, const qi_object *object)
{
    const qi_kind *kind = object->kind;
    if (!kind->comment_on) {
        qi_refuse(p, object, "is not in the schema, and of a kind that Quire cannot drop yet",
                  NULL);
        return;
    }
    qi_step_open(p, object, qi_rank_of_drop(p, object));
    qi_step_ends(p, object);
    const qi_object *table = kind->on_parent ? object->parent : NULL;
    if (table)
        qi_sql(p, "DROP %s %s ON %s;\n", kind->comment_on, qi_name(p, object->name),
               table->identity);
    else
        qi_sql(p, "DROP %s %s;\n", kind->comment_on, object->identity);
    qi_step_close(p, "drop", table ? table->name : object->name, table ? object->name : NULL);
}
