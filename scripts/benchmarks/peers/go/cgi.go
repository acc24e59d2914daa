//go:build cgi

package main

import (
	"log"
	"net/http"
	"net/http/cgi"
)

func main() {
	if err := cgi.Serve(http.HandlerFunc(launch)); err != nil {
		log.Fatal(err)
	}
}
