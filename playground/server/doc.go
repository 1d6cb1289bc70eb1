// Package server serves the built playground to browsers: static files, compressed when the site was built, under a strict
// content security policy.
//
//	GET /lessons/pod/en/ ──> security headers ──> file, or its .br twin, or gzip ──> browser
//
// The engine runs in the browser; nothing here knows about clusters.
package server
