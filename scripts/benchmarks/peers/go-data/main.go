// The data service's `context` as one writes it in Go: net/http, golang-jwt, mattn's SQLite. The same job as
// welkin-worker serve: the session and the Origin are checked, the answer is read from the replica as of one moment,
// and who saw whom is in the journal before the answer leaves.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
)

var (
	providerID = os.Getenv("WELKIN_PROVIDER_ID")
	noteType   = os.Getenv("WELKIN_NOTE_TYPE")
	sessionKey = decodedKey(os.Getenv("WELKIN_SESSION_KEY"))
	origin     = originOf(os.Getenv("WELKIN_APP_URL"))
	path       = regexp.MustCompile(`^/a/main/([A-Za-z0-9_-]{22})/data/context$`)
)

type service struct {
	replica *replica
	journal *journal
}

func main() {
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	replica, err := openReplica(os.Getenv("WELKIN_REPLICA"))
	if err != nil {
		log.Fatal(err)
	}
	journal, err := openJournal(os.Getenv("WELKIN_JOURNAL"))
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, &service{replica, journal}))
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found := path.FindStringSubmatch(r.URL.Path)
	if found == nil {
		refuse(w, http.StatusNotFound, "not_found")
		return
	}
	if r.Method != http.MethodPost {
		refuse(w, http.StatusMethodNotAllowed, "method_not_allowed")
		return
	}
	if r.Header.Get("Origin") != origin {
		refuse(w, http.StatusForbidden, "origin_refused")
		return
	}
	session, err := verify(r.Header.Get("X-Welkin-Session"), found[1])
	if err != nil {
		refuse(w, http.StatusUnauthorized, "session_invalid")
		return
	}
	if session.Provider != providerID {
		refuse(w, http.StatusForbidden, "other_provider")
		return
	}
	if r.Header.Get("Content-Type") != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "content_type")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, "too_large")
		return
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil || len(members) != 0 {
		refuse(w, http.StatusBadRequest, "bad_request")
		return
	}
	answer, active, err := s.replica.context(r.Context(), session)
	if err != nil {
		log.Print(err)
		refuse(w, http.StatusServiceUnavailable, "unavailable")
		return
	}
	outcome := "ok"
	if !active {
		outcome = "worker_inactive"
	}
	if err := s.journal.add(entryOf(session, answer, outcome)); err != nil {
		log.Print(err)
		refuse(w, http.StatusServiceUnavailable, "unavailable")
		return
	}
	if !active {
		refuse(w, http.StatusForbidden, outcome)
		return
	}
	write(w, http.StatusOK, answer)
}

func refuse(w http.ResponseWriter, status int, code string) {
	write(w, status, map[string]string{"error": code})
}

func write(w http.ResponseWriter, status int, answer any) {
	text, err := json.Marshal(answer)
	if err != nil {
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	w.WriteHeader(status)
	w.Write(text)
}

// pseudonym stands for a launch in the journal.
func pseudonym(launch string) string {
	mac := hmac.New(sha256.New, sessionKey)
	mac.Write([]byte(launch))
	return hex.EncodeToString(mac.Sum(nil)[:5])
}

func originOf(text string) string {
	address, err := url.Parse(text)
	if err != nil {
		log.Fatal(err)
	}
	return strings.ToLower(address.Scheme + "://" + address.Host)
}
