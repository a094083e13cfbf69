#include <quire/server.h>

#include "base/clock.h"
#include "base/dotenv.h"
#include "base/error.h"
#include "base/file.h"
#include "provider/admin.h"
#include "provider/binaries.h"
#include "provider/directory.h"
#include "provider/launch.h"
#include "provider/place.h"
#include "provider/postmaster.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_WAIT_MS 180000 /* longer than all that is done under the lock */
#define LOCK_POLL_MS 5

/* What every call here starts from. */
typedef struct work {
    qi_arena arena;
    qi_place place;
    const char *directory;
    int lock; /* -1: not held */
} work;

static quire_status begin(work *w, const char *directory, quire_error *err)
{
    *w = (work){ .directory = directory, .lock = -1 };
    return qi_place_find(directory, &w->arena, &w->place, err);
}

static void end(work *w)
{
    if (w->lock >= 0)
        close(w->lock);
    qi_arena_free(&w->arena);
}

static quire_status open_lock(const qi_place *place, int *out, quire_error *err)
{
    int fd = open(place->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return qi_fail_errno(err, errno, "open the lock of the private server", place->lock);
    /* Root's file could not be opened by the server's own user, who may use this project too. */
    if (place->switch_user && fchown(fd, place->uid, place->gid) != 0) {
        int number = errno;
        close(fd);
        return qi_fail_errno(err, number, "give away the lock", place->lock);
    }
    *out = fd;
    return QUIRE_OK;
}

/* flock, since it also keeps threads of one process apart; the fcntl locks do not. */
static quire_status wait_for_lock(int fd, const char *path, int64_t last, quire_error *err)
{
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int number = errno;
        if (number != EINTR && number != EWOULDBLOCK)
            return qi_fail_errno(err, number, "lock", path);
        if (qi_clock_ms() >= last) {
            quire_status status = qi_fail(
                err, QUIRE_TIMEOUT, "another process has held the private server's lock for %d s",
                LOCK_WAIT_MS / 1000);
            qi_locate(err, path, 0, 0);
            return status;
        }
        qi_sleep_ms(LOCK_POLL_MS);
    }
    return QUIRE_OK;
}

/* Whether a lock is still the file of its name: a reset may have removed it while we waited. */
static bool is_current(int fd, const char *path)
{
    struct stat held;
    struct stat named;
    return fstat(fd, &held) == 0 && lstat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

/* Makes the place and locks it until the work ends. */
static quire_status lock(work *w, quire_error *err)
{
    int64_t last = qi_clock_ms() + LOCK_WAIT_MS;
    for (;;) {
        int fd = -1;
        quire_status status = qi_place_make(&w->place, err);
        if (status == QUIRE_OK)
            status = open_lock(&w->place, &fd, err);
        if (status != QUIRE_OK)
            return status;
        status = wait_for_lock(fd, w->place.lock, last, err);
        if (status == QUIRE_OK && is_current(fd, w->place.lock)) {
            w->lock = fd;
            return QUIRE_OK;
        }
        close(fd);
        if (status != QUIRE_OK)
            return status;
    }
}

/* Filling in what is told -------------------------------------------------------------------- */

static quire_status fill_place(work *w, const char *socket, quire_server *out, quire_error *err)
{
    const qi_place *place = &w->place;
    QI_COPY(out->data, place->data);
    QI_COPY(out->socket, socket);
    QI_COPY(out->log, place->log);
    QI_COPY(out->user, place->user);
    QI_COPY(out->database, place->database);
    const char *url = qi_admin_url(&w->arena, socket, place->database);
    if (!url)
        return qi_fail_memory(err);
    QI_COPY(out->url, url);
    return QUIRE_OK;
}

static quire_status fill_running(work *w, const qi_postmaster *postmaster, quire_server *out,
                                 quire_error *err)
{
    out->initialised = true;
    out->running = true;
    out->pid = postmaster->pid;
    QI_COPY(out->binaries, postmaster->binaries);
    (void)qi_place_major(&w->place, &out->major, NULL);
    return fill_place(w, postmaster->socket, out, err);
}

/* Starting ----------------------------------------------------------------------------------- */

/* Uses a server that takes connections. False when there is none, or it just went away. */
static bool reuse(work *w, quire_server *out)
{
    qi_postmaster postmaster;
    quire_server server = { 0 };
    if (!qi_postmaster_look(&w->place, &postmaster) || !postmaster.ready)
        return false;
    if (qi_admin_ensure(&w->arena, postmaster.socket, w->place.database, NULL) != QUIRE_OK ||
        fill_running(w, &postmaster, &server, NULL) != QUIRE_OK)
        return false;
    *out = server;
    return true;
}

static quire_status find_binaries(work *w, qi_binaries *out, quire_error *err)
{
    qi_environment env = { 0 };
    int major = 0;
    quire_status status = qi_environment_load(w->directory, &w->arena, &env, err);
    if (status == QUIRE_OK && qi_place_has_data(&w->place))
        status = qi_place_major(&w->place, &major, err);
    return status == QUIRE_OK ? qi_binaries_find(&env, major, &w->arena, out, err) : status;
}

static quire_status launch(work *w, quire_error *err)
{
    qi_binaries binaries = { 0 };
    quire_status status = find_binaries(w, &binaries, err);
    if (status == QUIRE_OK)
        status = qi_directory_remove(w->place.data_old, err);
    if (status == QUIRE_OK)
        status = qi_place_make_socket(&w->place, err);
    if (status == QUIRE_OK && !qi_place_has_data(&w->place))
        status = qi_server_create(&w->place, &binaries, &w->arena, err);
    return status == QUIRE_OK ? qi_server_launch(&w->place, &binaries, &w->arena, err) : status;
}

/* A server that another process began to start or to stop, and then ended itself. */
static quire_status settle(const qi_place *place, quire_error *err)
{
    qi_postmaster postmaster;
    int64_t last = qi_clock_ms() + LOCK_WAIT_MS;
    while (qi_postmaster_look(place, &postmaster) && !postmaster.ready) {
        if (qi_clock_ms() >= last) {
            quire_status status = qi_fail(
                err, QUIRE_TIMEOUT, "the private server (process %ld) neither gets ready nor ends",
                postmaster.pid);
            qi_hint(err, "Its log tells what it does: %s.", place->log);
            return status;
        }
        qi_sleep_ms(2);
    }
    return QUIRE_OK;
}

static quire_status start(work *w, quire_server *out, quire_error *err)
{
    qi_postmaster postmaster;
    qi_binaries binaries = { 0 };
    /* Looked for before anything is made too, so that what cannot start leaves nothing behind. */
    quire_status status = find_binaries(w, &binaries, err);
    if (status == QUIRE_OK)
        status = lock(w, err);
    if (status == QUIRE_OK)
        status = settle(&w->place, err);
    if (status != QUIRE_OK || reuse(w, out))
        return status;
    quire_server server = { .started = true };
    if (!qi_postmaster_look(&w->place, &postmaster))
        status = launch(w, err);
    else
        server.started = false;
    if (status == QUIRE_OK && !qi_postmaster_look(&w->place, &postmaster))
        status = qi_fail(err, QUIRE_IO, "the private server ended as soon as it was started");
    if (status == QUIRE_OK)
        status = qi_admin_ensure(&w->arena, postmaster.socket, w->place.database, err);
    if (status == QUIRE_CONNECT)
        qi_hint(err, "It runs as process %ld; its log: %s. quire db stop ends it.", postmaster.pid,
                w->place.log);
    if (status == QUIRE_OK)
        status = fill_running(w, &postmaster, &server, err);
    if (status == QUIRE_OK)
        *out = server;
    return status;
}

quire_status quire_server_start(const char *directory, quire_server *out, quire_error *err)
{
    work w;
    quire_server server;
    quire_status status = begin(&w, directory, err);
    if (status == QUIRE_OK && !reuse(&w, &server))
        status = start(&w, &server, err);
    if (status == QUIRE_OK && out)
        *out = server;
    end(&w);
    return status;
}

quire_status quire_server_status(const char *directory, quire_server *out, quire_error *err)
{
    work w;
    qi_postmaster postmaster;
    quire_server server = { 0 };
    if (!out)
        return qi_fail(err, QUIRE_INVALID, "quire_server_status: out is NULL");
    quire_status status = begin(&w, directory, err);
    if (status == QUIRE_OK && qi_postmaster_look(&w.place, &postmaster))
        status = fill_running(&w, &postmaster, &server, err);
    else if (status == QUIRE_OK) {
        qi_binaries binaries = { 0 };
        server.initialised = qi_place_has_data(&w.place);
        /* That they are missing is no failure of looking. */
        if (find_binaries(&w, &binaries, NULL) == QUIRE_OK) {
            QI_COPY(server.binaries, binaries.directory);
            server.major = binaries.major;
        } else if (server.initialised) {
            (void)qi_place_major(&w.place, &server.major, NULL);
        }
        status = fill_place(&w, w.place.socket, &server, err);
    }
    if (status == QUIRE_OK)
        *out = server;
    end(&w);
    return status;
}

/* Ending ------------------------------------------------------------------------------------- */

static quire_status stop(work *w, quire_error *err)
{
    if (!qi_file_exists(w->place.base))
        return QUIRE_OK;
    quire_status status = lock(w, err);
    if (status == QUIRE_OK)
        status = qi_postmaster_stop(&w->place, err);
    if (status == QUIRE_OK)
        qi_place_remove_socket(&w->place);
    return status;
}

quire_status quire_server_stop(const char *directory, quire_error *err)
{
    work w;
    quire_status status = begin(&w, directory, err);
    if (status == QUIRE_OK)
        status = stop(&w, err);
    end(&w);
    return status;
}

/* The data directory goes in one step, under another name; deleting it may then take its time. */
static quire_status remove_data(const qi_place *place, quire_error *err)
{
    quire_status status = qi_directory_remove(place->data_old, err);
    if (status == QUIRE_OK && rename(place->data, place->data_old) != 0 && errno != ENOENT)
        status = qi_fail_errno(err, errno, "rename the data directory", place->data);
    if (status == QUIRE_OK)
        status = qi_directory_remove(place->data_old, err);
    if (status == QUIRE_OK)
        status = qi_directory_remove(place->data_new, err);
    if (status == QUIRE_OK) {
        (void)unlink(place->log);
        (void)unlink(place->log_old);
    }
    /* Outside of the project, nobody would ever look for the rest. */
    if (status == QUIRE_OK && place->fallback)
        status = qi_directory_remove(place->base, err);
    return status;
}

static quire_status erase(work *w, quire_error *err)
{
    quire_status status = stop(w, err);
    if (status == QUIRE_OK)
        status = qi_postmaster_clear(&w->place, err);
    return status == QUIRE_OK ? remove_data(&w->place, err) : status;
}

quire_status quire_server_reset(const char *directory, quire_error *err)
{
    work w;
    quire_status status = begin(&w, directory, err);
    if (status == QUIRE_OK && qi_file_exists(w.place.base))
        status = erase(&w, err);
    end(&w);
    return status;
}

/* Those whose project may be gone ------------------------------------------------------------- */

quire_status quire_server_each(quire_on_server *on_server, void *context, quire_error *err)
{
    qi_arena arena = { 0 };
    const char *const *names = NULL;
    size_t count = 0;
    quire_status status = qi_place_names(&arena, &names, &count, err);
    for (size_t i = 0; status == QUIRE_OK && i < count; i++) {
        qi_place place;
        qi_postmaster postmaster = { 0 };
        /* Others' are closed to this user. */
        if (qi_place_named(names[i], &arena, &place, NULL) != QUIRE_OK)
            continue;
        bool running = qi_postmaster_look(&place, &postmaster);
        on_server(context, &(quire_server_apart){ .project = place.root,
                                                  .project_exists = qi_file_exists(place.root),
                                                  .running = running,
                                                  .pid = running ? postmaster.pid : 0,
                                                  .base = place.base });
    }
    qi_arena_free(&arena);
    return status;
}

static quire_status find_gone(work *w, const char *project, quire_error *err)
{
    const char *name = qi_place_name(project, &w->arena);
    if (!name)
        return qi_fail_memory(err);
    if (qi_file_exists(project)) {
        qi_fail(err, QUIRE_REFUSED, "the project %s is there", project);
        qi_hint(err, "Delete its databases with: quire -C %s db reset --yes.", project);
        return QUIRE_REFUSED;
    }
    if (qi_place_named(name, &w->arena, &w->place, NULL) == QUIRE_OK &&
        strcmp(w->place.root, project) == 0)
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "there is no private server of a project %s", project);
    qi_hint(err, "`quire db list` names them.");
    return QUIRE_REFUSED;
}

quire_status quire_server_remove(const char *project, quire_error *err)
{
    work w = { .lock = -1 };
    if (!project)
        return qi_fail(err, QUIRE_INVALID, "quire_server_remove: project is NULL");
    quire_status status = find_gone(&w, project, err);
    if (status == QUIRE_OK)
        status = erase(&w, err);
    end(&w);
    return status;
}
