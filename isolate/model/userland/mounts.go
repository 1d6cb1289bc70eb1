package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/replace"
	"github.com/slipway-dev/slipway/isolate/model"
)

// mountLine is a line of /proc/self/mountinfo.
type mountLine struct {
	id, parent                           int
	dev, root, target, options, optional string
	kind, source, super                  string
}

func (c *cmd) mountLines() []mountLine {
	text, _ := c.readFile("/proc/self/mountinfo")
	var list []mountLine
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		head, tail, ok := strings.Cut(l, " - ")
		f, g := strings.Fields(head), strings.Fields(tail)
		if !ok || len(f) < 6 || len(g) < 3 {
			continue
		}
		list = append(list, mountLine{atoi(f[0]), atoi(f[1]), f[2], unescapeMount(f[3]), unescapeMount(f[4]), f[5], strings.Join(f[6:], " "), g[0], unescapeMount(g[1]), g[2]})
	}
	return list
}

func unescapeMount(s string) string {
	return replace.All(s, "\\040", " ", "\\011", "\t", "\\012", "\n", "\\134", "\\")
}

// sourceText is the source with the part of the file system that is seen, if it is not all.
func (m mountLine) sourceText() string {
	if m.root == "/" {
		return m.source
	}
	return m.source + "[" + m.root + "]"
}

func (m mountLine) propagation() string {
	text := "private"
	if strings.Contains(m.optional, "shared:") {
		text = "shared"
	}
	if strings.Contains(m.optional, "master:") {
		if text == "private" {
			text = "private,slave"
		} else {
			text += ",slave"
		}
	}
	if strings.Contains(m.optional, "unbindable") {
		text += ",unbindable"
	}
	return text
}

// allOptions are the options of the mount and of its file system, each once.
func (m mountLine) allOptions() string {
	list := strings.Split(m.options, ",")
	for _, o := range strings.Split(m.super, ",") {
		if !contains2(list, o) && o != "rw" {
			list = append(list, o)
		}
	}
	if contains2(strings.Split(m.super, ","), "ro") && list[0] == "rw" {
		list[0] = "ro"
		list = slices.DeleteFunc(list, func(o string) bool { return o == "ro" })
		list = append([]string{"ro"}, list...)
	}
	return strings.Join(list, ",")
}

func (m mountLine) column(name string) string {
	switch strings.ToUpper(name) {
	case "TARGET":
		return m.target
	case "SOURCE":
		return m.sourceText()
	case "FSTYPE":
		return m.kind
	case "OPTIONS":
		return m.allOptions()
	case "VFS-OPTIONS":
		return m.options
	case "FS-OPTIONS":
		return m.super
	case "FSROOT":
		return m.root
	case "PROPAGATION":
		return m.propagation()
	case "ID":
		return itoa(m.id)
	case "PARENT":
		return itoa(m.parent)
	case "MAJ:MIN":
		return m.dev
	case "OPT-FIELDS":
		return m.optional
	}
	return ""
}

func findmnt(c *cmd) int {
	f, status := c.parse(options{plain: "nlrRaDefJkmsiuPvA", valued: "oTtMSON", usage: "Try 'findmnt --help' for more information.\n", long: map[string]string{"noheadings": "n", "output": "o=", "target": "T=", "list": "l", "raw": "r", "types": "t=",
		"submounts": "R", "mountpoint": "M=", "source": "S=", "all": "A", "first-only": "f"}})
	if status != 0 {
		return status
	}
	columns := strings.Split("TARGET,SOURCE,FSTYPE,OPTIONS", ",")
	if f.has('o') {
		columns = strings.Split(f.values['o'], ",")
	}
	all := c.mountLines()
	filtered := len(f.rest) > 0 || f.has('t') || f.has('T') || f.has('M') || f.has('S')
	var rows []mountLine
	for _, m := range slices.Backward(all) {
		if c.wanted(m, f, all) {
			rows = append(rows, m)
		}
	}
	slices.Reverse(rows)
	if len(f.rest) > 0 || f.has('T') || f.has('M') {
		rows = rows[max(0, len(rows)-1):]
	}
	if len(rows) == 0 {
		return 1
	}
	tree := !filtered && !f.has('l') && !f.has('r')
	if f.has('R') {
		rows = below(all, rows[0])
		tree = !f.has('l') && !f.has('r')
	}
	c.mountTable(rows, columns, tree, f)
	return 0
}

// below are a mount and those under it.
func below(all []mountLine, top mountLine) []mountLine {
	list := []mountLine{top}
	for i := 0; i < len(list); i++ {
		for _, m := range all {
			if m.parent == list[i].id && m.id != list[i].id {
				list = append(list, m)
			}
		}
	}
	return list
}

func (c *cmd) wanted(m mountLine, f flags, all []mountLine) bool {
	switch {
	case f.has('t') && !contains2(strings.Split(f.values['t'], ","), m.kind):
		return false
	case f.has('S') && m.source != f.values['S']:
		return false
	case f.has('M') && m.target != f.values['M']:
		return false
	}
	if f.has('T') {
		best := ""
		path, e := c.realpath(f.values['T'], true)
		if e != model.OK {
			return false
		}
		for _, o := range all {
			if (path == o.target || strings.HasPrefix(path, strings.TrimSuffix(o.target, "/")+"/")) && len(o.target) >= len(best) {
				best = o.target
			}
		}
		return m.target == best
	}
	if len(f.rest) > 0 {
		what := f.rest[0]
		if p, e := c.realpath(what, true); e == model.OK {
			what = p
		}
		return m.target == what || m.source == f.rest[0]
	}
	return true
}

// mountTable prints rows; a tree is drawn in the column of targets.
func (c *cmd) mountTable(rows []mountLine, columns []string, tree bool, f flags) {
	table := [][]string{}
	var add func(m mountLine, prefix, here string)
	row := func(m mountLine, mark string) {
		var cells []string
		for _, col := range columns {
			cell := m.column(col)
			if strings.EqualFold(col, "TARGET") {
				cell = mark + cell
			}
			cells = append(cells, cell)
		}
		table = append(table, cells)
	}
	add = func(m mountLine, prefix, here string) {
		row(m, here)
		var kids []mountLine
		for _, k := range rows {
			if k.parent == m.id && k.id != m.id {
				kids = append(kids, k)
			}
		}
		for i, k := range kids {
			if i == len(kids)-1 {
				add(k, prefix+"  ", prefix+"`-")
			} else {
				add(k, prefix+"| ", prefix+"|-")
			}
		}
	}
	if tree {
		add(rows[0], "", "")
	} else {
		for _, m := range rows {
			row(m, "")
		}
	}
	c.columns(columns, nil, table, !f.has('n'), f.has('r'))
}

// columns prints a table as util-linux does: each column as wide as its widest cell, the last not filled up.
func (c *cmd) columns(names []string, rightward map[string]bool, table [][]string, head, raw bool) {
	widths := make([]int, len(names))
	for _, row := range append([][]string{names}, table...) { // the heads count though they may not be shown
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	if head {
		table = append([][]string{names}, table...)
	}
	for _, row := range table {
		for i, cell := range row {
			if i > 0 {
				c.put(" ")
			}
			switch {
			case raw:
			case rightward[strings.ToUpper(names[i])]:
				cell = right(cell, widths[i])
			case i < len(row)-1:
				cell = left(cell, widths[i])
			}
			c.put(cell)
		}
		c.put("\n")
	}
}
