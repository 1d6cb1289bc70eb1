package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
)

// A nameRule tells in upstream's words why a text cannot be a name, or the beginning of one.
type nameRule func(name string, prefix bool) []string

// trimPrefix makes of the beginning of a name something that would be one: the dash it may end with
// will not be the end.
func trimPrefix(name string, prefix bool) string {
	if prefix && len(name) > 1 && name[len(name)-1] == '-' {
		return name[:len(name)-2] + "a"
	}
	return name
}

func subdomainName(name string, prefix bool) []string {
	return labels.ValidateSubdomain(trimPrefix(name, prefix))
}

func labelName(name string, prefix bool) []string { return DNSLabel(trimPrefix(name, prefix)) }

// DNSLabel tells why a word is no RFC 1123 label, in upstream's words; nothing if it is one.
func DNSLabel(s string) []string {
	const form = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
	var out []string
	if len(s) > 63 {
		out = append(out, "must be no more than 63 characters")
	}
	if !dnsLabel(s) {
		if strings.Contains(s, ".") && !slices.ContainsFunc(strings.Split(s, "."), func(part string) bool { return !dnsLabel(part) }) {
			return append(out, "must not contain dots")
		}
		out = append(out, form)
	}
	return out
}

func dnsLabel(s string) bool { return wordOf(s, "-") }

// wordOf tells whether s is lower case letters, digits and the given signs, letter or digit at both ends.
func wordOf(s, signs string) bool {
	for i := range len(s) {
		c := s[i]
		inner := i > 0 && i < len(s)-1 && strings.IndexByte(signs, c) >= 0
		if !inner && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// searchDomain tells why s cannot be searched by a resolver: a subdomain in which _ is allowed.
func searchDomain(s string) []string {
	var out []string
	if len(s) > 253 {
		out = append(out, "must be no more than 253 characters")
	}
	for part := range strings.SplitSeq(s, ".") {
		if !wordOf(strings.TrimPrefix(part, "_"), "-_") {
			return append(out, "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')")
		}
	}
	return out
}

// PortName tells why a word cannot name a port (RFC 6335), in upstream's words; nothing if it can.
func PortName(s string) []string {
	var out []string
	if len(s) > 15 {
		out = append(out, "must be no more than 15 characters")
	}
	letter, other := false, s == ""
	for i := range len(s) {
		c := s[i]
		letter = letter || c >= 'a' && c <= 'z'
		other = other || c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9')
	}
	if other {
		out = append(out, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
	}
	if !letter {
		out = append(out, "must contain at least one letter (a-z)")
	}
	if strings.Contains(s, "--") {
		out = append(out, "must not contain consecutive hyphens")
	}
	if s != "" && (s[0] == '-' || s[len(s)-1] == '-') {
		out = append(out, "must not begin or end with a hyphen")
	}
	return out
}

// ConfigKey tells why a word cannot be a key of a ConfigMap or Secret.
func ConfigKey(s string) []string {
	var out []string
	if len(s) > 253 {
		out = append(out, "must be no more than 253 characters")
	}
	if s == "" || strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && r != '.' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) {
		out = append(out, "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")
	}
	switch {
	case s == ".", s == "..":
		out = append(out, "must not be '"+s+"'")
	case strings.HasPrefix(s, ".."):
		out = append(out, "must not start with '..'")
	}
	return out
}

// variableName tells why a text cannot name an environment variable.
func variableName(s string) []string {
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r > 0x7e || r == '=' }) {
		return []string{"a valid environment variable name must consist only of printable ASCII characters other than '='"}
	}
	return nil
}

// headerName tells why a text cannot name an HTTP header.
func headerName(s string) []string {
	if s == "" || strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) {
		return []string{"a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"}
	}
	return nil
}

// sysctlName tells whether s is a kernel parameter such as net.ipv4.tcp_syncookies.
func sysctlName(s string) bool {
	if len(s) > 253 {
		return false
	}
	for part := range strings.SplitSeq(strings.ReplaceAll(s, "/", "."), ".") {
		if !wordOf(part, "-_") {
			return false
		}
	}
	return true
}
