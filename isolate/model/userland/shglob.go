package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/isolate/model"
)

// tilde replaces ~ and ~user in front.
func (s *sh) tilde(text string, more bool) string {
	if !strings.HasPrefix(text, "~") {
		return text
	}
	user, rest, slash := strings.Cut(text[1:], "/")
	if slash {
		rest = "/" + rest
	} else if more {
		return text
	}
	if user == "" {
		return s.get("HOME") + rest
	}
	if u, ok := (&cmd{Process: s.p}).userByName(user); ok {
		return u.home + rest
	}
	return text
}

// globbed are the files a pattern fits, sorted; the text itself if there are none.
func (s *sh) globbed(text, pattern string) []string {
	c := &cmd{Process: s.p}
	found := []string{""}
	if strings.HasPrefix(pattern, "/") {
		found[0] = "/"
	}
	parts := strings.Split(strings.Trim(pattern, "/"), "/")
	for i, part := range parts {
		var next []string
		for _, dir := range found {
			next = append(next, c.matching(dir, part, i == len(parts)-1)...)
		}
		found = next
	}
	if strings.HasSuffix(pattern, "/") {
		var dirs []string
		for _, f := range found {
			if st, e := s.p.Stat(f); e == model.OK && st.Mode&model.ModeType == model.ModeDir {
				dirs = append(dirs, f+"/")
			}
		}
		found = dirs
	}
	if len(found) == 0 {
		return []string{text}
	}
	slices.Sort(found)
	return found
}

// matching are the names in a folder that a pattern fits, with the folder in front.
func (c *cmd) matching(dir, pattern string, last bool) []string {
	if !strings.ContainsAny(pattern, "*?[") {
		path := dir + strings.ReplaceAll(pattern, "\\", "")
		if _, e := c.Lstat(path); e != model.OK {
			return nil
		}
		if !last {
			path += "/"
		}
		return []string{path}
	}
	open := dir
	if open == "" {
		open = "."
	}
	fd, e := c.Open(open, model.ReadOnly|model.Directory, 0)
	if e != model.OK {
		return nil
	}
	list, _ := c.ReadDir(fd)
	c.Close(fd)
	var found []string
	if strings.HasPrefix(pattern, ".") {
		list = append(list, model.DirEntry{Name: "."}, model.DirEntry{Name: ".."})
	}
	for _, d := range list {
		if d.Name[0] == '.' && pattern[0] != '.' || !shell.Match(pattern, d.Name) {
			continue
		}
		path := dir + d.Name
		if !last {
			path += "/"
		}
		found = append(found, path)
	}
	return found
}
