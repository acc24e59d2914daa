/* Times whole processes: starts each program in turn, gives it the body on stdin, reads its answer,
 * and waits for its end.
 *
 *   spawn-loop ROUNDS BODY-FILE NAME=PROGRAM…      (the programs get spawn-loop's environment)
 *
 * Prints for each: NAME, median and 90th percentile of the wall time in microseconds, and the
 * largest resident set in KiB, between tabs.
 *
 * A program of its own rather than a few lines of Python, because Linux counts the parent's pages,
 * as they were at exec, in the child's ru_maxrss: the parent must be smaller than what it measures. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { body_limit = 65536 }; /* what a pipe takes without a reader */

struct program {
    const char *name, *path;
    double *microseconds;
    long resident;
};

static char body[body_limit], answer[body_limit];
static size_t body_length;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void run_once(struct program *program, int round)
{
    int in[2], out[2], status;
    pid_t child;
    struct rusage usage;
    posix_spawn_file_actions_t actions;
    char *arguments[] = {(char *)program->path, NULL};

    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        fail("pipe2");
    if (write(in[1], body, body_length) != (ssize_t)body_length)
        fail("write");
    close(in[1]);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);

    double start = now();
    errno = posix_spawn(&child, program->path, &actions, NULL, arguments, environ);
    if (errno != 0)
        fail(program->path);
    close(in[0]);
    close(out[1]);
    while (read(out[0], answer, sizeof answer) > 0)
        ;
    if (wait4(child, &status, 0, &usage) != child)
        fail("wait4");
    program->microseconds[round] = now() - start;

    close(out[0]);
    posix_spawn_file_actions_destroy(&actions);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s failed with status %d\n", program->path, status);
        exit(1);
    }
    if (usage.ru_maxrss > program->resident)
        program->resident = usage.ru_maxrss;
}

static int ascending(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv)
{
    int rounds = argc > 3 ? atoi(argv[1]) : 0, count = argc - 3;
    if (rounds < 1) {
        fprintf(stderr, "usage: %s ROUNDS BODY-FILE NAME=PROGRAM...\n", argv[0]);
        return 2;
    }
    int file = open(argv[2], O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, body, sizeof body);
    if (length < 0)
        fail(argv[2]);
    body_length = (size_t)length;

    struct program programs[count];
    for (int i = 0; i < count; i++) {
        char *equals = strchr(argv[i + 3], '=');
        if (equals == NULL)
            fail(argv[i + 3]);
        *equals = 0;
        programs[i] = (struct program){argv[i + 3], equals + 1, calloc((size_t)rounds, sizeof(double)), 0};
        run_once(&programs[i], 0); /* from the disk into the page cache */
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < count; i++)
            run_once(&programs[(round + i) % count], round);

    for (int i = 0; i < count; i++) {
        qsort(programs[i].microseconds, (size_t)rounds, sizeof(double), ascending);
        printf("%s\t%.0f\t%.0f\t%ld\n", programs[i].name, programs[i].microseconds[rounds / 2],
               programs[i].microseconds[rounds * 9 / 10], programs[i].resident);
    }
    return 0;
}
