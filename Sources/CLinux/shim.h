// Linux's interfaces that Swift's Glibc module leaves out.
#include <malloc.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

// Declared only for _GNU_SOURCE: memfd_create(2), sched_setaffinity(2).
int memfd_create(const char *name, unsigned int flags);
int sched_setaffinity(pid_t pid, size_t cpusetsize, const cpu_set_t *mask);
int sched_getaffinity(pid_t pid, size_t cpusetsize, cpu_set_t *mask);

// The process's environment. As a C variable it is out of reach of Swift 6's checks; it is never
// changed here.
extern char **environ;
static inline char *const *welkin_environment(void) { return environ; }
