/* Rules about what lint itself is told, and about what it cannot read. */
#include "lint/rule.h"

static void not_read(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node)
        qi_lint_find(
            lint, rule, 0, NULL, NULL,
            qi_lint_is_deep(lint->sql)
                ? "this statement is nested too deeply to be read; it was looked at by its effect "
                  "only"
                : "the parser does not take this statement; it was looked at by its effect only");
}

const qi_lint_rule qi_lint_directive[] = {
    { .id = "bad-ignore",
      .severity = QI_LINT_ERROR,
      .summary = "`-- quire: ignore` without a reason, or of a rule that there is not",
      .why =
          "A misspelt name ignores nothing, and without a reason nobody can tell later whether it\n"
          "still holds.",
      .rewrite = "    -- quire: ignore RULE reason\n"
                 "`quire lint --rules` lists the rules." },
    { .id = "unused-ignore",
      .severity = QI_LINT_WARNING,
      .summary = "`-- quire: ignore` above a statement that does not break the rule",
      .why = "It would hide the next thing that does.",
      .rewrite = "Take the line out." },
    { .id = "not-read",
      .severity = QI_LINT_WARNING,
      .summary =
          "a statement newer than the parser (PostgreSQL 15), over 1 MiB, or nested too deeply",
      .why = "The server ran it, and what it changed in the catalog was looked at. What only its\n"
             "text tells (CONCURRENTLY, WHERE) was not.",
      .rewrite = "Look at it yourself, and say so above it:\n"
                 "    -- quire: ignore not-read looked at by ...",
      .before = not_read },
    { 0 },
};
