package request

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// table is a list of objects as a server sends it to somebody who wants a Table.
//
// Source: Kubernetes API reference, "Table v1 meta".
func (r *call) table(meta map[string]any, objs []api.Object) map[string]any {
	t := r.server.Table(r.place.res, objs)
	columns, rows := []any{}, []any{}
	for _, c := range t.Columns {
		columns = append(columns, map[string]any{
			"name": c.Name, "type": orWord(c.Type, "string"), "format": c.Format, "description": "", "priority": int64(c.Priority),
		})
	}
	for _, row := range t.Rows {
		cells := []any{}
		for i, cell := range row.Cells {
			cells = append(cells, cellValue(t.Columns[i], cell))
		}
		rows = append(rows, map[string]any{"cells": cells, "object": r.rowObject(row.Object)})
	}
	return map[string]any{"kind": "Table", "apiVersion": metaVersion, "metadata": meta, "columnDefinitions": columns, "rows": rows}
}

// rowObject is what a row tells of its object: as includeObject says its metadata, all of it, or nothing.
func (r *call) rowObject(o api.Object) any {
	switch r.query["includeObject"] {
	case "None":
		return nil
	case "Object":
		return schema.Written(true, o)[0]
	}
	return partial(o)
}

// badTable tells what is wrong with the options of a Table.
func (r *call) badTable() error {
	switch v := r.query["includeObject"]; v {
	case "", "Metadata", "None", "Object":
		return nil
	default:
		return api.BadRequest("unrecognized includeObject value: " + strconv.Quote(v))
	}
}

// cellValue is a cell as JSON has it.
func cellValue(c Column, cell string) any {
	if c.Type == "integer" {
		if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
			return n
		}
	}
	return cell
}

// metadataTree is the metadata of an object as a tree.
func metadataTree(o api.Object) map[string]any { return meta(schema.Tree(o)) }
