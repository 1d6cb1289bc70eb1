// Package server serves the built playground to browsers: static files, compressed when the site was built, under a strict
// content security policy.
//
//	GET /lessons/pod/en/ ──> security headers ──> file, its .br twin if the browser takes brotli ──> browser
//
// The engine runs in the browser; nothing here knows about clusters.
package server
