package server_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/slipway-dev/slipway/playground/server"
	"github.com/stretchr/testify/require"
)

func site() fstest.MapFS {
	return fstest.MapFS{
		"index.html":                {Data: []byte("<p>home")},
		"404.html":                  {Data: []byte("<p>nothing here")},
		"slipway.wasm":              {Data: []byte("\x00asm")},
		"slipway.wasm.br":           {Data: []byte("small")},
		"assets/main-abc.js":        {Data: []byte("1")},
		"lessons/pod/en/index.html": {Data: []byte("<p>a pod")},
		".secret":                   {Data: []byte("no")},
	}
}

func ask(method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost/", nil)
	r.URL.Path = target
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	server.New(site()).ServeHTTP(w, r)
	return w
}

func ExampleNew() {
	w := httptest.NewRecorder()
	server.New(site()).ServeHTTP(w, httptest.NewRequest("GET", "/lessons/pod/en/", nil))
	fmt.Println(w.Code, w.Body)
	// Output: 200 <p>a pod
}

func TestFiles(t *testing.T) {
	for _, test := range []struct {
		method, path string
		code         int
		body         string
	}{
		{"GET", "/", 200, "<p>home"},
		{"HEAD", "/", 200, ""},
		{"GET", "/slipway.wasm", 200, "\x00asm"},
		{"GET", "/lessons/pod/en/", 200, "<p>a pod"},
		{"GET", "/lessons/pod/en", 301, ""},
		{"GET", "/lessons/", 404, "<p>nothing here"},
		{"GET", "/nope", 404, "<p>nothing here"},
		{"GET", "/.secret", 404, "<p>nothing here"},
		{"GET", "/slipway.wasm.br", 404, "<p>nothing here"},
		{"GET", "/../../etc/passwd", 404, "<p>nothing here"},
		{"GET", "/..%2f..%2fetc/passwd", 404, "<p>nothing here"},
		{"GET", "//evil.example/", 404, "<p>nothing here"},
		{"GET", "/a\\..\\b", 404, "<p>nothing here"},
		{"GET", "/a\x00b", 404, "<p>nothing here"},
		{"POST", "/", 405, "only GET and HEAD are served here\n"},
	} {
		t.Run(test.method+" "+test.path, func(t *testing.T) {
			w := ask(test.method, test.path)
			require.Equal(t, test.code, w.Code)
			if test.code != 301 {
				require.Equal(t, test.body, w.Body.String())
			}
			require.Contains(t, w.Header().Get("Content-Security-Policy"), "script-src 'self' 'wasm-unsafe-eval';")
			require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
		})
	}
}

func TestARedirectStaysOnTheHost(t *testing.T) {
	w := ask("GET", "//lessons/pod/en")
	require.Equal(t, http.StatusMovedPermanently, w.Code)
	require.Equal(t, "/lessons/pod/en/", w.Header().Get("Location"))
}

func TestARedirectKeepsTheQuery(t *testing.T) {
	r := httptest.NewRequest("GET", "/lessons/pod/en?theme=dark", nil)
	w := httptest.NewRecorder()
	server.New(site()).ServeHTTP(w, r)
	require.Equal(t, "/lessons/pod/en/?theme=dark", w.Header().Get("Location"))
}

// Only what is made for it is shown in other sites' frames and loaded by their pages.
func TestEmbedding(t *testing.T) {
	for _, test := range []struct{ path, ancestors, loads string }{
		{"/", "'self'", "same-origin"},
		{"/lessons/pod/en/", "'self'", "same-origin"},
		{"/embed/pod/en/", "*", "cross-origin"},
		{"/embed.js", "'self'", "cross-origin"},
		{"/embed/../lessons/pod/en/", "'self'", "same-origin"},
		{"/embed/..", "'self'", "same-origin"},
		{"/lessons/../embed/pod/en/", "*", "cross-origin"},
	} {
		head := ask("GET", test.path).Header()
		require.Contains(t, head.Get("Content-Security-Policy")+";", "; frame-ancestors "+test.ancestors+";", test.path)
		require.Equal(t, test.loads, head.Get("Cross-Origin-Resource-Policy"), test.path)
	}
}

func TestCompression(t *testing.T) {
	w := ask("GET", "/slipway.wasm", "Accept-Encoding", "gzip, br")
	require.Equal(t, "small", w.Body.String())
	require.Equal(t, "br", w.Header().Get("Content-Encoding"))
	require.Equal(t, "application/wasm", w.Header().Get("Content-Type"))
	require.Empty(t, ask("GET", "/slipway.wasm", "Accept-Encoding", "br;q=0, gzip").Header().Get("Content-Encoding"))
}

// TestGzip is for browsers that come over plain HTTP from another machine: they do not offer brotli.
func TestGzip(t *testing.T) {
	page := strings.Repeat("<p>hello", 500)
	h := server.New(fstest.MapFS{
		"index.html": {Data: []byte(page)}, "b.html": {Data: []byte("b")}, "c.js": {Data: []byte("c")}, "c.js.gz": {Data: []byte("small")},
		"d.png": {Data: []byte(page)},
	})
	get := func(target, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", target, nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for range 2 { // made, then kept
		w := get("/", "gzip, br")
		require.Equal(t, "gzip", w.Header().Get("Content-Encoding"))
		require.Less(t, w.Body.Len(), 200)
		z, err := gzip.NewReader(w.Body)
		require.NoError(t, err)
		plain, err := io.ReadAll(z)
		require.NoError(t, err)
		require.Equal(t, page, string(plain))
	}
	require.NotEqual(t, get("/", "gzip").Header().Get("ETag"), get("/", "").Header().Get("ETag"))
	require.Equal(t, "small", get("/c.js", "gzip").Body.String(), "a file made in advance goes first")
	require.Equal(t, "b", get("/b.html", "gzip").Body.String(), "what would grow stays as it is")
	require.Equal(t, page, get("/d.png", "gzip").Body.String(), "a picture is small already")
	require.Equal(t, page, get("/", "gzip;q=0.0").Body.String())
	require.Equal(t, "gzip", get("/", "gzip;q=0.5").Header().Get("Content-Encoding"))
	require.Equal(t, http.StatusNotFound, get("/c.js.gz", "gzip").Code)
}

func TestCaching(t *testing.T) {
	require.Contains(t, ask("GET", "/assets/main-abc.js").Header().Get("Cache-Control"), "immutable")
	first := ask("GET", "/")
	require.Equal(t, "no-cache", first.Header().Get("Cache-Control"))
	again := ask("GET", "/", "If-None-Match", first.Header().Get("ETag"))
	require.Equal(t, http.StatusNotModified, again.Code)
	require.Empty(t, again.Body.String())
}
