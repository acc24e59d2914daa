// libfcgi's application interface (Debian: libfcgi-dev). pkg-config finds it.
#include <fcgiapp.h>
