/* The cost of the cryptography alone: libfcgi, the same body read, the same MACs computed, the same
 * bytes written (answer and log line) as welkin-launch does, and nothing parsed.
 *
 * It starts from one answer that welkin-launch really gave (BENCH_ANSWER names the file), and
 * writes a new LAUNCH, a new session token of the same length and a new sealed hand-off of the same
 * length over it. The MAC of the launch token is computed over as many bytes as Welkin signed. */
#include "../c-common/serve.h"
#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum {
    field_length = 6,   /* "token=" */
    mac_characters = 43, /* base64url of 32 bytes */
    launch_length = 22, /* base64url of 16 bytes */
    identifier_length = 36,
    body_limit = 65536,
    handoff_limit = 2048,
    sealing_overhead =
        crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

/* A part of the answer that every launch has anew. */
struct part { size_t start, length; };

static char *template_bytes;
static size_t template_length;
static struct part handoff, cookie;
static size_t location_launch, cookie_launch;
static crypto_auth_hmacsha256_state client_secret, session_key;
static unsigned char pseudonym_key[crypto_shorthash_KEYBYTES];
static const char log_line[] =
    "welkin-launch: event=launch outcome=launched app=main launch=757acecafd worker=1e9bc12d39 secret=9638bc73\n";
static unsigned char handoff_key[crypto_auth_hmacsha256_BYTES];

static size_t after(const char *mark)
{
    const char *found = strstr(template_bytes, mark);
    if (found == NULL) {
        fprintf(stderr, "the recorded answer has no %s\n", mark);
        exit(2);
    }
    return (size_t)(found - template_bytes) + strlen(mark);
}

/* A key's own blocks are hashed once, as welkin-launch does it. */
static void mac(unsigned char *out, const crypto_auth_hmacsha256_state *key, const void *in, size_t length)
{
    crypto_auth_hmacsha256_state state = *key;
    crypto_auth_hmacsha256_update(&state, in, length);
    crypto_auth_hmacsha256_final(&state, out);
}

static void set_key(crypto_auth_hmacsha256_state *key, const char *secret)
{
    crypto_auth_hmacsha256_init(key, (const unsigned char *)secret, strlen(secret));
}

/* base64url over the answer's own characters; sodium wants room for a zero after them. */
static void put_base64url(char *to, size_t characters, const unsigned char *bytes, size_t length)
{
    char encoded[handoff_limit + 1];
    sodium_bin2base64(encoded, sizeof encoded, bytes, length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    memcpy(to, encoded, characters);
}

static void answer(FCGX_Request *request)
{
    char body[body_limit], out[sizeof body];
    unsigned char tag[crypto_auth_hmacsha256_BYTES], launch[16], sealed[handoff_limit];

    int length = FCGX_GetStr(body, sizeof body, request->in);
    int mac_start = length - mac_characters;
    if (mac_start - 1 <= field_length)
        return;
    /* Compared as any verifier does; with the characters of the token's MAC, since nothing is decoded
     * here, so never equal. */
    mac(tag, &client_secret, body + field_length, (size_t)(mac_start - 1 - field_length));
    if (sodium_memcmp(tag, body + mac_start, sizeof tag) == 0)
        return;

    memcpy(out, template_bytes, template_length);
    randombytes_buf(launch, sizeof launch);
    put_base64url(out + location_launch, launch_length, launch, sizeof launch);
    memcpy(out + cookie_launch, out + location_launch, launch_length);

    mac(tag, &session_key, out + cookie.start, cookie.length - mac_characters - 1);
    put_base64url(out + cookie.start + cookie.length - mac_characters, mac_characters, tag, sizeof tag);

    /* The two pseudonyms of welkin-launch's log line, of the launch and the worker, and a line as
     * long as it: it is part of the bytes that are written. */
    crypto_shorthash(tag, (unsigned char *)out + location_launch, launch_length, pseudonym_key);
    crypto_shorthash(tag, (unsigned char *)out, identifier_length, pseudonym_key);
    if (write(STDERR_FILENO, log_line, sizeof log_line - 1) < 0)
        return;

    if (handoff.length > 0) {
        size_t plain = handoff.length * 3 / 4 - sealing_overhead;
        unsigned char *nonce = sealed, *text = sealed + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
        randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            text, NULL, (unsigned char *)out, plain,
            (unsigned char *)out + location_launch, launch_length, NULL, nonce, handoff_key);
        put_base64url(out + handoff.start, handoff.length, sealed, plain + sealing_overhead);
    }
    FCGX_PutStr(out, (int)template_length, request->out);
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0)
        return 1;
    template_bytes = file_in("BENCH_ANSWER", &template_length);
    set_key(&client_secret, setting("WELKIN_CLIENT_SECRET"));
    set_key(&session_key, setting("WELKIN_SESSION_KEY"));
    crypto_shorthash_keygen(pseudonym_key);
    mac(handoff_key, &session_key, "hand-off", 8);

    handoff.start = after("#handoff=");
    handoff.length = strcspn(template_bytes + handoff.start, "\r\n");
    cookie.start = after("__Secure-welkin=");
    cookie.length = strcspn(template_bytes + cookie.start, ";");
    if (handoff.length > handoff_limit) {
        fprintf(stderr, "the recorded hand-off is longer than expected\n");
        return 2;
    }
    location_launch = after("/a/main/");
    cookie_launch = after("Path=/a/main/");
    return serve(argc, argv, answer);
}
