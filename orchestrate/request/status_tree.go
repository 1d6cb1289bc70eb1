package request

import "github.com/slipway-dev/slipway/orchestrate/api"

// StatusTree is a Status as plain JSON values.
func StatusTree(s *api.Status) map[string]any {
	meta := map[string]any{}
	add(meta, "continue", s.Metadata.Continue)
	tree := map[string]any{"kind": "Status", "apiVersion": "v1", "metadata": meta, "code": int64(s.Code)}
	add(tree, "status", s.Status)
	add(tree, "message", s.Message)
	add(tree, "reason", string(s.Reason))
	if s.Details != nil {
		tree["details"] = detailsTree(s.Details)
	}
	return tree
}

func detailsTree(d *api.StatusDetails) map[string]any {
	tree := map[string]any{}
	add(tree, "name", d.Name)
	add(tree, "group", d.Group)
	add(tree, "kind", d.Kind)
	add(tree, "uid", string(d.UID))
	if d.RetryAfterSeconds != 0 {
		tree["retryAfterSeconds"] = int64(d.RetryAfterSeconds)
	}
	var causes []any
	for _, c := range d.Causes {
		cause := map[string]any{}
		add(cause, "reason", c.Type)
		add(cause, "message", c.Message)
		add(cause, "field", c.Field)
		causes = append(causes, cause)
	}
	if causes != nil {
		tree["causes"] = causes
	}
	return tree
}

// add sets a text that is not empty.
func add(tree map[string]any, key, value string) {
	if value != "" {
		tree[key] = value
	}
}
