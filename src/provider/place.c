#include "provider/place.h"

#include "base/conf.h"
#include "base/error.h"
#include "base/file.h"
#include "provider/directory.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define FALLBACK "/var/lib/quire"
#define SOCKET_NAME "/.s.PGSQL.5432"
#define USER_BUFFER 4096

/* FNV-1a: a name for a path. That two paths share one is noticed by the file `project`. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

/* Who runs the server ------------------------------------------------------------------------ */

static bool find_user(qi_place *place, qi_arena *arena, const char *name, uid_t uid)
{
    char buffer[USER_BUFFER];
    struct passwd entry;
    struct passwd *found = NULL;
    int failed = name ? getpwnam_r(name, &entry, buffer, sizeof buffer, &found)
                      : getpwuid_r(uid, &entry, buffer, sizeof buffer, &found);
    if (failed || !found)
        return false;
    place->user = qi_arena_text(arena, found->pw_name);
    place->uid = found->pw_uid;
    place->gid = found->pw_gid;
    return place->user != NULL;
}

/* A user without an entry, as in a container that is run under any number. */
static quire_status take_number(qi_place *place, qi_arena *arena, uid_t uid, gid_t gid,
                                quire_error *err)
{
    place->uid = uid;
    place->gid = gid;
    place->user = qi_arena_printf(arena, "%lu", (unsigned long)uid);
    return place->user ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status take_user(qi_place *place, qi_arena *arena, uid_t uid, gid_t gid,
                              quire_error *err)
{
    return find_user(place, arena, NULL, uid) ? QUIRE_OK : take_number(place, arena, uid, gid, err);
}

static quire_status take_server_user(qi_place *place, qi_arena *arena, quire_error *err)
{
    if (find_user(place, arena, "postgres", 0) && place->uid != 0)
        return QUIRE_OK;
    if (find_user(place, arena, "nobody", 0) && place->uid != 0)
        return QUIRE_OK;
    quire_status status = qi_fail(err, QUIRE_IO,
                                  "PostgreSQL refuses to run as root, and there is "
                                  "neither a user postgres nor a user nobody");
    qi_hint(err, "Make one: adduser --system postgres.");
    return status;
}

/* Whether a user may pass through a directory, as far as its mode tells. */
static bool may_enter(const char *path, uid_t uid, gid_t gid)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return false;
    if (info.st_uid == uid)
        return (info.st_mode & S_IXUSR) != 0;
    if (info.st_gid == gid)
        return (info.st_mode & S_IXGRP) != 0;
    return (info.st_mode & S_IXOTH) != 0;
}

static bool may_reach(const char *path, uid_t uid, gid_t gid)
{
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof part)
        return false;
    memcpy(part, path, length + 1);
    while (part[0] && part[1]) {
        if (!may_enter(part, uid, gid))
            return false;
        char *slash = strrchr(part, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    return may_enter("/", uid, gid);
}

/* Where ------------------------------------------------------------------------------------- */

static quire_status name_parts(qi_place *place, qi_arena *arena, quire_error *err)
{
    const struct {
        const char **path;
        const char *name;
    } parts[] = {
        { &place->data, "data" },         { &place->data_new, "data.new" },
        { &place->data_old, "data.old" }, { &place->log, "log" },
        { &place->log_old, "log.old" },   { &place->lock, "lock" },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].path = qi_path_join(arena, place->base, parts[i].name);
        if (!*parts[i].path)
            return qi_fail_memory(err);
    }
    return QUIRE_OK;
}

static bool is_short(const char *directory)
{
    struct sockaddr_un address;
    return strlen(directory) + sizeof SOCKET_NAME <= sizeof address.sun_path;
}

/* A socket's path has to fit into its address, and a comma would make libpq see two hosts. */
static quire_status choose_socket(qi_place *place, qi_arena *arena, quire_error *err)
{
    if (is_short(place->base) && !strpbrk(place->base, ",\"\\\n")) {
        place->socket = place->base;
        return QUIRE_OK;
    }
    place->socket_apart = true;
    unsigned long long hash = hash_of(place->base);
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    struct stat info;
    if (!place->switch_user && runtime && runtime[0] == '/' && !strpbrk(runtime, ",\"\\\n") &&
        stat(runtime, &info) == 0 && info.st_uid == place->uid && (info.st_mode & 077) == 0) {
        place->socket = qi_arena_printf(arena, "%s/quire-%016llx", runtime, hash);
        if (place->socket && is_short(place->socket))
            return QUIRE_OK;
    }
    /* Not TMPDIR, which every process may have set differently. */
    place->socket =
        qi_arena_printf(arena, "/tmp/quire-%lu-%016llx", (unsigned long)place->uid, hash);
    return place->socket ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status use_base(qi_place *place, qi_arena *arena, const char *base, bool fallback,
                             quire_error *err)
{
    if (!base)
        return qi_fail_memory(err);
    place->base = base;
    place->fallback = fallback;
    quire_status status = name_parts(place, arena, err);
    return status == QUIRE_OK ? choose_socket(place, arena, err) : status;
}

/* A .quire that is there decides: its owner is the user that has always run this server. */
static quire_status find_for_root(qi_place *place, qi_arena *arena, quire_error *err)
{
    const char *inside = qi_path_join(arena, place->root, ".quire");
    const char *apart =
        qi_arena_printf(arena, FALLBACK "/%016llx", (unsigned long long)hash_of(place->root));
    const char *data = inside ? qi_path_join(arena, inside, "data") : NULL;
    if (!inside || !apart || !data)
        return qi_fail_memory(err);
    place->switch_user = true;
    struct stat info;
    if (lstat(inside, &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid != 0) {
        quire_status status = take_user(place, arena, info.st_uid, info.st_gid, err);
        return status == QUIRE_OK ? use_base(place, arena, inside, false, err) : status;
    }
    quire_status status = take_server_user(place, arena, err);
    if (status != QUIRE_OK)
        return status;
    if (!qi_file_exists(data) &&
        (qi_file_exists(apart) || !may_reach(place->root, place->uid, place->gid)))
        return use_base(place, arena, apart, true, err);
    return use_base(place, arena, inside, false, err);
}

quire_status qi_place_find(const char *directory, qi_arena *arena, qi_place *out, quire_error *err)
{
    qi_conf conf = { 0 };
    quire_status status = qi_conf_load(directory, arena, &conf, err);
    if (status != QUIRE_OK)
        return status;
    qi_place place = { .root = conf.root, .database = conf.name };
    if (geteuid() == 0)
        status = find_for_root(&place, arena, err);
    else {
        status = take_user(&place, arena, geteuid(), getegid(), err);
        if (status == QUIRE_OK)
            status = use_base(&place, arena, qi_path_join(arena, conf.root, ".quire"), false, err);
    }
    if (status == QUIRE_OK)
        *out = place;
    return status;
}

/* Apart from the project ---------------------------------------------------------------------- */

const char *qi_place_name(const char *project, qi_arena *arena)
{
    return qi_arena_printf(arena, "%016llx", (unsigned long long)hash_of(project));
}

quire_status qi_place_names(qi_arena *arena, const char *const **names, size_t *count,
                            quire_error *err)
{
    return qi_directory_list(FALLBACK, "", arena, names, count, err);
}

quire_status qi_place_named(const char *name, qi_arena *arena, qi_place *out, quire_error *err)
{
    struct stat info;
    char *project = NULL;
    qi_place place = { .database = "", .switch_user = geteuid() == 0 };
    const char *base = qi_path_join(arena, FALLBACK, name);
    const char *file = base ? qi_path_join(arena, base, "project") : NULL;
    if (!file)
        return qi_fail_memory(err);
    quire_status status = qi_file_read(file, 65536, arena, &project, NULL, err);
    if (status == QUIRE_OK && lstat(base, &info) != 0)
        status = qi_fail_errno(err, errno, "look at", base);
    if (status != QUIRE_OK)
        return status;
    place.root = project;
    status = take_user(&place, arena, info.st_uid, info.st_gid, err);
    if (status == QUIRE_OK)
        status = use_base(&place, arena, base, true, err);
    if (status == QUIRE_OK)
        *out = place;
    return status;
}

/* Making ------------------------------------------------------------------------------------ */

/* `project` tells people whose data this is, and would show that two paths have the same hash. */
static quire_status mark_project(const qi_place *place, quire_error *err)
{
    qi_arena arena = { 0 };
    char *text = NULL;
    const char *path = qi_path_join(&arena, place->base, "project");
    quire_status status = path ? QUIRE_OK : qi_fail_memory(err);
    if (status == QUIRE_OK && !qi_file_exists(path)) {
        status = qi_file_write(path, place->root, strlen(place->root), err);
    } else if (status == QUIRE_OK) {
        status = qi_file_read(path, 65536, &arena, &text, NULL, err);
        if (status == QUIRE_OK && strcmp(text, place->root) != 0) {
            status = qi_fail(err, QUIRE_REFUSED, "%s is the private server of another project",
                             place->base);
            qi_detail(err, "It belongs to %s.", text);
        }
    }
    qi_arena_free(&arena);
    return status;
}

static quire_status ignore_in_git(const qi_place *place, quire_error *err)
{
    qi_arena arena = { 0 };
    const char *path = qi_path_join(&arena, place->base, ".gitignore");
    quire_status status = path ? QUIRE_OK : qi_fail_memory(err);
    if (status == QUIRE_OK && !qi_file_exists(path))
        status = qi_file_write(path, "*\n", 2, err);
    qi_arena_free(&arena);
    return status;
}

quire_status qi_place_make(const qi_place *place, quire_error *err)
{
    if (place->fallback) {
        quire_status status = qi_directory_make(FALLBACK, err);
        if (status != QUIRE_OK)
            return status;
    }
    quire_status status = qi_directory_private(place->base, place->uid, place->gid, err);
    if (status == QUIRE_OK)
        status = place->fallback ? mark_project(place, err) : ignore_in_git(place, err);
    return status;
}

quire_status qi_place_make_socket(const qi_place *place, quire_error *err)
{
    if (!place->socket_apart)
        return QUIRE_OK;
    return qi_directory_private(place->socket, place->uid, place->gid, err);
}

void qi_place_remove_socket(const qi_place *place)
{
    /* It is empty once the server has ended; where it is not, it is better left alone. */
    if (place->socket_apart)
        (void)rmdir(place->socket);
}

bool qi_place_has_data(const qi_place *place)
{
    struct stat info;
    return lstat(place->data, &info) == 0 && S_ISDIR(info.st_mode);
}

quire_status qi_place_major(const qi_place *place, int *major, quire_error *err)
{
    qi_arena arena = { 0 };
    char *text = NULL;
    const char *path = qi_path_join(&arena, place->data, "PG_VERSION");
    quire_status status =
        path ? qi_file_read(path, 64, &arena, &text, NULL, err) : qi_fail_memory(err);
    if (status == QUIRE_OK && text) {
        *major = (int)strtol(text, NULL, 10);
        if (*major < 10) {
            status = qi_fail(err, QUIRE_IO, "not a data directory of PostgreSQL");
            qi_locate(err, place->data, 0, 0);
        }
    }
    if (status == QUIRE_IO)
        qi_hint(err, "Begin anew without the data: quire db reset --yes.");
    qi_arena_free(&arena);
    return status;
}
