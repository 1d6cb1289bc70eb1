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
	keyed, some := make([]sortKey, len(objs)), false
	trees := schema.Written(true, objs...)
	for i, o := range objs {
		found, err := p.sortBy.find(trees[i])
		if err != nil {
			return err
		}
		keyed[i].obj = o
		if len(found) > 0 && len(found[0]) > 0 {
			keyed[i].set(found[0][0])
			some = true
		}
	}
	if !some {
		return fmt.Errorf("couldn't find any field with path %q in the list of objects", p.sortBy.source)
	}
	var wrong error
	sorting.Stable(keyed, func(a, b sortKey) int {
		order, err := compareKeys(&a, &b)
		if err != nil {
			wrong = fmt.Errorf("cannot sort by %s: %w", p.sortBy.source, err)
		}
		return order
	})
	for i := range keyed {
		objs[i] = keyed[i].obj
	}
	return wrong
}

// sortKey is the field of an object by which it is sorted.
type sortKey struct {
	obj    api.Object
	value  any
	amount api.Quantity // of a text that is one
	counts bool
}

func (k *sortKey) set(v any) {
	k.value = plainNumber(v)
	if text, ok := v.(string); ok {
		var err error
		k.amount, err = api.ParseQuantity(text)
		k.counts = err == nil
	}
}

// compareKeys orders two values of a field; nil is less than all others, and texts that are both quantities are compared
// by their amount.
func compareKeys(x, y *sortKey) (int, error) {
	a, b := x.value, y.value
	switch {
	case x.counts && y.counts:
		return x.amount.Cmp(y.amount), nil
	case a == nil && b == nil:
		return 0, nil
	case a == nil:
		return -1, nil
	case b == nil:
		return 1, nil
	}
	if p, ok := a.(string); ok {
		if q, ok := b.(string); ok {
			return strings.Compare(p, q), nil
		}
	}
	if less, err := compareBy("<", a, b); err != nil || less {
		return -1, err
	}
	if more, err := compareBy(">", a, b); err != nil || more {
		return 1, err
	}
	return 0, nil
}
