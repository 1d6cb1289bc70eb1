package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/isolate/model"
)

// savedFD is a descriptor as it was before a redirection: copy is -1 if it was closed.
type savedFD struct{ fd, copy int }

// redirect opens files and moves descriptors; keep says that it is for good. ok is false if something went wrong, which it has said.
func (s *sh) redirect(list []shell.Redirect, keep bool) (saved []savedFD, ok bool) {
	for _, r := range list {
		if !keep {
			if n, e := s.p.Dup(r.FD, 10, true); e == model.OK {
				saved = append(saved, savedFD{r.FD, n})
			} else {
				saved = append(saved, savedFD{r.FD, -1})
			}
		}
		if !s.redirectOne(r) {
			return saved, false
		}
	}
	return saved, true
}

func (s *sh) restore(saved []savedFD) {
	for _, v := range slices.Backward(saved) {
		if v.copy < 0 {
			s.p.Close(v.fd)
			continue
		}
		s.p.Dup2(v.copy, v.fd)
		s.p.Close(v.copy)
	}
}

func (s *sh) redirectOne(r shell.Redirect) bool {
	var fd int
	var e model.Errno
	path := ""
	switch r.Op {
	case shell.Here:
		return s.here(r)
	case shell.Duplicate:
		return s.duplicate(r)
	case shell.Read:
		path = s.single(r.Target)
		fd, e = s.p.Open(path, model.ReadOnly, 0)
	case shell.Write:
		path = s.single(r.Target)
		fd, e = s.p.Open(path, model.WriteOnly|model.Create|model.Truncate, 0o666)
	case shell.Append:
		path = s.single(r.Target)
		fd, e = s.p.Open(path, model.WriteOnly|model.Create|model.Append, 0o666)
	case shell.ReadWrite:
		path = s.single(r.Target)
		fd, e = s.p.Open(path, model.ReadWrite|model.Create, 0o666)
	}
	if e != model.OK {
		verb, missing := "create", "nonexistent directory"
		if r.Op == shell.Read {
			verb, missing = "open", "no such file"
		}
		text := e.Text()
		if e == model.ENOENT || e == model.ENOTDIR {
			text = missing
		}
		s.complain("can't ", verb, " ", path, ": ", text)
		return false
	}
	return s.place(fd, r.FD)
}

// place moves a descriptor to where it is wanted.
func (s *sh) place(fd, want int) bool {
	if fd == want {
		return true
	}
	e := s.p.Dup2(fd, want)
	s.p.Close(fd)
	if e != model.OK {
		s.complain(itoa(fd), ": ", e.Text())
		return false
	}
	return true
}

func (s *sh) duplicate(r shell.Redirect) bool {
	word := s.single(r.Target)
	if word == "-" {
		s.p.Close(r.FD)
		return true
	}
	if strings.Trim(word, "0123456789") != "" || word == "" {
		s.complain("syntax error: bad fd number")
		return false
	}
	if e := s.p.Dup2(atoi(word), r.FD); e != model.OK {
		s.complain(word, ": ", e.Text())
		return false
	}
	return true
}

// here makes a here-document the input; a child writes what a pipe does not hold.
func (s *sh) here(r shell.Redirect) bool {
	text := s.text(r.Here.Body)
	in, out, e := s.p.Pipe()
	if e != model.OK {
		s.complain("can't create pipe: ", e.Text())
		return false
	}
	if len(text) <= 4096 {
		writeAll(s.p, out, []byte(text))
	} else if _, ok := s.fork(func(s *sh) {
		s.p.Close(in)
		writeAll(s.p, out, []byte(text))
	}); !ok {
		return false
	}
	s.p.Close(out)
	return s.place(in, r.FD)
}

// single is the one file a redirection names.
func (s *sh) single(w shell.Word) string { return s.assigned(w) }
