package kubectl

import (
	"errors"
	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// sliceBounds are from, to and step of a slice, as far as they are given.
type sliceBounds struct {
	value [3]int
	known [3]bool
	one   bool // [2] is [2:3], but [-1] reaches the last one
}

func (p *jsonPath) sliceAll(b sliceBounds, in []any) ([]any, error) {
	var out []any
	for _, v := range in {
		if v == nil {
			continue
		}
		list, ok := v.([]any)
		if !ok {
			return nil, fmt.Errorf("%T is not array or slice", schema.Plain(v))
		}
		part, err := b.of(list)
		if err != nil {
			return nil, err
		}
		if out = append(out, part...); len(out) > p.left {
			return nil, errTooMuch
		}
	}
	return out, nil
}

func (b sliceBounds) of(list []any) ([]any, error) {
	n := len(list)
	from, to, step := b.value[0], b.value[1], 1
	if from < 0 {
		from += n
	}
	if !b.known[1] {
		to = n
	}
	if to < 0 || to == 0 && b.one {
		to += n
	}
	switch {
	case from == to:
		return nil, nil
	case from >= n || from < 0:
		return nil, fmt.Errorf("array index out of bounds: index %d, length %d", from, n)
	case to > n || to < 0:
		return nil, fmt.Errorf("array index out of bounds: index %d, length %d", to-1, n)
	case from > to:
		return nil, fmt.Errorf("starting index %d is greater than ending index %d", from, to)
	}
	if b.known[2] {
		step = b.value[2]
	}
	if step <= 0 {
		return nil, errors.New("step must be > 0")
	}
	var out []any
	for i := from; i < to; i += min(step, n) {
		out = append(out, list[i])
	}
	return out, nil
}
