package kubectl

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
)

// flagType says what a flag's value looks like.
type flagType uint8

const (
	boolFlag flagType = iota
	stringFlag
	intFlag
	durationFlag
	sliceFlag // may be repeated; commas separate too
	arrayFlag // may be repeated; commas are part of the value
)

// flagSpec describes one flag. Flags are data, so that parsing, help and completion cannot disagree.
type flagSpec struct {
	name  string
	short byte // 0 if there is none
	typ   flagType
	// bare is the value the flag has where it is given without one; "" means that it needs a value.
	// A bool needs none.
	bare string
	// initial is the value where the flag is not given.
	initial string
	help    string
	// values are the words that completion offers.
	values []string
	// later marks a flag of kubectl that the playground does not have yet.
	later bool
}

// takesValue tells whether the word after the flag belongs to it.
func (s *flagSpec) takesValue() bool { return s.typ != boolFlag && s.bare == "" }

// display is how pflag names a flag in its messages: "-w, --watch".
func (s *flagSpec) display() string {
	if s.short != 0 {
		return "-" + string(s.short) + ", --" + s.name
	}
	return "--" + s.name
}

// flagError is a command line that cannot be read. Text is kubectl's; hint is ours, "" or one sentence.
type flagError struct{ text, hint string }

func (e *flagError) Error() string { return e.text }

// flags are the flags of one command line, checked against their specs.
type flags struct {
	specs  []flagSpec
	values map[string][]string
	// args are the words that are no flags; dash is how many of them came before "--", or -1 without one.
	args []string
	dash int
}

// parseFlags reads args the way pflag does: flags and words may be mixed, "--" ends the flags, one-letter flags
// may be joined (-Aw), and their value may follow at once (-nweb), after "=" or as the next word.
func parseFlags(specs []flagSpec, args []string) (*flags, error) {
	f := &flags{specs: specs, values: map[string][]string{}, dash: -1}
	for len(args) > 0 {
		word := args[0]
		args = args[1:]
		var err error
		switch {
		case word == "--":
			f.dash = len(f.args)
			f.args = append(f.args, args...)
			return f, nil
		case strings.HasPrefix(word, "--"):
			args, err = f.long(word[2:], args)
		case len(word) > 1 && word[0] == '-':
			args, err = f.letters(word, args)
		default:
			f.args = append(f.args, word)
		}
		if err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *flags) long(word string, rest []string) ([]string, error) {
	if word == "" || word[0] == '-' || word[0] == '=' {
		return nil, &flagError{text: "bad flag syntax: --" + word}
	}
	name, value, given := strings.Cut(word, "=")
	s := f.spec(name)
	if s == nil {
		return nil, &flagError{"unknown flag: --" + name, f.near(name)}
	}
	switch {
	case given:
	case s.typ == boolFlag:
		value = "true"
	case s.bare != "":
		value = s.bare
	case len(rest) > 0:
		value, rest = rest[0], rest[1:]
	default:
		return nil, &flagError{text: "flag needs an argument: --" + name}
	}
	return rest, f.set(s, value)
}

func (f *flags) letters(word string, rest []string) ([]string, error) {
	for letters := word[1:]; letters != ""; {
		s := f.letter(letters[0])
		if s == nil {
			return nil, &flagError{text: fmt.Sprintf("unknown shorthand flag: %q in %s", letters[0], word)}
		}
		after := letters[1:]
		value := ""
		switch {
		case len(after) > 0 && after[0] == '=':
			value, letters = after[1:], ""
		case s.typ == boolFlag:
			value, letters = "true", after
		case s.bare != "":
			value, letters = s.bare, after
		case after != "":
			value, letters = after, ""
		case len(rest) > 0:
			value, rest, letters = rest[0], rest[1:], ""
		default:
			return nil, &flagError{text: fmt.Sprintf("flag needs an argument: %q in %s", s.short, word)}
		}
		if err := f.set(s, value); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

func (f *flags) spec(name string) *flagSpec {
	for i := range f.specs {
		if f.specs[i].name == name {
			return &f.specs[i]
		}
	}
	return nil
}

func (f *flags) letter(c byte) *flagSpec {
	for i := range f.specs {
		if f.specs[i].short == c {
			return &f.specs[i]
		}
	}
	return nil
}

// named is the spec of a flag as it stands on a command line, --name or -n; nil if there is none.
func (f *flags) named(word string) *flagSpec {
	if name, long := strings.CutPrefix(word, "--"); long {
		return f.spec(name)
	}
	return f.letter(word[1])
}

func (f *flags) near(name string) string {
	names := make([]string, len(f.specs))
	for i, s := range f.specs {
		names[i] = s.name
	}
	if n := nearest(name, names); n != "" {
		return "Did you mean --" + n + "?"
	}
	return ""
}

// set checks a value against the flag's type and keeps it.
func (f *flags) set(s *flagSpec, value string) error {
	if s.later {
		return &flagError{text: "kubectl's " + s.display() + " is not part of this playground yet"}
	}
	var err error
	switch s.typ {
	case boolFlag:
		_, err = strconv.ParseBool(value)
	case intFlag:
		_, err = strconv.ParseInt(value, 0, 64)
	case durationFlag:
		_, err = time.ParseDuration(value)
	}
	if err != nil {
		return &flagError{text: fmt.Sprintf("invalid argument %q for %q flag: %v", value, s.display(), err)}
	}
	switch s.typ {
	case sliceFlag:
		f.values[s.name] = append(f.values[s.name], strings.Split(value, ",")...)
	case arrayFlag:
		f.values[s.name] = append(f.values[s.name], value)
	default:
		f.values[s.name] = []string{value}
	}
	return nil
}

// given tells whether the flag is on the command line.
func (f *flags) given(name string) bool { return len(f.values[name]) > 0 }

// text is the flag's value, or its initial one.
func (f *flags) text(name string) string {
	if v := f.values[name]; len(v) > 0 {
		return v[len(v)-1]
	}
	if s := f.spec(name); s != nil {
		return s.initial
	}
	return ""
}

// on is the value of a bool flag.
func (f *flags) on(name string) bool {
	on, err := strconv.ParseBool(f.text(name))
	return err == nil && on
}

// number is the value of an int flag.
func (f *flags) number(name string) int64 {
	n, err := strconv.ParseInt(f.text(name), 0, 64)
	if err != nil {
		return 0
	}
	return n
}

// duration is the value of a duration flag.
func (f *flags) duration(name string) time.Duration {
	d, err := time.ParseDuration(f.text(name))
	if err != nil {
		return 0
	}
	return d
}

// list gives all values of a repeated flag, in the order given.
func (f *flags) list(name string) []string { return slices.Clone(f.values[name]) }
