package image

import (
	"slices"
	"strings"
)

// Tree is a file system without its root: entries sorted by path, each with its folder before it. The zero value is empty.
type Tree struct{ entries []Entry }

// Entries are the files of the tree, sorted by path. They must not be changed.
func (t Tree) Entries() []Entry { return t.entries }

// Find is the entry at a path.
func (t Tree) Find(path string) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(t.entries, path, comparePath)
	if !ok {
		return Entry{}, false
	}
	return t.entries[i], true
}

// comparePath orders so that what is in a folder follows it at once: a slash sorts before every other byte.
func comparePath(e Entry, path string) int { return order(e.Path, path) }

func order(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if x, y := a[i], b[i]; x != y {
			switch {
			case x == '/':
				return -1
			case y == '/':
				return 1
			case x < y:
				return -1
			}
			return 1
		}
	}
	return len(a) - len(b)
}

// Apply lays a layer over the tree: first what it deletes, then what it adds. A folder that both have keeps what is in it and takes the layer's mode
// and owner; anything else is replaced. Folders that are missing are made. The tree itself stays as it is.
// A layer that is not well formed is an [*EntryError].
func (t Tree) Apply(l Layer) (Tree, error) {
	if err := l.Check(); err != nil {
		return Tree{}, err
	}
	out := slices.Clone(t.entries)
	for _, e := range l.Entries {
		if gone, all, ok := e.Hides(); ok {
			out = without(out, gone, all)
		}
	}
	for _, e := range l.Entries {
		if _, _, mark := e.Hides(); !mark {
			out = put(out, e)
		}
	}
	return Tree{out}, nil
}

// without removes what is below a path, and the path itself unless only its inside is meant.
func without(entries []Entry, path string, inside bool) []Entry {
	return slices.DeleteFunc(entries, func(e Entry) bool {
		return e.Path == path && !inside || path == "" || strings.HasPrefix(e.Path, path+"/")
	})
}

// put adds an entry, its folders first.
func put(entries []Entry, e Entry) []Entry {
	if dir, _ := split(e.Path); dir != "" {
		i, ok := slices.BinarySearchFunc(entries, dir, comparePath)
		if !ok || entries[i].Kind != Directory {
			entries = put(entries, Dir(dir))
		}
	}
	i, ok := slices.BinarySearchFunc(entries, e.Path, comparePath)
	if ok {
		if e.Kind != Directory || entries[i].Kind != Directory {
			entries = without(entries, e.Path, true)
		}
		entries[i] = e
		return entries
	}
	return slices.Insert(entries, i, e)
}

// Diff is the layer that makes b of a: what was added or changed, and whiteouts for what is gone.
func Diff(a, b Tree) Layer {
	var l Layer
	for _, e := range b.entries {
		if was, ok := a.Find(e.Path); !ok || was != e {
			l.Entries = append(l.Entries, e)
		}
	}
	gone := ""
	for _, e := range a.entries {
		if _, ok := b.Find(e.Path); ok {
			continue
		}
		if gone != "" && strings.HasPrefix(e.Path, gone+"/") {
			continue // its folder is gone, and it with the folder
		}
		gone = e.Path
		if !replaced(b, e.Path) {
			l.Entries = append(l.Entries, Whiteout(e.Path))
		}
	}
	l.sort()
	return l
}

// replaced tells whether something that is no folder now stands where a path had one: then it takes all below with it.
func replaced(b Tree, path string) bool {
	for dir, _ := split(path); dir != ""; dir, _ = split(dir) {
		if e, ok := b.Find(dir); ok {
			return e.Kind != Directory
		}
	}
	return false
}
