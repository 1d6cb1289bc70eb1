package userland

import "github.com/slipway-dev/slipway/internal/shell"

func (s *sh) subshell(c *shell.Command, tail bool) {
	body := func(s *sh) {
		if _, ok := s.redirect(c.Redirects, false); !ok {
			s.exit(1)
		}
		s.lists(c.Compound.Clauses[0].Body, true)
	}
	if tail && len(s.traps) == 0 {
		n := s.clone()
		n.child()
		body(n)
		n.exit(n.status)
	}
	pid, ok := s.fork(func(s *sh) {
		s.child()
		body(s)
	})
	if ok {
		s.status = s.await(&job{pids: []int{pid}})
	}
}

func (s *sh) lists(ls []shell.List, tail bool) {
	for i, l := range ls {
		s.list(l, tail && i == len(ls)-1)
		if s.leave != staying {
			return
		}
	}
}

func (s *sh) condition(ls []shell.List) bool {
	s.tested++
	s.lists(ls, false)
	s.tested--
	return s.status == 0
}

func (s *sh) compound(c *shell.Compound, tail bool) {
	switch c.Kind {
	case shell.Group:
		s.lists(c.Clauses[0].Body, tail)
	case shell.If:
		for _, clause := range c.Clauses {
			if ok := s.condition(clause.Cond); s.leave != staying {
				return
			} else if ok {
				s.lists(clause.Body, tail)
				return
			}
		}
		s.status = 0
		s.lists(c.Else, tail)
	case shell.While, shell.Until:
		s.while(c)
	case shell.For:
		s.forEach(c)
	case shell.Case:
		word := s.text(c.Items[0])
		s.status = 0
		for _, clause := range c.Clauses {
			for _, w := range clause.Patterns {
				if shell.Match(s.pattern(w), word) {
					s.lists(clause.Body, tail)
					return
				}
			}
		}
	}
}

func (s *sh) while(c *shell.Compound) {
	status := 0
	s.loops++
	for {
		if ok := s.condition(c.Clauses[0].Cond); s.stopLoop() || ok != (c.Kind == shell.While) {
			break
		}
		s.lists(c.Clauses[0].Body, false)
		status = s.status
		if s.stopLoop() {
			break
		}
	}
	s.loops--
	if s.leave == staying {
		s.status = status
	}
}

func (s *sh) forEach(c *shell.Compound) {
	items := s.args
	if !c.Given {
		items = nil
		for _, w := range c.Items {
			items = append(items, s.fields(w)...)
		}
	}
	s.status = 0
	s.loops++
	for _, item := range items {
		s.assign(c.Name, item)
		s.lists(c.Clauses[0].Body, false)
		if s.stopLoop() {
			break
		}
	}
	s.loops--
}

// stopLoop tells whether the loop ends here, because of a break, a continue of an outer loop or a return.
func (s *sh) stopLoop() bool {
	s.p.Spend(500)
	if s.leave != breaking && s.leave != continuing {
		return s.leave != staying
	}
	if s.levels > 1 && s.loops > 1 {
		s.levels--
		return true
	}
	again := s.leave == continuing
	s.leave = staying
	return !again
}
