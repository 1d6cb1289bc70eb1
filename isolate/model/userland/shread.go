package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func shRead(s *sh, args []string) int {
	raw, fd := false, 0
	names := args[1:]
	for len(names) > 0 && strings.HasPrefix(names[0], "-") && len(names[0]) > 1 {
		o := names[0]
		names = names[1:]
		switch {
		case o == "-r":
			raw = true
		case (o == "-p" || o == "-t" || o == "-n" || o == "-d" || o == "-u") && len(names) > 0:
			if o == "-u" {
				fd = atoi(names[0])
			}
			names = names[1:]
		}
	}
	if len(names) == 0 {
		names = []string{"REPLY"}
	}
	line, status := s.readInput(fd, raw)
	for i, name := range names {
		line = strings.Trim(line, " \t\n")
		word := line
		ifs := " \t\n"
		if v := s.vars["IFS"]; v != nil {
			ifs = v.value
		}
		if n := strings.IndexAny(line, ifs); n >= 0 && ifs != "" && i+1 < len(names) {
			word, line = line[:n], line[n+1:]
		} else if i+1 < len(names) {
			line = ""
		}
		if !s.assign(name, word) {
			return 2
		}
	}
	return status
}

// readInput reads a line; a backslash before the newline joins the next.
func (s *sh) readInput(fd int, raw bool) (string, int) {
	var line []byte
	escaped := false
	for {
		data, e := s.p.Read(fd, 1)
		if e == model.EINTR {
			return string(line), 1
		}
		if e != model.OK || len(data) == 0 {
			return string(line), 1
		}
		c := data[0]
		switch {
		case escaped:
			escaped = false
			if c != '\n' {
				line = append(line, c)
			}
		case c == '\\' && !raw:
			escaped = true
		case c == '\n':
			return string(line), 0
		default:
			line = append(line, c)
		}
	}
}
