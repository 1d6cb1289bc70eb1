package server

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// policy allows what the page needs and nothing else: its own scripts, WebAssembly, its own styles. Lit writes style sheets
// through the CSSOM, which needs no exception.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"

// New is a handler over a built site. Only files of the site are served, to GET and HEAD.
func New(site fs.FS) http.Handler { return &handler{site: site} }

type handler struct {
	site   fs.FS
	packer packer
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Cross-Origin-Opener-Policy", "same-origin")
	head.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	openTo(head, path.Clean("/"+r.URL.Path)) // as it is served: /embed/..%2f is not in /embed
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		head.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are served here", http.StatusMethodNotAllowed)
		return
	}
	name, ok := fileName(r.URL.Path)
	if !ok {
		h.missing(w, r)
		return
	}
	if info, err := fs.Stat(h.site, name); err == nil && info.IsDir() {
		if !strings.HasSuffix(r.URL.Path, "/") {
			// Cleaned, so that it cannot begin with two slashes and lead to another host.
			to := "/" + name + "/"
			if r.URL.RawQuery != "" {
				to += "?" + r.URL.RawQuery
			}
			http.Redirect(w, r, to, http.StatusMovedPermanently)
			return
		}
		name = path.Join(name, "index.html")
	}
	h.serve(w, r, name, http.StatusOK)
}

// openTo sets who may show a page in a frame and load a file: this site, and for what is made to be embedded, everybody.
// A lesson in a frame knows nothing of the person and keeps what it keeps apart for each site, so there is nothing to steal
// by laying something over it.
func openTo(head http.Header, p string) {
	framed := strings.HasPrefix(p, "/embed/")
	who, loads := "'self'", "same-origin"
	if framed {
		who = "*"
	}
	if framed || p == "/embed.js" {
		loads = "cross-origin"
	}
	head.Set("Content-Security-Policy", policy+"; frame-ancestors "+who)
	head.Set("Cross-Origin-Resource-Policy", loads)
}

// fileName is the file a path means; false if it can mean none.
func fileName(p string) (string, bool) {
	name := strings.TrimPrefix(path.Clean("/"+p), "/")
	if name == "" {
		name = "."
	}
	if strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") || !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return "", false
	}
	for _, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." {
			return "", false // no dot files
		}
	}
	return name, true
}

func (h *handler) missing(w http.ResponseWriter, r *http.Request) {
	if _, err := fs.Stat(h.site, "404.html"); err == nil {
		h.serve(w, r, "404.html", http.StatusNotFound)
		return
	}
	http.Error(w, "there is no such page", http.StatusNotFound)
}

func (h *handler) serve(w http.ResponseWriter, r *http.Request, name string, status int) {
	body, err := fs.ReadFile(h.site, name)
	if err != nil {
		if status == http.StatusOK && errors.Is(err, fs.ErrNotExist) {
			h.missing(w, r)
			return
		}
		http.Error(w, "this file cannot be read", http.StatusInternalServerError)
		return
	}
	head := w.Header()
	head.Set("Content-Type", contentType(name))
	head.Set("Vary", "Accept-Encoding")
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:12])
	if e := h.packer.pack(h.site, name, tag, r.Header.Get("Accept-Encoding"), body); e.name != "" {
		body = e.body
		tag += "-" + e.name
		head.Set("Content-Encoding", e.name)
	}
	head.Set("ETag", strconv.Quote(tag))
	head.Set("Cache-Control", caching(name))
	if status == http.StatusOK && matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // whoever went away does not need the rest
	}
}

// caching lets files with a hash in their name stay for a year; all others are asked for again.
func caching(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// types are those that the machine's own table may lack or have wrong.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
	".png": "image/png", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json",
	".woff2": "font/woff2", ".md": "text/markdown; charset=utf-8",
}

func contentType(name string) string {
	ext := path.Ext(name)
	if t, ok := types[ext]; ok {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

// matches tells whether a list of entity tags holds this one.
func matches(header, tag string) bool {
	for _, t := range strings.Split(header, ",") {
		t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
		if t == "*" || t == strconv.Quote(tag) {
			return true
		}
	}
	return false
}
