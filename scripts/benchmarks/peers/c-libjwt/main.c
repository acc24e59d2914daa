/* The whole launch as one writes it in C: libfcgi, libjwt for the tokens, libsodium for the
 * hand-off. Settings come from the same variables as welkin-launch's. */
#include "../c-common/serve.h"
#include <ctype.h>
#include <jwt.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

enum { body_limit = 65536, idle_seconds = 900, max_seconds = 28800 };

static const char *app_url, *client_id, *client_secret, *session_key, *provider_id;
static unsigned char handoff_key[crypto_auth_hmacsha256_BYTES];
static const char origin[] = "https://apps.example.test";

static void refuse(FCGX_Request *request, const char *status)
{
    FCGX_FPrintF(request->out,
        "Status: %s\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n\r\n"
        "{\"error\":\"launch_refused\"}\n", status);
}

static int percent_decode(char *text)
{
    char *to = text;
    for (char *from = text; *from != 0; from++) {
        if (*from == '+') {
            *to++ = ' ';
        } else if (*from == '%') {
            if (!isxdigit((unsigned char)from[1]) || !isxdigit((unsigned char)from[2]))
                return 0;
            char digits[3] = {from[1], from[2], 0};
            *to++ = (char)strtol(digits, NULL, 16);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = 0;
    return 1;
}

/* The form's one `token` field, decoded in place, or NULL. */
static char *token_in(char *body)
{
    char *token = NULL, *rest = body, *field;
    while ((field = strsep(&rest, "&")) != NULL) {
        if (strncmp(field, "token=", 6) != 0)
            continue;
        if (token != NULL)
            return NULL;
        token = field + 6;
    }
    return token != NULL && percent_decode(token) ? token : NULL;
}

static int is_guid(const char *text)
{
    if (text == NULL || strlen(text) != 36)
        return 0;
    for (int i = 0; i < 36; i++) {
        int dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
            return 0;
    }
    return 1;
}

static int has(jwt_t *claims, const char *name, const char *value)
{
    const char *found = jwt_get_grant(claims, name);
    return found != NULL && strcmp(found, value) == 0;
}

/* The signature was already verified by jwt_decode. */
static int is_launch(jwt_t *claims, time_t now)
{
    const char *patient = jwt_get_grant(claims, "welkin_patient_id");
    long expiry = jwt_get_grant_int(claims, "exp");
    return jwt_get_alg(claims) == JWT_ALG_HS256
        && has(claims, "iss", "coach.welkinhealth.com") && has(claims, "aud", app_url)
        && has(claims, "welkin_oauth_client_id", client_id)
        && has(claims, "welkin_provider_id", provider_id)
        && expiry + 30 > now && expiry <= now + 630
        && is_guid(jwt_get_grant(claims, "welkin_worker_id")) && (patient == NULL || is_guid(patient));
}

static char *session_for(jwt_t *claims, const char *launch, time_t now, char **payload)
{
    jwt_t *session;
    if (jwt_new(&session) != 0)
        return NULL;
    const char *patient = jwt_get_grant(claims, "welkin_patient_id");
    jwt_add_header(session, "typ", "welkin-session");
    jwt_add_grant(session, "app", "main");
    jwt_add_grant(session, "launch", launch);
    jwt_add_grant(session, "worker", jwt_get_grant(claims, "welkin_worker_id"));
    jwt_add_grant(session, "provider", jwt_get_grant(claims, "welkin_provider_id"));
    if (patient != NULL)
        jwt_add_grant(session, "patient", patient);
    jwt_add_grant_int(session, "exp", now + idle_seconds);
    jwt_add_grant_int(session, "end", now + max_seconds);
    jwt_set_alg(session, JWT_ALG_HS256, (const unsigned char *)session_key, (int)strlen(session_key));
    char *token = jwt_encode_str(session);
    *payload = jwt_get_grants_json(session, NULL);
    jwt_free(session);
    return token;
}

static void seal(char *out, size_t room, const char *payload, const char *launch)
{
    unsigned char sealed[1024];
    size_t length = strlen(payload), nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    size_t overhead = nonce + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (length + overhead > sizeof sealed)
        length = sizeof sealed - overhead;
    randombytes_buf(sealed, nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed + nonce, NULL, (const unsigned char *)payload, length,
        (const unsigned char *)launch, strlen(launch), NULL, sealed, handoff_key);
    sodium_bin2base64(out, room, sealed, length + overhead, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void launch(FCGX_Request *request, jwt_t *claims, time_t now)
{
    unsigned char random[16];
    char id[32], sealed[2048], *payload = NULL;
    randombytes_buf(random, sizeof random);
    sodium_bin2base64(id, sizeof id, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *token = session_for(claims, id, now, &payload);
    if (token == NULL || payload == NULL) {
        refuse(request, "503 Service Unavailable");
    } else {
        seal(sealed, sizeof sealed, payload, id);
        FCGX_FPrintF(request->out,
            "Status: 302 Found\r\nLocation: %s/a/main/%s/#handoff=%s\r\n"
            "Set-Cookie: __Secure-welkin=%s; Path=/a/main/%s/; Max-Age=900; Secure; HttpOnly; "
            "SameSite=None; Partitioned\r\n"
            "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n",
            origin, id, sealed, token, id);
    }
    free(token);
    free(payload);
}

static void answer(FCGX_Request *request)
{
    char body[body_limit];
    int length = FCGX_GetStr(body, sizeof body - 1, request->in);
    body[length] = 0;
    const char *method = FCGX_GetParam("REQUEST_METHOD", request->envp);
    char *token = token_in(body);
    if (method == NULL || strcmp(method, "POST") != 0 || token == NULL) {
        refuse(request, "400 Bad Request");
        return;
    }
    jwt_t *claims = NULL;
    time_t now = time(NULL);
    if (jwt_decode(&claims, token, (const unsigned char *)client_secret, (int)strlen(client_secret)) == 0
        && is_launch(claims, now))
        launch(request, claims, now);
    else
        refuse(request, "401 Unauthorized");
    jwt_free(claims);
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0)
        return 1;
    app_url = setting("WELKIN_APP_URL");
    client_id = setting("WELKIN_CLIENT_ID");
    client_secret = setting("WELKIN_CLIENT_SECRET");
    session_key = setting("WELKIN_SESSION_KEY");
    provider_id = setting("WELKIN_PROVIDER_ID");
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)session_key, strlen(session_key));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)"hand-off", 8);
    crypto_auth_hmacsha256_final(&state, handoff_key);
    return serve(argc, argv, answer);
}
