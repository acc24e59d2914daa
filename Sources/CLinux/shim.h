// Linux's interfaces that Swift's Glibc module leaves out.
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// The process's environment. As a C variable it is out of reach of Swift 6's checks; it is never
// changed here.
extern char **environ;
static inline char *const *welkin_environment(void) { return environ; }
