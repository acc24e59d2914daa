/* The floor: libfcgi, and nothing done. Reads nothing, answers welkin-launch's own answer, copied
 * once before the run (BENCH_ANSWER names the file). */
#include "../c-common/serve.h"

static const char *answer_bytes;
static size_t answer_length;

static void answer(FCGX_Request *request)
{
    FCGX_PutStr(answer_bytes, (int)answer_length, request->out);
}

int main(int argc, char **argv)
{
    answer_bytes = file_in("BENCH_ANSWER", &answer_length);
    return serve(argc, argv, answer);
}
