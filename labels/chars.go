package labels

// Classes of bytes. Validation reads one class a byte and decides at the end, without branches between.
const (
	edge   = 1 << iota // [A-Za-z0-9]: may begin and end a name
	inner              // [-A-Za-z0-9_.]: may stand in a name
	part               // [a-z0-9]: may begin and end a part of a domain
	dash               // -
	dot                // .
	domain             // [-a-z0-9.]: may stand in a domain
	stop               // NUL, blanks and symbols: end a word of a selector
	slash              // /: stands between the two parts of a key

	lowerClass = edge | inner | part | domain
	upperClass = edge | inner
)

// classes has the class of every byte; those not written here are 0.
var classes = [256]uint8{
	'0': lowerClass, '1': lowerClass, '2': lowerClass, '3': lowerClass, '4': lowerClass,
	'5': lowerClass, '6': lowerClass, '7': lowerClass, '8': lowerClass, '9': lowerClass,
	'a': lowerClass, 'b': lowerClass, 'c': lowerClass, 'd': lowerClass, 'e': lowerClass, 'f': lowerClass, 'g': lowerClass,
	'h': lowerClass, 'i': lowerClass, 'j': lowerClass, 'k': lowerClass, 'l': lowerClass, 'm': lowerClass, 'n': lowerClass,
	'o': lowerClass, 'p': lowerClass, 'q': lowerClass, 'r': lowerClass, 's': lowerClass, 't': lowerClass, 'u': lowerClass,
	'v': lowerClass, 'w': lowerClass, 'x': lowerClass, 'y': lowerClass, 'z': lowerClass,
	'A': upperClass, 'B': upperClass, 'C': upperClass, 'D': upperClass, 'E': upperClass, 'F': upperClass, 'G': upperClass,
	'H': upperClass, 'I': upperClass, 'J': upperClass, 'K': upperClass, 'L': upperClass, 'M': upperClass, 'N': upperClass,
	'O': upperClass, 'P': upperClass, 'Q': upperClass, 'R': upperClass, 'S': upperClass, 'T': upperClass, 'U': upperClass,
	'V': upperClass, 'W': upperClass, 'X': upperClass, 'Y': upperClass, 'Z': upperClass,
	'-': inner | dash | domain, '.': inner | dot | domain, '_': inner,
	0: stop, ' ': stop, '\t': stop, '\r': stop, '\n': stop,
	'!': stop, '(': stop, ')': stop, ',': stop, '<': stop, '=': stop, '>': stop, '/': slash,
}

// isName says whether s is [A-Za-z0-9], or that at both ends with [-A-Za-z0-9_.] between. Length is the caller's.
func isName(s string) bool {
	if s == "" {
		return false
	}
	all := uint8(inner)
	for i := 0; i < len(s); i++ {
		all &= classes[s[i]]
	}
	return all&inner != 0 && classes[s[0]]&classes[s[len(s)-1]]&edge != 0
}

// isKey says whether s is a name, or a subdomain, a slash and a name.
func isKey(s string) bool {
	i, all := len(s), uint8(inner)
	for i > 0 && s[i-1] != '/' {
		i--
		all &= classes[s[i]]
	}
	name := s[i:]
	if all&inner == 0 || name == "" || len(name) > maxName || classes[name[0]]&classes[name[len(name)-1]]&edge == 0 {
		return false
	}
	return i == 0 || i-1 <= maxSubdomain && isSubdomain(s[:i-1])
}

// isSubdomain says whether s is dotted parts of [a-z0-9-], each with [a-z0-9] at both ends.
func isSubdomain(s string) bool {
	before, all, bad := uint8(dot), uint8(domain), uint8(0) // a dot before the first part makes it like the others
	for i := 0; i < len(s); i++ {
		c := classes[s[i]]
		all &= c
		both := c | before
		bad |= both &^ (both << 2) // bit `dot`: a dot is in the pair, and no letter or digit
		before = c
	}
	return all != 0 && bad&dot == 0 && before&part != 0
}
