// Linux's interfaces that Swift's Glibc module leaves out.
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

// Declared only for _GNU_SOURCE: memfd_create(2).
int memfd_create(const char *name, unsigned int flags);

// The process's environment. As a C variable it is out of reach of Swift 6's checks; it is never
// changed here.
extern char **environ;
static inline char *const *welkin_environment(void) { return environ; }
