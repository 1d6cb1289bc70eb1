package kubectl

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// printer prints objects in the form that -o asks for.
type printer struct {
	server  *request.Server
	format  string // "", wide, yaml, json, name, jsonpath, custom-columns
	path    *jsonPath
	columns []customColumn
	sortBy  *jsonPath
	labels  []string
	all     bool // --show-labels
	spaces  bool // a column of namespaces
	kinds   bool // kinds in front of names
	headers bool
	header  bool // while watching: the headers are still to be printed
	layout  grid
}

// formats are those -o knows, for its error.
const formats = "custom-columns,json,jsonpath,name,wide,yaml"

func newPrinter(c *call) (*printer, error) {
	p := &printer{
		server: c.env.Server, labels: c.list("label-columns"), all: c.on("show-labels"),
		spaces: c.on("all-namespaces"), kinds: c.on("show-kind"), headers: !c.on("no-headers"),
	}
	format, argument, given := strings.Cut(c.text("output"), "=")
	p.format = format
	var err error
	switch format {
	case "", "wide", "yaml", "json", "name":
	case "jsonpath":
		if !given || argument == "" {
			return nil, usageError("template format specified but no template given")
		}
		p.path, err = parseJSONPath(argument)
	case "custom-columns":
		if !given || argument == "" {
			return nil, usageError("custom-columns format specified but no custom columns given")
		}
		p.columns, err = parseCustomColumns(argument)
	case "go-template", "template", "go-template-file", "templatefile", "jsonpath-file", "custom-columns-file", "jsonpath-as-json", "kyaml":
		return nil, usageError("-o " + format + " is not part of this playground; jsonpath={...} says the same")
	default:
		return nil, usageError(`unable to match a printer suitable for the output format "` + format + `", allowed formats are: ` + formats)
	}
	if err == nil && c.given("sort-by") {
		var relaxed string
		if relaxed, err = relaxedPath(c.text("sort-by")); err == nil {
			p.sortBy, err = parseJSONPath(relaxed)
		}
	}
	return p, err
}

// tree tells whether the form needs the objects as trees, and an empty list is printed too.
func (p *printer) tree() bool {
	return p.format == "yaml" || p.format == "json" || p.format == "jsonpath"
}

// print writes groups of objects. A single object is written alone, otherwise trees are put into a List; mixed tells that there are
// several kinds, so that names need theirs.
func (p *printer) print(w *strings.Builder, groups []group, single, mixed bool) error {
	for _, g := range groups {
		if err := p.sort(g.objs); err != nil {
			return err
		}
	}
	switch p.format {
	case "yaml", "json", "jsonpath":
		return p.printTree(w, listTree(groups, single))
	case "name":
		for _, g := range groups {
			for _, o := range g.objs {
				w.WriteString(called(g.res, o.Meta().Name) + "\n")
			}
		}
		return nil
	case "custom-columns":
		return p.printColumns(w, groups)
	}
	for i, g := range groups {
		if i > 0 {
			w.WriteByte('\n')
		}
		p.layout = grid{}
		q := *p
		q.kinds = p.kinds || mixed
		q.table(w, g.res, g.objs, p.headers)
	}
	return nil
}

func listTree(groups []group, single bool) map[string]any {
	items := []any{}
	for _, g := range groups {
		for _, o := range g.objs {
			items = append(items, schema.Tree(o))
		}
	}
	if single && len(items) == 1 {
		tree, _ := items[0].(map[string]any)
		return tree
	}
	return map[string]any{"apiVersion": "v1", "kind": "List", "items": items, "metadata": map[string]any{"resourceVersion": ""}}
}

func (p *printer) printTree(w *strings.Builder, tree map[string]any) error {
	switch p.format {
	case "yaml":
		b, err := schema.MarshalYAMLTree(tree)
		w.Write(b)
		return err
	case "json":
		b, err := schema.MarshalIndent(tree)
		w.Write(b)
		return err
	}
	return p.path.execute(w, tree)
}

func (p *printer) printColumns(w *strings.Builder, groups []group) error {
	var trees []map[string]any
	for _, g := range groups {
		for _, o := range g.objs {
			trees = append(trees, schema.Tree(o))
		}
	}
	rows, err := customRows(p.columns, trees, p.headers)
	p.layout.write(w, rows)
	return err
}

// table writes one kind as a table.
func (p *printer) table(w *strings.Builder, res *schema.Resource, objs []api.Object, headers bool) {
	t := p.server.Table(res, objs)
	var rows [][]string
	if headers {
		rows = append(rows, p.headRow(t, res))
	}
	for _, r := range t.Rows {
		rows = append(rows, p.row(t, res, r))
	}
	p.layout.write(w, rows)
}

func (p *printer) headRow(t request.Table, res *schema.Resource) []string {
	var head []string
	if p.spaces && res.Namespaced {
		head = append(head, "NAMESPACE")
	}
	for _, col := range t.Columns {
		if col.Priority == 0 || p.format == "wide" {
			head = append(head, strings.ToUpper(col.Name))
		}
	}
	for _, l := range p.labels {
		head = append(head, strings.ToUpper(l[strings.LastIndexByte(l, '/')+1:]))
	}
	if p.all {
		head = append(head, "LABELS")
	}
	return head
}

func (p *printer) row(t request.Table, res *schema.Resource, r request.Row) []string {
	m := r.Object.Meta()
	var row []string
	if p.spaces && res.Namespaced {
		row = append(row, m.Namespace)
	}
	for i, col := range t.Columns {
		if col.Priority > 0 && p.format != "wide" {
			continue
		}
		text := cell(r.Cells[i])
		if col.Format == "name" && p.kinds {
			text = called(res, text)
		}
		row = append(row, text)
	}
	for _, l := range p.labels {
		row = append(row, m.Labels[l])
	}
	if p.all {
		row = append(row, cmp.Or(labels.Set(m.Labels).String(), "<none>"))
	}
	return row
}

// one writes a single object, as a watch does.
func (p *printer) one(w *strings.Builder, res *schema.Resource, o api.Object) error {
	switch p.format {
	case "", "wide":
		p.table(w, res, []api.Object{o}, p.header)
		p.header = false
		return nil
	case "custom-columns":
		rows, err := customRows(p.columns, []map[string]any{schema.Tree(o)}, p.header)
		p.header = false
		p.layout.write(w, rows)
		return err
	case "name":
		w.WriteString(called(res, o.Meta().Name) + "\n")
		return nil
	case "yaml":
		w.WriteString("---\n")
	}
	return p.printTree(w, schema.Tree(o))
}

// sort puts objects into the order of --sort-by; those without the field come first.
func (p *printer) sort(objs []api.Object) error {
	if p.sortBy == nil {
		return nil
	}
	keys := map[api.Object]any{}
	for _, o := range objs {
		found, err := p.sortBy.find(schema.Tree(o))
		if err != nil {
			return err
		}
		if len(found) > 0 && len(found[0]) > 0 {
			keys[o] = found[0][0]
		}
	}
	slices.SortStableFunc(objs, func(a, b api.Object) int {
		less, err := compareBy("<", keys[a], keys[b])
		if err == nil && less {
			return -1
		}
		more, err := compareBy("<", keys[b], keys[a])
		if err == nil && more {
			return 1
		}
		return 0
	})
	return nil
}
