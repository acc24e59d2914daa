package main

import (
	"encoding/base64"
	"errors"
	"log"
	"strings"
	"time"

	"github.com/golang-jwt/jwt"
)

var parser = jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}))

type sessionClaims struct {
	Launch   string `json:"jti"`
	App      string `json:"app"`
	Worker   string `json:"sub"`
	Patient  string `json:"pat"`
	Provider string `json:"prv"`
	Started  int64  `json:"iat"`
	Expires  int64  `json:"exp"`
}

// Valid is called by the parser after it has verified the signature.
func (c sessionClaims) Valid() error {
	if time.Now().Unix() >= c.Expires {
		return errors.New("expired")
	}
	return nil
}

func verify(token, launch string) (*sessionClaims, error) {
	claims := &sessionClaims{}
	parsed, err := parser.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return sessionKey, nil })
	if err != nil {
		return nil, err
	}
	if parsed.Header["typ"] != "welkin-session" || claims.App != "main" || claims.Launch != launch {
		return nil, errors.New("not a session of this launch")
	}
	return claims, nil
}

func decodedKey(text string) []byte {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "base64:"))
	if err != nil {
		log.Fatal(err)
	}
	return key
}
