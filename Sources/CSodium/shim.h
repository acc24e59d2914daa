// libsodium (Debian: libsodium-dev). pkg-config finds it.
#include <sodium.h>
