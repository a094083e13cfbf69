#include "cli/help.h"
#include "cli/options.h"

#include <quire/version.h>

#include <ctype.h>

/*
 * Text as roff: a backslash and a hyphen have a meaning there, as has a full stop or an apostrophe
 * at the start of a line.
 */
static void put_text(const char *text)
{
    bool start = true;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
        start = *text == '\n';
    }
}

static void put_heading(const char *title)
{
    printf(".SH %s\n", title);
}

static void put_item(const char *name, const char *value, const char *text)
{
    fputs(".TP\n.B ", stdout);
    put_text(name);
    if (value) {
        fputs(" \\fI", stdout);
        put_text(value);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    put_text(text);
    putchar('\n');
}

static void put_options(const qi_command *command)
{
    for (const qi_option *row = command->options; row && row->name; row++)
        put_item(row->name, row->value, row->help);
}

static void put_command(const qi_command *command)
{
    char arguments[QI_ARGUMENTS_SIZE];
    fputs(".SS \"quire ", stdout);
    put_text(command->name);
    if (command->arguments) {
        putchar(' ');
        put_text(qi_arguments(command, arguments));
    }
    fputs("\"\n", stdout);
    put_text(command->description ? command->description : command->summary);
    putchar('\n');
    put_options(command);
    for (const qi_option *row = qi_common_options; row->name; row++)
        if (qi_common_option_applies(command, row) &&
            !qi_common_option_applies(&qi_command_root, row))
            put_item(row->name, row->value, row->help);
}

static void put_meanings(const qi_meaning *rows)
{
    for (; rows->name; rows++)
        put_item(rows->name, NULL, rows->text);
}

void qi_manual_print(void)
{
    qi_meaning variables[QI_VARIABLES_MOST];
    qi_environment_variables(variables);
    printf(".TH QUIRE 1 \"\" \"Quire %s\" \"Quire\"\n", QUIRE_VERSION);
    put_heading("NAME");
    fputs("quire \\- ", stdout);
    put_text(qi_command_root.summary);
    putchar('\n');
    put_heading("SYNOPSIS");
    fputs(".B quire\n[\\fIoptions\\fR] \\fICOMMAND\\fR [\\fIarguments\\fR]\n", stdout);
    put_heading("DESCRIPTION");
    put_text("Ties a C program to its PostgreSQL schema: writes typed C from the schema and the\n"
             "queries, keeps a migration history for each provider, and runs a private server for\n"
             "development. Data goes to standard output, everything else to standard error.\n");
    put_heading("OPTIONS");
    put_options(&qi_command_root);
    for (const qi_option *row = qi_common_options; row->name; row++)
        if (qi_common_option_applies(&qi_command_root, row))
            put_item(row->name, row->value, row->help);
    put_heading("COMMANDS");
    for (size_t i = 0; qi_commands[i]; i++)
        put_command(qi_commands[i]);
    put_heading("EXIT STATUS");
    put_meanings(qi_exit_codes);
    put_heading("ENVIRONMENT");
    put_meanings(variables);
    put_heading("FILES");
    put_item("quire.conf", NULL,
             "the project's configuration, found upwards from the working directory");
    put_item(".env", NULL, "fills in variables that the environment does not set");
    put_item(".quire/", NULL, "the private server's data");
}

/* Words for compgen: the alternatives of "[neon|supabase|...]", lower case ones only. */
static void put_alternatives(const char *arguments)
{
    for (const char *at = arguments; at && *at; at++) {
        bool literal = islower((unsigned char)*at) || *at == '-';
        putchar(literal ? *at : ' ');
    }
}

static void put_completion(const qi_command *command)
{
    char arguments[QI_ARGUMENTS_SIZE];
    printf("        %s) words=\"", command->name);
    for (const qi_option *row = command->options; row && row->name; row++)
        printf("%s ", row->name);
    for (const qi_option *row = qi_common_options; row->name; row++)
        if (qi_common_option_applies(command, row))
            printf("%s ", row->name);
    put_alternatives(qi_arguments(command, arguments));
    if (command == &qi_command_help)
        for (size_t i = 0; qi_commands[i]; i++)
            printf("%s ", qi_commands[i]->name);
    puts("\" ;;");
}

void qi_completion_print(void)
{
    puts("# bash completion for quire, printed by `quire help --completion bash`\n"
         "_quire() {\n"
         "    local word=\"${COMP_WORDS[COMP_CWORD]}\" command= words= i\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case \"${COMP_WORDS[i]}\" in\n"
         "        -C) ((i++)) ;;\n"
         "        -*) ;;\n"
         "        *) command=\"${COMP_WORDS[i]}\"; break ;;\n"
         "        esac\n"
         "    done\n"
         "    if [[ \"${COMP_WORDS[COMP_CWORD - 1]}\" == -C ]]; then\n"
         "        mapfile -t COMPREPLY < <(compgen -d -- \"$word\")\n"
         "        return\n"
         "    fi\n"
         "    case \"$command\" in");
    fputs("        '') words=\"--version --help -C ", stdout);
    for (size_t i = 0; qi_commands[i]; i++)
        printf("%s ", qi_commands[i]->name);
    puts("\" ;;");
    for (size_t i = 0; qi_commands[i]; i++)
        put_completion(qi_commands[i]);
    puts("    esac\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "}\n"
         "complete -F _quire quire");
}
