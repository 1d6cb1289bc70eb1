package request

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

const tokenStart, tokenKey = `{"v":"meta.k8s.io/v1","rv":`, `,"start":"`

// token is where a list goes on, in the form upstream gives it.
func token(rev, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(tokenStart + rev + tokenKey + key + `\u0000"}`))
}

func readToken(token string) (api.Revision, string, error) {
	bad := func(why string) (api.Revision, string, error) {
		return 0, "", api.BadRequest("invalid continue token: continue key is not valid: " + why)
	}
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return bad(err.Error())
	}
	text := string(b)
	if len(b) > 0 && b[0] != '{' {
		return bad("invalid character " + quoted(b[0]) + " looking for beginning of value")
	}
	rest, ok := strings.CutPrefix(text, tokenStart)
	number, key, found := strings.Cut(rest, tokenKey)
	key = strings.TrimSuffix(key, `\u0000"}`)
	if number == newestToken {
		return 0, key, nil
	}
	rev, err := strconv.ParseUint(number, 10, 64)
	if !ok || !found || err != nil || rev == 0 {
		return bad("incorrect encoded start resourceVersion (version meta.k8s.io/v1)")
	}
	return api.Revision(rev), key, nil
}

// quoted is a byte as package json names it.
func quoted(c byte) string {
	switch c {
	case '\'':
		return `'\''`
	case '"':
		return `'"'`
	}
	s := strconv.Quote(string(rune(c)))
	return "'" + s[1:len(s)-1] + "'"
}
