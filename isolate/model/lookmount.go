package model

import "strings"

// MountView is a mount as a host draws it.
type MountView struct {
	ID, Parent     int    // Parent is 0 if the mount lies on none
	Place          string // where it is in its namespace
	Part           string // what of its file system is to be seen there: / is all of it
	Type, Source   string
	Options        string
	Shared, Master int // the groups it tells and hears; 0 is none
	Unbindable     bool
	Layers         *Layers // of an overlay
}

// Layers are the directories of an overlay, by their places in the file systems they lie in, and what the upper one changes.
type Layers struct {
	Upper   string // "" if nothing can be changed
	Lowers  []string
	Changes []LayerChange
	More    int // changes that are not listed
}

// LayerChange is how a file in the upper directory relates to those below: new, copied (there is one below that it stands before), hidden
// (a whiteout), opaque (a directory of which nothing below is seen).
type LayerChange struct{ Path, How string }

// mostChanges is how many changes of an overlay are listed.
const mostChanges = 60

// Mounts are the mounts of the namespace, in the order of /proc/mounts. Nothing is there once its last process has left.
func (ns *MntNS) Mounts() []MountView {
	if ns.root == nil {
		return nil
	}
	var list []MountView
	top := ns.top()
	for _, m := range ns.all() {
		place, _ := Path{m, m.root}.name(top)
		v := MountView{ID: m.id, Place: place, Part: orSlash(m.root.path(m.sb.root)), Type: m.sb.kind, Source: m.source, Options: m.options(true),
			Shared: m.peers, Master: m.master, Unbindable: m.unbindable}
		if m.root.ino.ns != nil {
			v.Part = m.root.name
		}
		if m.parent != nil {
			v.Parent = m.parent.id
		}
		if n, ok := m.sb.root.ino.virtual.(*overlayNode); ok {
			v.Layers = n.layers()
		}
		list = append(list, v)
	}
	return list
}

// Root is where the process' root lies in its mount namespace: / unless it was moved.
func (p *Process) Root() string {
	if p.ns.mnt.root == nil {
		return "/"
	}
	name, _ := p.fs.root.name(p.ns.mnt.top())
	return name
}

// layers lists what an overlay is made of; n is its root.
func (n *overlayNode) layers() *Layers {
	l := &Layers{}
	for _, d := range n.lowers {
		l.Lowers = append(l.Lowers, orSlash(d.path(d.ino.sb.root)))
	}
	if n.upper != nil {
		l.Upper = orSlash(n.upper.path(n.upper.ino.sb.root))
		l.compare(n.o, n.upper, n.lowers, "")
	}
	return l
}

// compare lists the changes in a directory of the upper layer. It reads only what is there: that a host looks must not change anything.
func (l *Layers) compare(o *overlay, upper *Dentry, lowers []*Dentry, at string) {
	for _, name := range upper.kidNames() {
		kid := upper.kids[name]
		var under []*Dentry
		for _, low := range lowers {
			if d := low.kids[name]; d != nil {
				under = append(under, d)
			}
		}
		path, how := at+"/"+name, "new"
		switch dir := kid.ino.isDir(); {
		case whiteout(kid.ino):
			how = "hidden"
		case dir && o.opaque[kid]:
			how, under = "opaque", nil
		case dir && len(under) > 0:
			how = "" // the same directory, in two layers
		case len(under) > 0:
			how = "copied"
		}
		if how != "" {
			if len(l.Changes) == mostChanges {
				l.More++
			} else {
				l.Changes = append(l.Changes, LayerChange{path, how})
			}
		}
		if kid.ino.isDir() {
			l.compare(o, kid, under, path)
		}
	}
}

// Propagation is what the mount tells and hears, as mountinfo says it; private if nothing.
func (v *MountView) Propagation() string {
	text := ""
	if v.Shared != 0 {
		text += " shared:" + itoa(v.Shared)
	}
	if v.Master != 0 {
		text += " master:" + itoa(v.Master)
	}
	if v.Unbindable {
		text += " unbindable"
	}
	if text == "" {
		return "private"
	}
	return strings.TrimPrefix(text, " ")
}
