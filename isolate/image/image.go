package image

import "strconv"

// Image is layers, the lowest first, and what to run.
type Image struct {
	Layers []Layer
	Config Config
}

// Config is what a container of the image starts with unless told otherwise. Source: OCI Image Format Specification, "Image Configuration".
type Config struct {
	User         string   // name or number, with a group after a colon
	Env          []string // NAME=value
	Entrypoint   []string // the program
	Cmd          []string // its arguments, which a command line replaces
	WorkingDir   string
	Architecture string // amd64 if empty
}

// Tree is the image's root file system: its layers, one over the other.
func (m Image) Tree() (Tree, error) {
	var t Tree
	for _, l := range m.Layers {
		var err error
		if t, err = t.Apply(l); err != nil {
			return Tree{}, err
		}
	}
	return t, nil
}

// Commit is the image with one more layer: what leads from its files to those of t. Nothing new is no layer.
func (m Image) Commit(t Tree, createdBy string) (Image, error) {
	was, err := m.Tree()
	if err != nil {
		return Image{}, err
	}
	change := Diff(was, t)
	if len(change.Entries) == 0 {
		return m, nil
	}
	change.CreatedBy = createdBy
	m.Layers = append(m.Layers[:len(m.Layers):len(m.Layers)], change)
	return m, nil
}

// ChainIDs name each layer together with all below it: what a node looks up to see whether it has that folder already.
func (m Image) ChainIDs() []Digest {
	var ids []Digest
	for i, l := range m.Layers {
		id := l.DiffID()
		if i > 0 {
			id = digest([]byte(string(ids[i-1]) + " " + string(id)))
		}
		ids = append(ids, id)
	}
	return ids
}

// ID is the sum of the configuration, which lists the layers: the name of the whole image.
func (m Image) ID() Digest { return digest(m.ConfigJSON()) }

// ConfigJSON is the configuration as it is stored, with the layers' DiffIDs and history.
func (m Image) ConfigJSON() []byte {
	c := m.Config
	arch := c.Architecture
	if arch == "" {
		arch = "amd64"
	}
	b := append([]byte(`{"architecture":`), quote(arch)...)
	b = append(b, `,"os":"linux","config":{`...)
	start := len(b)
	member := func(name, value string) {
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(append(append(b, quote(name)...), ':'), value...)
	}
	if c.User != "" {
		member("User", quote(c.User))
	}
	for _, l := range []struct {
		name string
		list []string
	}{{"Env", c.Env}, {"Entrypoint", c.Entrypoint}, {"Cmd", c.Cmd}} {
		if l.list != nil {
			member(l.name, list(l.list))
		}
	}
	if c.WorkingDir != "" {
		member("WorkingDir", quote(c.WorkingDir))
	}
	var ids []string
	history := "["
	for i, l := range m.Layers {
		ids = append(ids, string(l.DiffID()))
		if i > 0 {
			history += ","
		}
		history += `{"created_by":` + quote(l.CreatedBy) + `}`
	}
	b = append(b, `},"rootfs":{"type":"layers","diff_ids":`+list(ids)+`},"history":`+history+`]}`...)
	return b
}

func list(words []string) string {
	b := []byte{'['}
	for i, w := range words {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, quote(w)...)
	}
	return string(append(b, ']'))
}

// quote writes a JSON string.
func quote(s string) string {
	b := []byte{'"'}
	for _, r := range s { // a byte that is no UTF-8 becomes U+FFFD, as JSON cannot hold it
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < 0x20:
			b = append(b, `\u00`...)
			b = append(b, strconv.FormatInt(int64(r>>4), 16)...)
			b = append(b, strconv.FormatInt(int64(r&15), 16)...)
		default:
			b = append(b, string(r)...)
		}
	}
	return string(append(b, '"'))
}
