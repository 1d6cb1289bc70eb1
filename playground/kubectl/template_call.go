package kubectl

import (
	"cmp"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// templateFuncs are the functions of templates, beside and and or, which need not see all their operands.
var templateFuncs = map[string]func(args []any) (any, error){
	"base64decode": func(args []any) (any, error) {
		if len(args) != 1 {
			return nil, wrongCount(1, args)
		}
		b, err := base64.StdEncoding.DecodeString(templateText(args[0]))
		if err != nil {
			return nil, errors.New("base64 decode failed: " + err.Error())
		}
		return string(b), nil
	},
	"eq": func(args []any) (any, error) {
		if len(args) < 2 {
			return nil, errors.New("missing argument for comparison")
		}
		for _, other := range args[1:] {
			order, err := templateOrder(args[0], other)
			if err != nil || order == 0 {
				return order == 0 && err == nil, err
			}
		}
		return false, nil
	},
	"exists": func(args []any) (any, error) {
		v, err := templateIndex(args)
		_, missing := v.(absent)
		return err == nil && v != nil && !missing, nil
	},
	"ge":    comparison(func(order int) bool { return order >= 0 }),
	"gt":    comparison(func(order int) bool { return order > 0 }),
	"index": templateIndex,
	"le":    comparison(func(order int) bool { return order <= 0 }),
	"len": func(args []any) (any, error) {
		if len(args) != 1 {
			return nil, wrongCount(1, args)
		}
		switch v := args[0].(type) {
		case string:
			return int64(len(v)), nil
		case []any:
			return int64(len(v)), nil
		case map[string]any:
			return int64(len(v)), nil
		}
		return nil, fmt.Errorf("len of type %T", args[0])
	},
	"lt": comparison(func(order int) bool { return order < 0 }),
	"ne": comparison(func(order int) bool { return order != 0 }),
	"not": func(args []any) (any, error) {
		if len(args) != 1 {
			return nil, wrongCount(1, args)
		}
		return !truth(args[0]), nil
	},
	"print":   func(args []any) (any, error) { return printed(args, false), nil },
	"println": func(args []any) (any, error) { return printed(args, true) + "\n", nil },
	"printf": func(args []any) (any, error) {
		if len(args) == 0 {
			return nil, wrongCount(1, args)
		}
		format, ok := args[0].(string)
		if !ok {
			return nil, fmt.Errorf("wrong type for value; expected string; got %T", args[0])
		}
		return templateFormat(format, args[1:]), nil
	},
}

func wrongCount(want int, args []any) error {
	return fmt.Errorf("wrong number of args: want %d got %d", want, len(args))
}

// printed is what print and println make of values: without apart there is a space only between two of which neither is a text.
func printed(args []any, apart bool) string {
	out := ""
	text := true // the value before is one
	for i, a := range args {
		if a == (absent{}) {
			a = nil
		}
		_, isText := a.(string)
		if i > 0 && (apart || !text && !isText) {
			out += " "
		}
		out, text = out+fmt.Sprint(schema.Plain(a)), isText
	}
	return out
}

// templateIndex is index LIST 0 "key" ...
func templateIndex(args []any) (any, error) {
	if len(args) == 0 {
		return nil, wrongCount(1, args)
	}
	v := args[0]
	for _, key := range args[1:] {
		switch in := v.(type) {
		case []any:
			n, ok := key.(int64)
			switch {
			case !ok:
				return nil, fmt.Errorf("cannot index slice/array with type %T", key)
			case n < 0 || n >= int64(len(in)):
				return nil, fmt.Errorf("index out of range: %d", n)
			}
			v = schema.Opened(in[n])
		case map[string]any:
			name, ok := key.(string)
			if !ok {
				return nil, fmt.Errorf("value has type %T; should be string", key)
			}
			field, there := in[name]
			if v = field; !there {
				v = absent{}
			}
		case nil, absent:
			return nil, errors.New("index of untyped nil")
		default:
			return nil, fmt.Errorf("can't index item of type %T", in)
		}
	}
	return v, nil
}

func comparison(holds func(order int) bool) func(args []any) (any, error) {
	return func(args []any) (any, error) {
		if len(args) != 2 {
			return nil, wrongCount(2, args)
		}
		order, err := templateOrder(args[0], args[1])
		return err == nil && holds(order), err
	}
}

// templateOrder compares two plain values of one type. Go tells whole numbers from others.
func templateOrder(a, b any) (int, error) {
	switch x := a.(type) {
	case string:
		if y, ok := b.(string); ok {
			return strings.Compare(x, y), nil
		}
	case int64:
		if y, ok := b.(int64); ok {
			return cmp.Compare(x, y), nil
		}
	case float64:
		if y, ok := b.(float64); ok {
			//float:exact the comparison is what was asked for
			return cmp.Compare(x, y), nil
		}
	case bool:
		if y, ok := b.(bool); ok && x == y {
			return 0, nil
		} else if ok {
			return 1, nil
		}
	}
	if (a == nil || a == any(absent{})) && (b == nil || b == any(absent{})) {
		return 0, nil
	}
	if a == nil || b == nil || a == any(absent{}) || b == any(absent{}) {
		return 1, nil
	}
	return 1, errors.New("incompatible types for comparison")
}

// templateFormat is printf: %s %v %q %d %x %t %f and %g, with a width, - and a precision of decimals.
func templateFormat(format string, args []any) string {
	var b strings.Builder
	for {
		text, rest, more := strings.Cut(format, "%")
		b.WriteString(text)
		if !more || rest == "" {
			return b.String()
		}
		if rest[0] == '%' {
			b.WriteByte('%')
			format = rest[1:]
			continue
		}
		end := len(rest) - len(strings.TrimLeft(rest, "-0123456789."))
		if end == len(rest) {
			return b.String() + "%!(NOVERB)"
		}
		verb := rest[end]
		format = rest[end+1:]
		if len(args) == 0 {
			b.WriteString("%!" + string(rune(verb)) + "(MISSING)")
			continue
		}
		b.WriteString(padded(rest[:end], verb, args[0]))
		args = args[1:]
	}
}

// widest is the largest width that is kept to.
const widest = 1000

func padded(flags string, verb byte, v any) string {
	width, precision, exact := strings.Cut(flags, ".")
	text := templateText(v)
	f, float := v.(float64)
	n, whole := v.(int64)
	_, truth := v.(bool)
	switch {
	case verb == 'q':
		text = strconv.Quote(text)
	case verb == 'x' && whole:
		text = strconv.FormatInt(n, 16)
	case float && (verb == 'f' || verb == 'g'):
		digits := -1
		if p, err := strconv.Atoi(precision); exact && err == nil {
			digits = min(p, 100)
		} else if verb == 'f' {
			digits = 6
		}
		text = strconv.FormatFloat(f, verb, digits, 64)
	case verb == 's' && (float || whole || truth), verb == 'd' && !whole, verb == 't' && !truth, !strings.ContainsRune("svdqt", rune(verb)):
		kind := "string"
		switch {
		case float:
			kind = "float64"
		case whole:
			kind = "int64"
		case truth:
			kind = "bool"
		}
		text = "%!" + string(rune(verb)) + "(" + kind + "=" + text + ")"
	}
	left := strings.HasPrefix(width, "-")
	columns, err := strconv.Atoi(strings.TrimLeft(width, "-"))
	if err != nil {
		return text
	}
	space := strings.Repeat(" ", max(0, min(columns, widest)-len([]rune(text))))
	if left {
		return text + space
	}
	return space + text
}
