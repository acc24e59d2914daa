// The whole launch as one writes it in Go: the standard library and golang-jwt. The same handler is
// served by net/http/fcgi (fcgi.go) and, built with the tag cgi, by net/http/cgi (cgi.go).
//
// The hand-off is sealed with AES-256-GCM, the AEAD that Go's standard library has.
package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"regexp"
	"time"

	"github.com/golang-jwt/jwt"
)

var (
	appURL     = os.Getenv("WELKIN_APP_URL")
	clientID   = os.Getenv("WELKIN_CLIENT_ID")
	secret     = []byte(os.Getenv("WELKIN_CLIENT_SECRET"))
	sessionKey = []byte(os.Getenv("WELKIN_SESSION_KEY"))
	providerID = os.Getenv("WELKIN_PROVIDER_ID")
	handoff    = handoffCipher()
	guid       = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	parser     = jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}))
)

type launchClaims struct {
	jwt.RegisteredClaims
	Client   string `json:"welkin_oauth_client_id"`
	Worker   string `json:"welkin_worker_id"`
	Provider string `json:"welkin_provider_id"`
	Patient  string `json:"welkin_patient_id"`
}

type sessionClaims struct {
	App      string `json:"app"`
	Launch   string `json:"launch"`
	Worker   string `json:"worker"`
	Provider string `json:"provider"`
	Patient  string `json:"patient,omitempty"`
	Expires  int64  `json:"exp"`
	Ends     int64  `json:"end"`
}

func (sessionClaims) Valid() error { return nil }

// Valid is called by the parser after it has verified the signature.
func (c launchClaims) Valid() error {
	now := time.Now()
	if c.ExpiresAt == nil || !now.Before(c.ExpiresAt.Add(30*time.Second)) ||
		c.ExpiresAt.After(now.Add(630*time.Second)) {
		return errors.New("expiry")
	}
	if c.Issuer != "coach.welkinhealth.com" || !c.VerifyAudience(appURL, true) ||
		c.Client != clientID || c.Provider != providerID {
		return errors.New("not for us")
	}
	if !guid.MatchString(c.Worker) || (c.Patient != "" && !guid.MatchString(c.Patient)) {
		return errors.New("identifiers")
	}
	return nil
}

func handoffCipher() cipher.AEAD {
	mac := hmac.New(sha256.New, sessionKey)
	mac.Write([]byte("hand-off"))
	block, err := aes.NewCipher(mac.Sum(nil))
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

func seal(session sessionClaims) (string, error) {
	plain, err := json.Marshal(session)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, handoff.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(handoff.Seal(nonce, nonce, plain, []byte(session.Launch))), nil
}

func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write([]byte("{\"error\":\"launch_refused\"}\n"))
}

func launch(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 65536)
	if r.Method != http.MethodPost || r.ParseForm() != nil || len(r.PostForm["token"]) != 1 {
		refuse(w, http.StatusBadRequest)
		return
	}
	var claims launchClaims
	_, err := parser.ParseWithClaims(r.PostForm["token"][0], &claims, func(*jwt.Token) (interface{}, error) {
		return secret, nil
	})
	if err != nil {
		refuse(w, http.StatusUnauthorized)
		return
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	now := time.Now().Unix()
	session := sessionClaims{
		App: "main", Launch: base64.RawURLEncoding.EncodeToString(random), Worker: claims.Worker,
		Provider: claims.Provider, Patient: claims.Patient, Expires: now + 900, Ends: now + 28800,
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, session)
	token.Header["typ"] = "welkin-session"
	signed, err := token.SignedString(sessionKey)
	sealed, sealError := seal(session)
	if err != nil || sealError != nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	path := "/a/main/" + session.Launch + "/"
	header := w.Header()
	header.Set("Location", "https://apps.example.test"+path+"#handoff="+sealed)
	header.Set("Set-Cookie", "__Secure-welkin="+signed+"; Path="+path+
		"; Max-Age=900; Secure; HttpOnly; SameSite=None; Partitioned")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(http.StatusFound)
}
