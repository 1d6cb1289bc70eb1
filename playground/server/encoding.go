package server

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// encoding is a way of sending a file smaller than it is.
type encoding struct {
	name string // as in Accept-Encoding and Content-Encoding; "" sends the file as it is
	body []byte
}

// packer finds or makes the small form of files. Browsers take brotli only over HTTPS and on their own machine: whoever
// opens the playground of another laptop in the same room gets gzip, made once and kept by the hash of the file.
type packer struct {
	mu     sync.Mutex
	packed map[string][]byte // gzip, by the file's hash
}

// maxPacked is how many files are kept; a site has fewer, and one that is built again and again starts over.
const maxPacked = 256

// pack is the smallest form of a file that the browser takes.
func (p *packer) pack(site fs.FS, name, hash, accepts string, body []byte) encoding {
	if accept(accepts, "br") {
		if small, err := fs.ReadFile(site, name+".br"); err == nil {
			return encoding{"br", small}
		}
	}
	if !accept(accepts, "gzip") {
		return encoding{body: body}
	}
	if small, err := fs.ReadFile(site, name+".gz"); err == nil {
		return encoding{"gzip", small}
	}
	if compressible(name) {
		if small := p.gzip(hash, body); len(small) < len(body) {
			return encoding{"gzip", small}
		}
	}
	return encoding{body: body}
}

// gzip is the body compressed.
func (p *packer) gzip(hash string, body []byte) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	if small, ok := p.packed[hash]; ok {
		return small
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body) // writing to memory does not fail
	_ = z.Close()
	if p.packed == nil || len(p.packed) >= maxPacked {
		p.packed = map[string][]byte{}
	}
	p.packed[hash] = b.Bytes()
	return b.Bytes()
}

// compressible reports whether a file gains by compression, as text and WebAssembly do.
func compressible(name string) bool {
	switch path.Ext(name) {
	case ".html", ".js", ".mjs", ".css", ".json", ".wasm", ".svg", ".txt", ".webmanifest", ".md", ".map", ".yaml":
		return true
	}
	return false
}

// accept reads Accept-Encoding: whether it names the coding with a weight other than zero.
func accept(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			weight = strings.ToLower(strings.ReplaceAll(weight, " ", ""))
			return !strings.HasPrefix(weight, "q=0") || strings.Trim(weight, "q=0.") != ""
		}
	}
	return false
}
