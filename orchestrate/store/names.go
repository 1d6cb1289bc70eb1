package store

import "github.com/slipway-dev/slipway/orchestrate/api"

// names finds the newest object that ever had a name.
//
// Nobody asks for most Events by their name, and no two have the same: an Event that is made with [Write.Unique] gets its entry
// here when somebody asks for any.
type names struct {
	kinds [api.NumKinds]map[string]map[string]ID // by namespace, then name
	late  ID                                     // Events from here on have no entry yet
}

// name gives the newest object its entry; older is the one that had it before, 0 if there is none.
func (n *names) put(kind api.Kind, m *api.ObjectMeta, id ID) (older ID) {
	spaces := n.kinds[kind]
	if spaces == nil {
		spaces = map[string]map[string]ID{}
		n.kinds[kind] = spaces
	}
	in := spaces[m.Namespace]
	if in == nil {
		in = map[string]ID{}
		spaces[m.Namespace] = in
	}
	older = in[m.Name]
	in[m.Name] = id
	return older
}

// named is the newest object that ever had a name; 0 if there is none.
func (s *Store) named(kind api.Kind, namespace, name string) ID {
	if kind == api.KindEvent {
		s.nameEvents()
	}
	return s.names.kinds[kind][namespace][name]
}

// nameEvents makes up for the entries that were put off.
func (s *Store) nameEvents() {
	for ; int(s.names.late) < s.records.n; s.names.late++ {
		if rec := s.records.of(s.names.late); rec.kind == api.KindEvent {
			rec.older = s.names.put(rec.kind, s.newest(s.names.late).Meta(), s.names.late)
		}
	}
}

// unname takes away the entry of the newest object.
func (s *Store) unname(id ID, m *api.ObjectMeta) {
	rec := s.records.of(id)
	if rec.kind == api.KindEvent {
		if id >= s.names.late {
			return
		}
		s.names.late = id
	}
	if in := s.names.kinds[rec.kind][m.Namespace]; rec.older != 0 {
		in[m.Name] = rec.older
	} else {
		delete(in, m.Name)
	}
}
