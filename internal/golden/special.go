package golden

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// replaySpecial plays a folder that is no scenario: it has the form of tables, selectors or validation.
func replaySpecial(dir string) ([]*Outcome, error) {
	var in map[string]any
	if err := readJSON(filepath.Join(dir, "expected.json"), &in); err != nil {
		return nil, err
	}
	s := special{dir: dir, name: filepath.Base(dir), area: text(in["area"])}
	cases, _ := in["cases"].(map[string]any)
	switch {
	case get(in, "expected", "tables") != nil:
		s.tables(in["expected"])
	case cases["labelSelector"] != nil || cases["fieldSelector"] != nil:
		s.selectors(cases)
	case cases != nil:
		s.validation(cases)
	default:
		return nil, fmt.Errorf("%s: neither steps.json nor tables, selectors or cases", dir)
	}
	return s.out, nil
}

// special is a folder being played, case by case.
type special struct {
	dir, name, area string
	// lacks are the kinds of the world's manifests that the cluster does not have: what differs may differ for them.
	lacks []string
	out   []*Outcome
}

// judge plays one case: do compares and notes what differs.
func (s *special) judge(name string, needs []string, do func(c *comparer)) {
	o := &Outcome{Name: s.name + "/" + name, Area: s.area, Steps: 1}
	c := newComparer()
	func() {
		defer func() {
			if r := recover(); r != nil {
				c.diffs = append(c.diffs, fmt.Sprint("panic: ", r))
			}
		}()
		do(c)
	}()
	if o.Diffs = c.diffs; len(c.diffs) == 0 {
		o.Equal = 1
	} else if o.Missing = needs; len(needs) == 0 {
		o.Missing = s.lacks
	}
	s.out = append(s.out, o)
}

// world is one for cases: a node with room, the manifests of input.yaml applied.
func (s *special) world(files ...string) (*world, error) {
	w, err := newWorld(s.dir, s.area, "each", []nodeSpec{{Name: "n1", CPU: "64", Memory: "256Gi", Pods: 500}})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if src, err := w.ReadFile(f); err == nil {
			kinds := missingKinds(src)
			slices.Sort(kinds)
			s.lacks = slices.Compact(kinds)
		}
		if _, err := w.do(&step{Op: "apply", File: f}); err != nil {
			return nil, err
		}
	}
	err = w.settle(w.settled)
	w.look()
	return w, err
}

// tables compares Tables, and what kubectl get and describe print.
func (s *special) tables(want any) {
	w, err := s.world("input.yaml")
	if err == nil {
		err = w.pass(5) // so that ages are ages
	}
	fail := func(c *comparer) bool {
		if err != nil {
			c.diffs = append(c.diffs, err.Error())
		}
		return err != nil
	}
	tables, _ := get(want, "tables").(map[string]any)
	for _, plural := range sortedKeys(tables) {
		var needs []string
		if !has(plural) {
			needs = missing(plural)
		}
		s.judge("table "+plural, needs, func(c *comparer) {
			if !fail(c) {
				w.compareTable(c, plural, tables[plural])
			}
		})
	}
	for _, part := range []struct{ key, verb string }{{"kubectl", ""}, {"describe", "describe "}} {
		lines, _ := get(want, part.key).(map[string]any)
		for _, line := range sortedKeys(lines) {
			words := strings.Fields(part.verb + line)
			s.judge(part.verb+line, unknownTypes(words), func(c *comparer) {
				if !fail(c) {
					w.comparePrinted(c, words, lines[line], part.key == "describe")
				}
			})
		}
	}
}

// unknownTypes are the kinds on a command line that the cluster does not have.
func unknownTypes(words []string) []string {
	var out []string
	for _, w := range words[1:] {
		kind, _, _ := strings.Cut(w, "/")
		if strings.HasPrefix(w, "-") {
			continue
		}
		for k := range strings.SplitSeq(kind, ",") {
			if k != "all" && !has(k) && (strings.ContainsAny(w, ",/") || w == words[1]) {
				out = append(out, k)
			}
		}
		break
	}
	slices.Sort(out)
	return out
}

func (w *world) compareTable(c *comparer, plural string, want any) {
	res := schema.Find(plural)
	if res == nil {
		c.diffs = append(c.diffs, "no such kind")
		return
	}
	objs, err := w.server.List(res, space, noOptions)
	if !res.Namespaced {
		objs, err = w.server.List(res, "", noOptions)
	}
	if err != nil {
		c.diffs = append(c.diffs, err.Error())
		return
	}
	t := w.server.Table(res, objs)
	var columns, rows, wantColumns, wantRows []string
	for _, col := range t.Columns {
		columns = append(columns, fmt.Sprint(col.Name, " format=", col.Format, " priority=", col.Priority))
	}
	for _, col := range list(get(want, "columns")) {
		wantColumns = append(wantColumns, fmt.Sprint(get(col, "name"), " format=", get(col, "format"), " priority=", get(col, "priority")))
	}
	c.likes("columns", wantColumns, columns)
	for _, r := range t.Rows {
		rows = append(rows, w.mask(strings.Join(r.Cells, " | ")))
	}
	for _, r := range list(get(want, "rows")) {
		var cells []string
		for _, cell := range list(r) {
			cells = append(cells, text(cell))
		}
		wantRows = append(wantRows, strings.Join(cells, " | "))
	}
	if len(wantRows) == 0 {
		return // not recorded: the rows of the whole cluster, and events
	}
	slices.Sort(rows)
	slices.Sort(wantRows)
	c.likes("rows", wantRows, rows)
}

// comparePrinted runs a command line and compares what it prints. A recording that does not end in a line end was cut.
func (w *world) comparePrinted(c *comparer, words []string, want any, describe bool) {
	st := &step{Op: "kubectl", Args: words}
	result, err := w.kubectl(st)
	if err != nil {
		c.diffs = append(c.diffs, err.Error())
		return
	}
	c.equal("rc", get(want, "rc"), plain(get(result, "rc")))
	if stderr := text(get(result, "stderr")); !like(text(get(want, "stderr")), stderr) {
		c.differ("stderr", get(want, "stderr"), stderr)
	}
	var wanted []string
	for _, l := range list(get(want, "stdout")) {
		wanted = append(wanted, text(l))
	}
	got := strings.Split(text(get(result, "stdout")), "\n")
	for i := range got {
		got[i] = squeeze(got[i], describe)
	}
	if n := len(wanted); n > 0 && wanted[n-1] != "" && len(got) > n {
		got = got[:n]
	}
	for i := range wanted {
		wanted[i] = squeeze(wanted[i], describe)
	}
	c.likes("stdout", wanted, got)
}

// squeeze cuts runs of spaces inside a line, as the recorder did: to two, and to one where describe printed it.
func squeeze(line string, one bool) string {
	line = strings.TrimRight(line, " \t")
	body := strings.TrimLeft(line, " ")
	head := line[:len(line)-len(body)]
	var b strings.Builder
	for i := 0; i < len(body); {
		n := 0
		for i+n < len(body) && body[i+n] == ' ' {
			n++
		}
		switch {
		case n == 0:
			b.WriteByte(body[i])
			i++
			continue
		case n == 1 || one:
			b.WriteByte(' ')
		default:
			b.WriteString("  ")
		}
		i += n
	}
	if one && len(head) > 0 {
		return head + b.String()
	}
	return head + b.String()
}
