package request

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Stream is an answer that goes on: a watch, or a log that is followed. It is a place to read from, not a program that runs: who serves
// it reads on after each step of the world.
type Stream struct {
	watch *watchCall
	log   *logCall
	// Type is the content type of what comes.
	Type string
}

// Open answers a call that goes on. It gives nil for any other call, and for one that is wrong: [Server.Serve] answers those.
func (s *Server) Open(c Call) *Stream {
	r, err := s.read(c)
	if err != nil || r == nil || c.Method != "GET" || r.place.res == nil {
		return nil
	}
	switch {
	case r.place.res.Kind == api.KindPod && r.place.subresource == "log" && r.flag("follow"):
		if l, err := r.openLog(); err == nil {
			return &Stream{log: l, Type: textType}
		}
	case r.watches():
		if w, err := r.openWatch(); err == nil {
			return &Stream{watch: w, Type: jsonType}
		}
	}
	return nil
}

// watches tells whether a call asks for a watch.
func (r *call) watches() bool {
	return r.flag("watch") && r.Method == "GET" && r.place.subresource == ""
}

// Next is what there is to send now, of a watch at most 500 events: ask again until there is nothing. It is not open any more when
// nothing will ever follow.
func (s *Stream) Next() (chunk []byte, open bool) {
	if s.log != nil {
		return s.log.next()
	}
	return s.watch.next()
}

// Wake is when, in virtual time, there may be more to send although nothing in the world has changed.
func (s *Stream) Wake() time.Duration {
	if s.log != nil {
		return s.log.server.NextLine(s.log.log, s.log.server.Elapsed())
	}
	w := s.watch
	wake := w.watch.marked + bookmarkEvery
	if !w.watch.bookmarks || w.until > 0 && w.until < wake {
		wake = w.until
	}
	return wake
}
