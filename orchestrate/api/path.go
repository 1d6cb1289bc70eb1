package api

import "strconv"

// Path is the place of a field in an object, for example spec.containers[0].image. It is a chain, so
// that walking down costs nothing; only [Path.String] makes text. The nil path is the root.
type Path struct {
	parent *Path
	name   string
	index  int // -1 for a name, -2 for a key, else an index
}

// Field is the path of a field of the root.
func Field(name string) *Path { return (*Path)(nil).Child(name) }

// Child is the path of a field of p.
func (p *Path) Child(name string) *Path { return &Path{parent: p, name: name, index: -1} }

// Index is the path of an item of the list p.
func (p *Path) Index(i int) *Path { return &Path{parent: p, index: i} }

// Key is the path of an entry of the map p.
func (p *Path) Key(k string) *Path { return &Path{parent: p, name: k, index: -2} }

// String is the path as field errors print it.
func (p *Path) String() string {
	if p == nil {
		return ""
	}
	before := p.parent.String()
	switch {
	case p.index >= 0:
		return before + "[" + strconv.Itoa(p.index) + "]"
	case p.index == -2:
		return before + "[" + p.name + "]"
	case before == "":
		return p.name
	}
	return before + "." + p.name
}
