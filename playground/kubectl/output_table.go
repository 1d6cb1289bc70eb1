package kubectl

import (
	"cmp"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

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
	if p.events {
		head = append(head, "EVENT")
	}
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
	if p.events {
		row = append(row, p.event)
	}
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

// begin writes what a watch begins with: the rows that are there are laid out together, and later ones stay below them.
func (p *printer) begin(w *strings.Builder, res *schema.Resource, objs []api.Object) error {
	header := p.header
	switch p.header = p.header && len(objs) == 0; {
	case len(objs) == 0:
	case p.people():
		p.table(w, res, objs, header)
		return nil
	case p.format == "custom-columns":
		rows, err := customRows(p.columns, schema.Written(true, objs...), header)
		p.layout.write(w, rows)
		return err
	}
	for _, o := range objs {
		if err := p.one(w, res, o); err != nil {
			return err
		}
	}
	return nil
}

// one writes a single object, as a watch does.
func (p *printer) one(w *strings.Builder, res *schema.Resource, o api.Object) error {
	switch p.format {
	case "", "wide", "custom-columns":
		return p.begin(w, res, []api.Object{o})
	case "name":
		w.WriteString(called(res, o.Meta().Name) + "\n")
		return nil
	case "yaml":
		w.WriteString("---\n")
	}
	tree := schema.Tree(o)
	if p.events {
		tree = map[string]any{"type": p.event, "object": tree}
	}
	return p.printTree(w, tree)
}
