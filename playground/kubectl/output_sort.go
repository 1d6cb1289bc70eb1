package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// sort puts objects into the order of --sort-by. Those without the field come first, and equal ones keep their order
// (upstream's sort mixes them). A field that no object has is an error; upstream then prints no table and says that
// there are no resources.
//
// Source: k8s.io/kubectl/pkg/cmd/get, sorter.go.
func (p *printer) sort(objs []api.Object) error {
	if p.sortBy == nil || len(objs) == 0 {
		return nil
	}
	keys := map[api.Object]any{}
	trees := schema.Written(true, objs...)
	for i, o := range objs {
		found, err := p.sortBy.find(trees[i])
		if err != nil {
			return err
		}
		if len(found) > 0 && len(found[0]) > 0 {
			keys[o] = plainNumber(found[0][0])
		}
	}
	if len(keys) == 0 {
		return fmt.Errorf("couldn't find any field with path %q in the list of objects", p.sortBy.source)
	}
	var wrong error
	sorting.Stable(objs, func(a, b api.Object) int {
		order, err := compareKeys(keys[a], keys[b])
		if err != nil {
			wrong = fmt.Errorf("cannot sort by %s: %w", p.sortBy.source, err)
		}
		return order
	})
	return wrong
}

// compareKeys orders two values of a field; nil is less than all others, and texts that are both quantities are compared
// by their amount.
func compareKeys(a, b any) (int, error) {
	switch {
	case a == nil && b == nil:
		return 0, nil
	case a == nil:
		return -1, nil
	case b == nil:
		return 1, nil
	}
	x, ok := a.(string)
	y, both := b.(string)
	if ok && both {
		p, err := api.ParseQuantity(x)
		q, err2 := api.ParseQuantity(y)
		if err == nil && err2 == nil {
			return p.Cmp(q), nil
		}
		return strings.Compare(x, y), nil
	}
	if less, err := compareBy("<", a, b); err != nil || less {
		return -1, err
	}
	if more, err := compareBy(">", a, b); err != nil || more {
		return 1, err
	}
	return 0, nil
}
