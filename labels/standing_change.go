package labels

// transition is a change of one object: whether it was there before and is after, with which pairs.
type transition struct {
	was, is  bool
	old, row []uint32
}

// changes returns what a transition means to the standing queries, in their order.
func (s *standing[K]) changes(ix *Index[K], t transition) []pending[K] {
	if s.next == 0 {
		return nil
	}
	s.before.mark(&ix.table, t.old)
	s.after.mark(&ix.table, t.row)
	s.gather(&ix.table, t)
	events := s.events[:0]
	for _, w := range s.candidates {
		was := t.was && w.matches(&ix.table, &s.before)
		is := t.is && w.matches(&ix.table, &s.after)
		if event := eventOf(was, is); event != 0 {
			events = append(events, pending[K]{w, event})
		}
	}
	s.events = events
	if len(events) == 0 {
		return nil
	}
	s.events = nil // a callback may change the index and come here again
	sortBy(events, func(a, b pending[K]) bool { return a.to.id < b.to.id })
	return events
}

func eventOf(was, is bool) EventType {
	switch {
	case is && !was:
		return Added
	case was && !is:
		return Removed
	case was && is:
		return Changed
	}
	return 0
}

// gather collects the queries filed under a label of either row, each once.
func (s *standing[K]) gather(table *pairTable, t transition) {
	s.candidates = s.candidates[:0]
	round := s.after.round
	s.take(s.always, round)
	for _, pairs := range [...][]uint32{t.old, t.row} {
		for _, id := range pairs {
			s.take(s.byPair[id], round)
			s.take(s.byKey[table.pairs[id].key], round)
		}
	}
}

func (s *standing[K]) take(list []*watcher[K], round uint64) {
	for _, w := range list {
		if w.seen != round {
			w.seen = round
			s.candidates = append(s.candidates, w)
		}
	}
}

// tell calls the watchers, outside of the gate, and gives the slice back for the next change.
func (s *standing[K]) tell(ix *Index[K], events []pending[K], k K, set Set) {
	if len(events) == 0 {
		return
	}
	for _, e := range events {
		if !ix.isCanceled(e.to) {
			e.to.tell(Event[K]{Type: e.event, Key: k, Labels: set})
		}
	}
	ix.gate.lock()
	s.events = events[:0]
	ix.gate.unlock()
}

func (ix *Index[K]) isCanceled(w *watcher[K]) bool {
	ix.gate.enter()
	defer ix.gate.leave()
	return w.canceled
}

// mark notes the pair of each key of a row.
func (m *marks) mark(t *pairTable, row []uint32) {
	m.round++
	for _, id := range row {
		key := int(t.pairs[id].key)
		for len(m.pairs) <= key {
			m.pairs = append(m.pairs, mark{})
		}
		m.pairs[key] = mark{m.round, id}
	}
}

// get returns the pair of a key in the row that was marked last.
func (m *marks) get(key uint32) (pair uint32, ok bool) {
	if int(key) >= len(m.pairs) || m.pairs[key].round != m.round {
		return 0, false
	}
	return m.pairs[key].pair, true
}

func (w *watcher[K]) matches(t *pairTable, m *marks) bool {
	for i := range w.reqs {
		if !w.reqs[i].holds(t, m) {
			return false
		}
	}
	return true
}

// holds is Requirement.holds in numbers.
func (r *numbered) holds(t *pairTable, m *marks) bool {
	pair, ok := m.get(r.key)
	switch r.op {
	case opEquals, opDoubleEquals:
		return ok && pair == r.pair
	case opNotEquals:
		return !ok || pair != r.pair
	case opIn:
		return ok && r.lists(pair)
	case opNotIn:
		return !ok || !r.lists(pair)
	case opExists:
		return ok
	case opDoesNotExist:
		return !ok
	case opGreaterThan, opLessThan:
		return ok && t.pairs[pair].compares(r)
	}
	return false
}
