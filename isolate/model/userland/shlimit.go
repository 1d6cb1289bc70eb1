package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// ulimits are the options of ulimit, with what they are counted in.
var ulimits = []struct {
	letter byte
	which  int
	unit   uint64
	name   string
}{
	{'f', model.LimitFsize, 512, "file size (blocks)"}, {'t', model.LimitCPU, 1, "cpu time (seconds)"},
	{'d', model.LimitData, 1024, "data seg size (kb)"}, {'s', model.LimitStack, 1024, "stack size (kb)"},
	{'c', model.LimitCore, 512, "core file size (blocks)"}, {'m', model.LimitRSS, 1024, "resident set size (kb)"},
	{'l', model.LimitMemlock, 1024, "locked memory (kb)"}, {'p', model.LimitNproc, 1, "processes"}, {'u', model.LimitNproc, 1, "processes"},
	{'n', model.LimitNofile, 1, "file descriptors"}, {'v', model.LimitAS, 1024, "address space (kb)"},
	{'w', model.LimitLocks, 1, "locks"}, {'e', model.LimitNice, 1, "scheduling priority"},
	{'r', model.LimitRtprio, 1, "real-time priority"},
}

func shUlimit(s *sh, args []string) int {
	soft, hard := false, false
	letter := byte('f')
	words := args[1:]
	all := false
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		for i := 1; i < len(words[0]); i++ {
			switch l := words[0][i]; l {
			case 'S':
				soft = true
			case 'H':
				hard = true
			case 'a':
				all = true
			default:
				letter = l
			}
		}
		words = words[1:]
	}
	show := func(which int, unit uint64) string {
		l := s.p.Getrlimit(which)
		n := l.Soft
		if hard && !soft {
			n = l.Hard
		}
		if n == model.Unlimited {
			return "unlimited\n"
		}
		return itoa64(int64(n/unit)) + "\n"
	}
	for _, u := range ulimits {
		switch {
		case all && u.letter != 'u': // the same as -p
			s.printf("-" + string(u.letter) + ": " + left(u.name, 30) + " " + show(u.which, u.unit))
		case u.letter == letter && len(words) == 0:
			return s.printf(show(u.which, u.unit))
		case u.letter == letter:
			return s.setLimit(u.which, u.unit, words[0], soft, hard)
		}
	}
	if all {
		return 0
	}
	s.say(s.arg0 + ": invalid option -- '" + string(letter) + "'\n")
	return 1
}

func (s *sh) setLimit(which int, unit uint64, word string, soft, hard bool) int {
	n := model.Unlimited
	if word != "unlimited" {
		if strings.Trim(word, "0123456789") != "" {
			s.say(s.arg0 + ": invalid number '" + word + "'\n")
			return 1
		}
		n = uint64(atoi(word)) * unit
	}
	l := s.p.Getrlimit(which)
	if soft || !hard {
		l.Soft = n
	}
	if hard || !soft {
		l.Hard = n
	}
	if hard && !soft && l.Soft > l.Hard {
		l.Soft = l.Hard
	}
	if e := s.p.Setrlimit(which, l); e != model.OK {
		s.say(s.arg0 + ": error setting limit: " + e.Text() + "\n")
		return 1
	}
	return 0
}
