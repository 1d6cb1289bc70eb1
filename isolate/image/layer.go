package image

import (
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/internal/sha256"
	"github.com/slipway-dev/slipway/internal/sorting"
)

// Layer is a set of changes to what lies below it.
type Layer struct {
	Entries []Entry
	// CreatedBy says how it came to be, such as a line of a Dockerfile.
	CreatedBy string
}

// Digest is the name of some bytes: "sha256:" and their sum in hexadecimal digits.
type Digest string

func digest(b []byte) Digest {
	sum := sha256.Sum(b)
	text := []byte("sha256:")
	for _, c := range sum {
		text = append(text, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
	}
	return Digest(text)
}

// Check says what is wrong with the first entry that is not well formed, or that is there twice.
func (l Layer) Check() error {
	seen := map[string]bool{}
	for _, e := range l.Entries {
		if err := e.Check(); err != nil {
			return err
		}
		if seen[e.Path] {
			return &EntryError{e.Path, "is in the layer twice"}
		}
		seen[e.Path] = true
	}
	return nil
}

func (l *Layer) sort() {
	sorting.Func(l.Entries, func(a, b Entry) int { return order(a.Path, b.Path) })
}

// DiffID is the sum of the layer's archive, uncompressed: the layer's name wherever it goes. It does not depend on the order of Entries.
func (l Layer) DiffID() Digest { return digest(l.Tar()) }

// Size is how many bytes the archive has.
func (l Layer) Size() int { return len(l.Tar()) }

// Tar is the layer as an archive: entries sorted by path, dated 1970, so that the same files are always the same bytes. Paths of over
// a hundred bytes get a header of their own. Source: pax(1), "ustar Interchange Format" and "pax Extended Header".
func (l Layer) Tar() []byte {
	sorted := Layer{Entries: slices.Clone(l.Entries)}
	sorted.sort()
	var b []byte
	for _, links := range []bool{false, true} { // a hard link stands behind what it is another name of
		for i := range sorted.Entries {
			if e := &sorted.Entries[i]; (e.Kind == Hardlink) == links {
				b = appendEntry(b, e)
			}
		}
	}
	return append(b, make([]byte, 1024)...)
}

func appendEntry(b []byte, e *Entry) []byte {
	path, link := e.Path, e.Link
	if e.Kind == Directory {
		path += "/"
	}
	var long []byte
	if len(path) > 100 {
		long = appendRecord(long, "path", path)
	}
	if len(link) > 100 {
		long = appendRecord(long, "linkpath", link)
	}
	if long != nil {
		b = padded(appendHeader(b, &Entry{Mode: 0o644}, "PaxHeader", "", 'x', len(long)), long)
	}
	data := ""
	if e.Kind == Regular {
		data = e.Data
	}
	b = appendHeader(b, e, path, link, flags[e.Kind], len(data))
	return padded(b, []byte(data))
}

// flags are the letters of ustar for the kinds.
var flags = map[Kind]byte{Regular: '0', Hardlink: '1', Symlink: '2', CharDev: '3', BlockDev: '4', Directory: '5', Fifo: '6'}

// appendRecord adds "LENGTH KEY=VALUE\n", where the length counts itself.
func appendRecord(b []byte, key, value string) []byte {
	rest := " " + key + "=" + value + "\n"
	n := len(rest) + 1
	for len(strconv.Itoa(n))+len(rest) != n {
		n = len(strconv.Itoa(n)) + len(rest)
	}
	return append(append(b, strconv.Itoa(n)...), rest...)
}

// appendHeader adds the 512 bytes before a file. The offsets are those of ustar.
func appendHeader(b []byte, e *Entry, path, link string, flag byte, size int) []byte {
	var h [512]byte
	copy(h[0:100], path)
	octal(h[100:108], uint64(e.Mode))
	octal(h[108:116], uint64(e.UID))
	octal(h[116:124], uint64(e.GID))
	octal(h[124:136], uint64(size))
	octal(h[136:148], 0) // 1 January 1970
	copy(h[148:156], "        ")
	h[156] = flag
	copy(h[157:257], link)
	copy(h[257:265], "ustar\x0000")
	octal(h[329:337], uint64(e.Major))
	octal(h[337:345], uint64(e.Minor))
	sum := uint64(0)
	for _, c := range h {
		sum += uint64(c)
	}
	octal(h[148:155], sum)
	h[155] = ' '
	return append(b, h[:]...)
}

// octal fills a field with digits and a zero byte; a number that has too many is written in binary, with the first bit set.
func octal(field []byte, n uint64) {
	digits := strconv.FormatUint(n, 8)
	if len(digits) >= len(field) {
		binary.BigEndian.PutUint64(field[len(field)-8:], n)
		field[0] |= 0x80
		return
	}
	for i := range field[:len(field)-1] {
		field[i] = '0'
	}
	copy(field[len(field)-1-len(digits):], digits)
}

// padded adds data and zeros up to a multiple of 512.
func padded(b, data []byte) []byte {
	b = append(b, data...)
	return append(b, make([]byte, -len(data)&511)...)
}
