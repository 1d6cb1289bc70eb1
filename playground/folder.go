package playground

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// systemError is an error in the words of the C library, which tools print behind a name.
type systemError string

func (e systemError) Error() string { return string(e) }

// ReadFile is a file of the session's folder.
func (s *Session) ReadFile(name string) ([]byte, error) {
	if text, ok := s.files[strings.TrimPrefix(name, "./")]; ok {
		return []byte(text), nil
	}
	return nil, systemError("No such file or directory")
}

// Names are the files of the session's folder, sorted.
func (s *Session) Names() []string { return slices.Sorted(maps.Keys(s.files)) }

// WriteFile makes or lengthens a file of the session's folder.
func (s *Session) WriteFile(name string, data []byte, appending bool) error {
	name = strings.TrimPrefix(name, "./")
	if strings.ContainsAny(name, "/\x00") || name == "" || name == "." || name == ".." {
		return errors.New("there is only this one folder")
	}
	text := string(data)
	if appending {
		text = s.files[name] + text
	}
	if _, known := s.files[name]; !known && len(s.files) >= maxFiles || len(text) > maxStart {
		return systemError("No space left on device")
	}
	files := maps.Clone(s.files)
	files[name] = text
	s.files = files
	return nil
}
