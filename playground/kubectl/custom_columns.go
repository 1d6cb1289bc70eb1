package kubectl

import (
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// customColumn is one column of -o custom-columns.
type customColumn struct {
	header string
	path   *jsonPath
}

// parseCustomColumns reads HEADER:.json.path,HEADER:.json.path
//
// Source: k8s.io/kubectl/pkg/cmd/get, customcolumn.go.
func parseCustomColumns(spec string) ([]customColumn, error) {
	if spec == "" {
		return nil, errors.New("custom-columns format specified but no custom columns given")
	}
	var columns []customColumn
	for part := range strings.SplitSeq(spec, ",") {
		header, expression, ok := strings.Cut(part, ":")
		if !ok {
			return nil, fmt.Errorf("unexpected custom-columns spec: %s, expected <header>:<json-path-expr>", part)
		}
		relaxed, err := relaxedPath(expression)
		if err != nil {
			return nil, err
		}
		path, err := parseJSONPath(relaxed)
		if err != nil {
			return nil, err
		}
		columns = append(columns, customColumn{header, path})
	}
	return columns, nil
}

// customRows gives the header (unless it is not wanted) and a row for each tree.
func customRows(columns []customColumn, trees []any, header bool) ([][]string, error) {
	var rows [][]string
	if header {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = c.header
		}
		rows = append(rows, row)
	}
	for _, tree := range trees {
		row := make([]string, len(columns))
		for i, c := range columns {
			text, err := c.text(tree)
			if err != nil {
				return nil, err
			}
			row[i] = text
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (c *customColumn) text(tree any) (string, error) {
	all, err := c.path.find(tree)
	if err != nil {
		return "", err
	}
	var values []string
	if len(all) == 0 || len(all[0]) == 0 {
		values = append(values, "<none>")
	}
	for _, results := range all {
		for _, r := range results {
			values = append(values, printable(fmt.Sprint(schema.Plain(r))))
		}
	}
	return strings.Join(values, ","), nil
}
