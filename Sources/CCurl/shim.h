// libcurl (Debian: libcurl4-openssl-dev). pkg-config finds it.
#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

// Its options are set, and what it has seen is asked for, by functions that take a value of any type. Swift cannot
// call such: here is one for each type that is needed.

static inline CURLcode welkin_curl_set_number(CURL *handle, CURLoption option, long number) {
    return curl_easy_setopt(handle, option, number);
}

static inline CURLcode welkin_curl_set_text(CURL *handle, CURLoption option, const char *text) {
    return curl_easy_setopt(handle, option, text);
}

static inline CURLcode welkin_curl_set_lines(CURL *handle, CURLoption option, struct curl_slist *lines) {
    return curl_easy_setopt(handle, option, lines);
}

// For the reason of a failure; `words` has room for CURL_ERROR_SIZE.
static inline CURLcode welkin_curl_set_words(CURL *handle, char *words) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words);
}

static inline long welkin_curl_number(CURL *handle, CURLINFO info) {
    long number = 0;
    curl_easy_getinfo(handle, info, &number);
    return number;
}

// In microseconds; 0 for what did not come about.
static inline curl_off_t welkin_curl_time(CURL *handle, CURLINFO info) {
    curl_off_t time = 0;
    curl_easy_getinfo(handle, info, &time);
    return time;
}

static inline const struct curl_certinfo *welkin_curl_certificates(CURL *handle) {
    struct curl_certinfo *certificates = NULL;
    curl_easy_getinfo(handle, CURLINFO_CERTINFO, &certificates);
    return certificates;
}

// Takes nothing of a body, so that its first piece ends the transfer, with CURLE_WRITE_ERROR.
static inline size_t welkin_curl_refuse(char *piece, size_t size, size_t count, void *unused) {
    (void)piece, (void)size, (void)count, (void)unused;
    return 0;
}

// Is shown a line. From a status line to the empty line, a head is not whole: where the connection ends in it, libcurl
// sees nothing wrong.
static inline size_t welkin_curl_note_head(char *line, size_t size, size_t count, void *is_whole) {
    if (count >= 5 && memcmp(line, "HTTP/", 5) == 0) *(bool *)is_whole = false;
    if (count > 0 && (line[0] == '\r' || line[0] == '\n')) *(bool *)is_whole = true;
    return size * count;
}

static inline void welkin_curl_set_readers(CURL *handle, bool *has_whole_head) {
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, welkin_curl_refuse);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, welkin_curl_note_head);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, has_whole_head);
}
