package request

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// parseQuery reads key=value&key=value. Of a key that comes again the first counts.
func parseQuery(query string) (map[string]string, error) {
	out := map[string]string{}
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		key, value, _ := strings.Cut(pair, "=")
		k, ok := unescape(key)
		v, fine := unescape(value)
		if !ok || !fine {
			return nil, api.BadRequest("invalid URL escape in the query")
		}
		if _, twice := out[k]; k != "" && !twice {
			out[k] = v
		}
	}
	return out, nil
}

// unescape undoes the escaping of a query.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] != '%':
			b.WriteByte(s[i])
		default:
			if i+2 >= len(s) {
				return "", false
			}
			high, low := hex(s[i+1]), hex(s[i+2])
			if high < 0 || low < 0 {
				return "", false
			}
			b.WriteByte(byte(high<<4 | low))
			i += 2
		}
	}
	return b.String(), true
}

func hex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// valuesOf are all values of one key of a query, in order. What cannot be read is left out.
func valuesOf(query, key string) (out []string) {
	for _, pair := range strings.Split(query, "&") {
		k, v, _ := strings.Cut(pair, "=")
		if value, ok := unescape(v); ok && k == key {
			out = append(out, value)
		}
	}
	return out
}
