package kubectl

import (
	"cmp"
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
)

// compareBy tells whether a filter's comparison holds. Only values of a kind can be compared; whole numbers and
// fractions are different kinds, as in upstream.
func compareBy(operator string, a, b any) (bool, error) {
	var order int
	switch operator {
	case "==", "!=", "<", "<=", ">", ">=":
	default:
		return false, fmt.Errorf("unrecognized filter operator %s", operator)
	}
	equality := operator == "==" || operator == "!="
	switch x := plainNumber(a).(type) {
	case bool:
		y, ok := b.(bool)
		if !ok {
			return false, errors.New("incompatible types for comparison")
		}
		if !equality {
			return false, errors.New("invalid type for comparison")
		}
		if x != y {
			order = 1
		}
	case string:
		y, ok := b.(string)
		if !ok {
			return false, errors.New("incompatible types for comparison")
		}
		order = strings.Compare(x, y)
	case int64:
		y, ok := plainNumber(b).(int64)
		if !ok {
			return false, errors.New("incompatible types for comparison")
		}
		order = cmp.Compare(x, y)
	case float64:
		y, ok := plainNumber(b).(float64)
		if !ok {
			return false, errors.New("incompatible types for comparison")
		}
		//float:exact numbers of a manifest, compared as upstream does
		order = cmp.Compare(x, y)
	default:
		return false, errors.New("invalid type for comparison")
	}
	return map[string]bool{
		"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0,
	}[operator], nil
}

// plainNumber makes one whole and one fractional type of the number types a tree may hold.
func plainNumber(v any) any {
	switch v := v.(type) {
	case int:
		return int64(v)
	case int32:
		return int64(v)
	}
	return v
}
