package image

import (
	"strconv"
	"strings"
)

// Kind is what an entry is, by the letter `ls -l` begins its line with.
type Kind byte

// The kinds of entries.
const (
	Regular   Kind = '-'
	Directory Kind = 'd'
	Symlink   Kind = 'l'
	Hardlink  Kind = 'h' // another name for a file of the same layer
	CharDev   Kind = 'c'
	BlockDev  Kind = 'b'
	Fifo      Kind = 'p'
)

// Entry is one file of a layer or a tree.
type Entry struct {
	Path     string // from the root, without a slash at either end: "etc/passwd"
	Kind     Kind
	Mode     uint32 // permissions with set-uid, set-gid and sticky: 0 to 07777
	UID, GID uint32
	Data     string // the content of a regular file
	Link     string // where a symbolic link leads, or the path a hard link is another name of
	Major    uint32 // of a device
	Minor    uint32
}

// The marks of a layer. Source: OCI Image Format Specification, "Whiteouts".
const (
	whiteout = ".wh."
	opaque   = ".wh..wh..opq"
)

// File is a regular file that everybody may read.
func File(path, content string) Entry {
	return Entry{Path: path, Kind: Regular, Mode: 0o644, Data: content}
}

// Program is a regular file that everybody may run.
func Program(path, content string) Entry {
	return Entry{Path: path, Kind: Regular, Mode: 0o755, Data: content}
}

// Dir is a folder that everybody may look into.
func Dir(path string) Entry { return Entry{Path: path, Kind: Directory, Mode: 0o755} }

// Link is a symbolic link.
func Link(path, to string) Entry { return Entry{Path: path, Kind: Symlink, Mode: 0o777, Link: to} }

// Whiteout deletes what lower layers have at the path, with everything below it.
func Whiteout(path string) Entry {
	dir, name := split(path)
	return Entry{Path: join(dir, whiteout+name), Kind: Regular, Mode: 0o644}
}

// Opaque hides everything lower layers have in the folder; the folder itself stays.
func Opaque(dir string) Entry { return Entry{Path: join(dir, opaque), Kind: Regular, Mode: 0o644} }

// Hides is the path that a mark deletes. all tells that only what is inside goes. ok is false for any other entry.
func (e Entry) Hides() (path string, all, ok bool) {
	dir, name := split(e.Path)
	if name == opaque {
		return dir, true, true
	}
	if gone, marked := strings.CutPrefix(name, whiteout); marked {
		return join(dir, gone), false, true
	}
	return "", false, false
}

// An EntryError says what is wrong with an entry of a layer.
type EntryError struct {
	Path, Problem string
}

func (e *EntryError) Error() string { return "image: " + strconv.Quote(e.Path) + " " + e.Problem }

// Check says what is wrong with an entry, or nil: a layer from elsewhere may hold names that lead out of the root.
func (e Entry) Check() error {
	problem := ""
	switch {
	case e.Path == "":
		problem = "is the root itself, or nothing: entries are named from the root, as in etc/passwd"
	case strings.ContainsRune(e.Path, 0):
		problem = "holds a zero byte, which no file name can"
	case e.Mode > 0o7777:
		problem = "has permission bits beyond 07777"
	case e.Kind == Symlink && e.Link == "" || e.Kind == Hardlink && e.Link == "":
		problem = "is a link to nothing"
	}
	for part := range strings.SplitSeq(e.Path, "/") {
		if e.Path != "" && (part == "" || part == "." || part == "..") {
			problem = "is not a clean path from the root: no empty parts, no . and no .."
		}
		if len(part) > 255 {
			problem = "has a part of more than 255 bytes, which no file system takes"
		}
		if part == whiteout || part == whiteout+"." || part == whiteout+".." {
			problem = "is a whiteout of nothing"
		}
	}
	if gone, _, ok := e.Hides(); ok && e.Kind != Regular {
		problem = "is a whiteout of " + gone + " and must be a regular file"
	}
	if problem == "" {
		return nil
	}
	return &EntryError{e.Path, problem}
}

// split cuts a path before its last part.
func split(path string) (dir, name string) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}

func join(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}
