#include "cli/init.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { FILE_LIMIT = 1 << 20, NAME_SIZE = 64 };

static qi_exit run_init(qi_context *context, const qi_args *args);

static const qi_option options[] = { { 0 } };

const qi_command qi_command_init = {
    .name = "init",
    .arguments = "[NAME]",
    .summary = "make a new project in this directory",
    .description =
        "Makes quire.conf, db/schema.sql, db/queries/, db/migrations/ and db/seed.sql with a\n"
        "small example, and adds what does not belong into git to .gitignore. What exists\n"
        "already is left as it is.\n"
        "\n"
        "NAME is the name of the project's database and what the names in the generated code\n"
        "start with; without one it is made from the directory's name.",
    .most_positional = 1,
    .has_json = true,
    .options = options,
    .run = run_init,
};

/* What was done to a path. */
typedef enum outcome { CREATED, UPDATED, KEPT } outcome;

typedef struct job {
    qi_context *context;
    const char *root;
    const char *name;
    json_t *files; /* of the JSON document */
} job;

static bool name_is_good(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return length > 0 && length < NAME_SIZE && !name[length] && name[0] >= 'a' && name[0] <= 'z';
}

/* A directory's name as a project's: "My-Shop 2" is "my_shop_2". */
static void name_from_directory(const char *root, char out[NAME_SIZE])
{
    const char *slash = strrchr(root, '/');
    const char *from = slash ? slash + 1 : root;
    size_t length = 0;
    for (; *from && length < NAME_SIZE - 1; from++) {
        char c = *from >= 'A' && *from <= 'Z' ? (char)(*from - 'A' + 'a') : *from;
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (good)
            out[length++] = c;
        else if (length > 0 && out[length - 1] != '_')
            out[length++] = '_';
    }
    while (length > 0 && out[length - 1] == '_')
        length--;
    out[length] = '\0';
    if (!name_is_good(out))
        snprintf(out, NAME_SIZE, "app");
}

static quire_status tell(job *j, const char *path, outcome what, quire_error *err)
{
    static const char *const words[] = { "created", "updated", "exists" };
    if (!j->context->json) {
        printf("%-8s %s\n", words[what], path);
        return QUIRE_OK;
    }
    json_t *row = json_pack("{s:s,s:s}", "path", path, "outcome", words[what]);
    return json_array_append_new(j->files, row) == 0 ? QUIRE_OK : qi_fail_memory(err);
}

static void fill_in(const char *template, const char *name, qi_buffer *out)
{
    static const char mark[] = "@NAME@";
    const char *at;
    while ((at = strstr(template, mark))) {
        qi_buffer_add_n(out, template, (size_t)(at - template));
        qi_buffer_add(out, name);
        template = at + sizeof mark - 1;
    }
    qi_buffer_add(out, template);
}

static quire_status write_text(const char *path, qi_buffer *text, quire_error *err)
{
    if (qi_buffer_failed(text))
        return qi_fail_memory(err);
    return qi_file_write(path, text->data, text->length, err);
}

static quire_status make(job *j, const qi_init_file *file, quire_error *err)
{
    const char *path = qi_path_join(&j->context->arena, j->root, file->path);
    if (!path)
        return qi_fail_memory(err);
    if (qi_file_exists(path))
        return file->text ? tell(j, file->path, KEPT, err) : QUIRE_OK;
    if (!file->text)
        return qi_directory_make(path, err);
    qi_buffer text;
    qi_buffer_init(&text, FILE_LIMIT);
    fill_in(file->text, j->name, &text);
    quire_status status = write_text(path, &text, err);
    qi_buffer_free(&text);
    return status == QUIRE_OK ? tell(j, file->path, CREATED, err) : status;
}

static bool has_line(const char *text, const char *line)
{
    size_t length = strlen(line);
    for (const char *at = text; at && *at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, line, length) == 0 && strchr("\r\n", at[length]))
            return true;
    }
    return false;
}

/* Adds the lines that are missing, each once, behind what is there. */
static quire_status extend_ignored(job *j, const char *path, const char *present, quire_error *err)
{
    qi_buffer text;
    qi_buffer_init(&text, FILE_LIMIT + NAME_SIZE);
    qi_buffer_add(&text, present);
    if (text.length > 0 && text.data[text.length - 1] != '\n')
        qi_buffer_add_char(&text, '\n');
    bool missing = false;
    for (size_t i = 0; qi_init_ignored[i]; i++) {
        if (has_line(present, qi_init_ignored[i]))
            continue;
        qi_buffer_printf(&text, "%s\n", qi_init_ignored[i]);
        missing = true;
    }
    quire_status status = missing ? write_text(path, &text, err) : QUIRE_OK;
    qi_buffer_free(&text);
    if (status != QUIRE_OK)
        return status;
    return tell(j, ".gitignore", !missing ? KEPT : *present ? UPDATED : CREATED, err);
}

static quire_status make_ignored(job *j, quire_error *err)
{
    const char *path = qi_path_join(&j->context->arena, j->root, ".gitignore");
    if (!path)
        return qi_fail_memory(err);
    if (!qi_file_exists(path))
        return extend_ignored(j, path, "", err);
    char *present;
    quire_status status = qi_file_read(path, FILE_LIMIT, &j->context->arena, &present, NULL, err);
    return status == QUIRE_OK ? extend_ignored(j, path, present, err) : status;
}

static quire_status make_all(job *j, quire_error *err)
{
    for (const qi_init_file *file = qi_init_files; file->path; file++) {
        quire_status status = make(j, file, err);
        if (status != QUIRE_OK)
            return status;
    }
    return make_ignored(j, err);
}

static void next_steps(const qi_context *context)
{
    qi_note(context, "\nnext:\n"
                     "  quire generate local --name init   write the first migration\n"
                     "  quire migrate local                apply it to a private server\n"
                     "  quire codegen                      write the C of schema and queries");
}

/* The rules are those of quire.conf: what it would refuse must not get into it. */
static bool conf_accepts(qi_context *context, const char *name, quire_error *err)
{
    qi_conf conf;
    char text[2 * NAME_SIZE + 64];
    snprintf(text, sizeof text, "[project]\nname = %s\nprefix = %s\n", name, name);
    return qi_conf_parse(text, "quire.conf", ".", &context->arena, &conf, err) == QUIRE_OK;
}

static qi_exit choose_name(job *j, const qi_args *args, char storage[NAME_SIZE])
{
    quire_error err = { 0 };
    j->name = qi_args_at(args, 0);
    if (!j->name) {
        name_from_directory(j->root, storage);
        j->name = conf_accepts(j->context, storage, NULL) ? storage : "app";
        return QI_EXIT_OK;
    }
    if (!name_is_good(j->name))
        return qi_usage(j->context, args,
                        "\"%s\" cannot be a project's name: lower case letters, digits and _, a "
                        "letter first, at most 63",
                        j->name);
    if (!conf_accepts(j->context, j->name, &err))
        return qi_usage(j->context, args, "\"%s\" cannot be a project's name: %s", j->name,
                        err.message);
    return QI_EXIT_OK;
}

static qi_exit run_init(qi_context *context, const qi_args *args)
{
    quire_error err = { 0 };
    char storage[NAME_SIZE];
    job j = { .context = context };
    if (qi_directory_absolute(context->directory, &context->arena, &j.root, &err) != QUIRE_OK)
        return qi_report(context, &err);
    qi_exit code = choose_name(&j, args, storage);
    if (code)
        return code;
    j.files = json_array();
    if (make_all(&j, &err) != QUIRE_OK) {
        json_decref(j.files);
        return qi_report(context, &err);
    }
    if (context->json)
        return qi_print_json(context,
                             json_pack("{s:s,s:o}", "directory", j.root, "files", j.files));
    json_decref(j.files);
    next_steps(context);
    return QI_EXIT_OK;
}
