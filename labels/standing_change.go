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
	s.marks.mark(&ix.table, t)
	s.gather(&ix.table, t)
	events := s.events[:0]
	for _, w := range s.candidates {
		if event := eventOf(w.match(&ix.table, &s.marks, t)); event != 0 {
			events = append(events, pending[K]{w, event})
		}
	}
	s.events = events
	if len(events) == 0 {
		return nil
	}
	s.events = nil // a callback may change the index and come here again
	for i := range events[1:] {
		if events[i].to.id > events[i+1].to.id { // they come from several lists
			sortBy(events, func(a, b pending[K]) bool { return a.to.id < b.to.id })
			break
		}
	}
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
	round := s.marks.round
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
		if !e.to.canceled.Load() {
			e.to.tell(Event[K]{Type: e.event, Key: k, Labels: set})
		}
	}
	ix.gate.lock()
	s.events = events[:0]
	ix.gate.unlock()
}

// mark notes the pairs of both rows by key.
func (m *marks) mark(table *pairTable, t transition) {
	m.round++
	for _, id := range t.old {
		m.at(table.pairs[id].key).before = id + 1
	}
	for _, id := range t.row {
		m.at(table.pairs[id].key).after = id + 1
	}
}

// at returns the mark of a key, an empty one if it has none in this round.
func (m *marks) at(key uint32) *mark {
	for uint32(len(m.byKey)) <= key {
		m.byKey = append(m.byKey, mark{})
	}
	if m.byKey[key].round != m.round {
		m.byKey[key] = mark{round: m.round}
	}
	return &m.byKey[key]
}

// match says whether the object matched before the change and matches after. What a change leaves as it was is asked once.
func (w *watcher[K]) match(table *pairTable, m *marks, t transition) (was, is bool) {
	was, is = t.was, t.is
	for i := range w.reqs {
		r, mark := &w.reqs[i], m.at(w.reqs[i].key)
		holds := r.holds(table, mark.before)
		was = was && holds
		if mark.after != mark.before {
			holds = r.holds(table, mark.after)
		}
		if is = is && holds; !was && !is {
			break
		}
	}
	return was, is
}

// holds is Requirement.holds in numbers: for a pair of the key plus one, or 0 without the key.
func (r *numbered) holds(t *pairTable, pair uint32) bool {
	ok := pair != 0
	pair--
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
