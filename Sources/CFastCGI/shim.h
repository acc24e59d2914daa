// libfcgi's application interface and the protocol's numbers (Debian: libfcgi-dev). pkg-config finds it.
#include <fastcgi.h>
#include <fcgiapp.h>
