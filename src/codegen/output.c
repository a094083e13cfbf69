#include "codegen/output.h"
#include "base/error.h"
#include "base/file.h"
#include "codegen/emit.h"

#include <string.h>
#include <unistd.h>

quire_status qi_codegen_compare(qi_codegen_file *file, qi_arena *arena, quire_error *err)
{
    file->state = QI_CODEGEN_MISSING;
    if (!qi_file_exists(file->path))
        return QUIRE_OK;
    char *old;
    quire_status status =
        qi_file_read(file->path, QI_GEN_FILE_LIMIT, arena, &old, &file->old_length, err);
    if (status != QUIRE_OK)
        return status;
    file->old = old;
    size_t marker = strlen(QI_GEN_MARKER);
    if (file->old_length > 0 &&
        (file->old_length < marker || memcmp(old, QI_GEN_MARKER, marker) != 0)) {
        qi_fail(err, QUIRE_REFUSED, "the file was not written by quire codegen");
        qi_locate(err, file->name, 1, 0);
        qi_hint(err, "Move it away, or give [project] prefix or [paths] generated another value in "
                     "quire.conf.");
        return QUIRE_REFUSED;
    }
    bool same = file->old_length == file->length && memcmp(old, file->text, file->length) == 0;
    file->state = same ? QI_CODEGEN_SAME : QI_CODEGEN_STALE;
    return QUIRE_OK;
}

/* Puts a file back as it was; what cannot be put back is as good as it gets. */
static void take_back(const qi_codegen_file *file)
{
    if (file->old)
        qi_file_write(file->path, file->old, file->old_length, NULL);
    else
        unlink(file->path);
}

static quire_status make_directory(const qi_codegen_file *file, quire_error *err)
{
    qi_arena arena = { 0 };
    const char *slash = strrchr(file->path, '/');
    char *directory =
        slash ? qi_arena_text_n(&arena, file->path, (size_t)(slash - file->path)) : NULL;
    quire_status status = QUIRE_OK;
    if (slash && !directory)
        status = qi_fail_memory(err);
    else if (directory && *directory)
        status = qi_directory_make(directory, err);
    qi_arena_free(&arena);
    return status;
}

quire_status qi_codegen_write(const qi_codegen *code, quire_error *err)
{
    size_t count = sizeof code->files / sizeof *code->files;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        const qi_codegen_file *file = &code->files[i];
        if (file->state == QI_CODEGEN_SAME)
            continue;
        status = make_directory(file, err);
        if (status == QUIRE_OK)
            status = qi_file_write(file->path, file->text, file->length, err);
        for (size_t k = 0; status != QUIRE_OK && k < i; k++)
            if (code->files[k].state != QI_CODEGEN_SAME)
                take_back(&code->files[k]);
    }
    return status;
}
