/* Loaded into a program before the C library, to end it at an exact point of what it writes, to take its disk
 * away, to turn its clock, or to tell it that a folder is on a network. Told what to do by the environment:
 *
 *   PRELOAD_UNDER     the folder whose files count; needed for all but the clock
 *   PRELOAD_KILL      N: SIGKILL at the N-th point. Each write has three (before it, when half of it is done, after
 *                     it); each sync, truncation, renaming and removal has two (before and after it)
 *   PRELOAD_POINTS    all (when not set), commit: only the writes that end a transaction in SQLite's log, or
 *                     checkpoint: only what a check point does
 *   PRELOAD_CLOCK     seconds that the time of day is ahead
 *   PRELOAD_FS        what statfs says of the folder's kind, such as 0x6969 for NFS
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static _Atomic long points;
static long kill_at;
static char under[PATH_MAX], only[16];

#define NEXT(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("PRELOAD_UNDER"), *number = getenv("PRELOAD_KILL"), *kind = getenv("PRELOAD_POINTS");
    if (folder) snprintf(under, sizeof under, "%s/", folder);
    if (number) kill_at = atol(number);
    snprintf(only, sizeof only, "%s", kind ? kind : "all");
}

static void point(void) {
    if (++points == kill_at) kill(getpid(), SIGKILL);
}

static int is_ours(const char *path) { return *under && strncmp(path, under, strlen(under)) == 0; }

/* The path of an open file that counts, else null. */
static const char *path_of(int fd, char *buffer) {
    char link[64];
    if (!*under) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, buffer, PATH_MAX - 1);
    if (length < 0) return NULL;
    buffer[length] = 0;
    return is_ours(buffer) ? buffer : NULL;
}

static int ends_with(const char *path, const char *end) {
    size_t length = strlen(path), want = strlen(end);
    return length >= want && strcmp(path + length - want, end) == 0;
}

/* Whether what is done to this file is a point; `frame` is what is written to it, if it is written to. In SQLite's
 * log the head of a frame has 24 bytes and comes before its page; in the last frame of a transaction the head's
 * bytes 4 to 7 are not all 0 (sqlite.org/fileformat2.html, "WAL Frame Format"). */
static int counts(const char *path, const void *frame, size_t size) {
    if (!path) return 0;
    static const char none[4];
    static _Atomic int is_last;
    if (strcmp(only, "commit") == 0) {
        if (!frame || !ends_with(path, "-wal")) return 0;
        if (size == 24) is_last = memcmp((const char *)frame + 4, none, 4) != 0;
        return is_last;
    }
    /* A check point syncs the log, writes the database and syncs it, and in the end removes the log. */
    if (strcmp(only, "checkpoint") == 0) return !frame || ends_with(path, ".db");
    return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
    char buffer[PATH_MAX];
    if (!counts(path_of(fd, buffer), bytes, size)) return NEXT(pwrite64)(fd, bytes, size, offset);
    point();
    NEXT(pwrite64)(fd, bytes, size / 2, offset);
    point();
    ssize_t written = NEXT(pwrite64)(fd, bytes, size, offset);
    point();
    return written;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    char buffer[PATH_MAX];
    if (!counts(path_of(fd, buffer), bytes, size)) return NEXT(write)(fd, bytes, size);
    point();
    ssize_t half = NEXT(write)(fd, bytes, size / 2);
    if (half < 0) return half;
    point();
    ssize_t rest = NEXT(write)(fd, (const char *)bytes + half, size - half);
    point();
    return rest < 0 ? half : half + rest;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return pwrite64(fd, bytes, size, offset); }

#define AROUND(type, name, path, call)                     \
    char buffer[PATH_MAX];                                 \
    (void)buffer;                                          \
    int is_point = counts(path, NULL, 0);                  \
    if (is_point) point();                                 \
    type result = NEXT(name) call;                         \
    if (is_point) point();                                 \
    return result

int fsync(int fd) { AROUND(int, fsync, path_of(fd, buffer), (fd)); }
int fdatasync(int fd) { AROUND(int, fdatasync, path_of(fd, buffer), (fd)); }
int ftruncate64(int fd, off64_t size) { AROUND(int, ftruncate64, path_of(fd, buffer), (fd, size)); }
int unlink(const char *path) { AROUND(int, unlink, is_ours(path) ? path : NULL, (path)); }
int rename(const char *from, const char *to) { AROUND(int, rename, is_ours(to) ? to : NULL, (from, to)); }

static long seconds_ahead(void) {
    static _Atomic long ahead = LONG_MIN;
    if (ahead == LONG_MIN) {
        const char *seconds = getenv("PRELOAD_CLOCK");
        ahead = seconds ? atol(seconds) : 0;
    }
    return ahead;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = NEXT(clock_gettime)(clock, time);
    if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += seconds_ahead();
    return result;
}

/* By which certificates are judged. */
int gettimeofday(struct timeval *time, void *zone) {
    int result = NEXT(gettimeofday)(time, zone);
    if (result == 0) time->tv_sec += seconds_ahead();
    return result;
}

time_t time(time_t *result) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

int statfs(const char *path, struct statfs *status) {
    int result = NEXT(statfs)(path, status);
    const char *kind = getenv("PRELOAD_FS");
    if (result == 0 && kind && *under && strncmp(path, under, strlen(under) - 1) == 0)
        status->f_type = strtol(kind, NULL, 0);
    return result;
}
