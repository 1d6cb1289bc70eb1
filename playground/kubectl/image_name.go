package kubectl

import "strings"

// validImage tells whether a text can name an image: [domain[:port]/]path[:tag][@digest].
//
// Source: the grammar of github.com/distribution/reference.
func validImage(s string) bool {
	s, digest, digested := strings.Cut(s, "@")
	if digested && !validDigest(digest) {
		return false
	}
	parts := strings.Split(s, "/")
	last := len(parts) - 1
	name, tag, tagged := strings.Cut(parts[last], ":")
	if tagged && !validTag(tag) {
		return false
	}
	parts[last] = name
	if len(parts) > 1 && validDomain(parts[0]) {
		parts = parts[1:]
	}
	for _, p := range parts {
		if !validPathPart(p) {
			return false
		}
	}
	return true
}

func lowerOrDigit(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func alphanumeric(c byte) bool { return lowerOrDigit(c) || c >= 'A' && c <= 'Z' }

// validPathPart tells whether letters and digits are separated by one dot, one or two underscores, or dashes.
func validPathPart(s string) bool {
	if s == "" || !lowerOrDigit(s[0]) || !lowerOrDigit(s[len(s)-1]) {
		return false
	}
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && !lowerOrDigit(s[i]) {
			i++
		}
		switch between := s[start:i]; {
		case between == "", between == ".", between == "_", between == "__", strings.Trim(between, "-") == "":
		default:
			return false
		}
		for i < len(s) && lowerOrDigit(s[i]) {
			i++
		}
	}
	return true
}

func validDomain(s string) bool {
	host, port, given := strings.Cut(s, ":")
	if given && (port == "" || strings.Trim(port, "0123456789") != "") {
		return false
	}
	for part := range strings.SplitSeq(host, ".") {
		if part == "" || part[0] == '-' || part[len(part)-1] == '-' {
			return false
		}
		for i := range len(part) {
			if !alphanumeric(part[i]) && part[i] != '-' {
				return false
			}
		}
	}
	return true
}

func validTag(s string) bool {
	if s == "" || len(s) > 128 || s[0] == '.' || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !alphanumeric(c) && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return true
}

func validDigest(s string) bool {
	algorithm, hex, ok := strings.Cut(s, ":")
	if !ok || algorithm == "" || len(hex) < 32 || strings.Trim(hex, "0123456789abcdefABCDEF") != "" {
		return false
	}
	for i := range len(algorithm) {
		if c := algorithm[i]; !alphanumeric(c) && !strings.ContainsRune("+.-_", rune(c)) {
			return false
		}
	}
	return true
}
