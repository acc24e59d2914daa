/* What the C contestants share: a FastCGI listener with threads, and files read at the start.
 *
 * Plain libfcgi, as its own example threaded.c does it: every thread accepts for itself. */
#ifndef BENCH_SERVE_H
#define BENCH_SERVE_H

#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef void (*answer_fn)(FCGX_Request *request);

static int serve_socket;
static answer_fn serve_answer;

static void *serve_thread(void *unused)
{
    (void)unused;
    FCGX_Request request;
    if (FCGX_InitRequest(&request, serve_socket, 0) != 0)
        exit(1);
    while (FCGX_Accept_r(&request) == 0) {
        serve_answer(&request);
        FCGX_Finish_r(&request);
    }
    return NULL;
}

/* Serves on the UNIX socket named by argv[1] with as many threads as argv[2] says. Never returns. */
static int serve(int argc, char **argv, answer_fn answer)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s SOCKET THREADS\n", argv[0]);
        return 2;
    }
    FCGX_Init();
    serve_socket = FCGX_OpenSocket(argv[1], 511);
    if (serve_socket < 0)
        return 1;
    serve_answer = answer;
    pthread_t thread;
    for (int left = atoi(argv[2]); left > 1; left--)
        if (pthread_create(&thread, NULL, serve_thread, NULL) != 0)
            return 1;
    serve_thread(NULL);
    return 1;
}

/* The environment variable, or the end of the program. */
__attribute__((unused)) static const char *setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "%s is not set\n", name);
        exit(2);
    }
    return value;
}

/* The whole file named by the environment variable, with a zero after it. Ends the program when it
 * cannot be read. */
__attribute__((unused)) static char *file_in(const char *name, size_t *length)
{
    static char content[65536];
    FILE *file = fopen(setting(name), "rb");
    if (file == NULL) {
        perror(setting(name));
        exit(2);
    }
    *length = fread(content, 1, sizeof content - 1, file);
    fclose(file);
    content[*length] = 0;
    return content;
}

#endif
