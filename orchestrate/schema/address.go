package schema

import (
	"strconv"
	"strings"
)

// address tells in upstream's words why a text is no IP address.
func address(s string) []string {
	if ipFamily(s) == 0 {
		return []string{"must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"}
	}
	return nil
}

// addressRange tells why a text is no range of IP addresses.
func addressRange(s string) []string {
	if cidrFamily(s) == 0 {
		return []string{"must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"}
	}
	return nil
}

// cidrFamily is 4 or 6, or 0 if s is no range of addresses.
func cidrFamily(s string) int {
	ip, size, ok := strings.Cut(s, "/")
	family := ipFamily(ip)
	bits, err := strconv.Atoi(size)
	if !ok || err != nil || bits < 0 || size[0] == '+' || family == 4 && bits > 32 || bits > 128 {
		return 0
	}
	return family
}

// ipFamily is 4 or 6, or 0 if s is no address.
func ipFamily(s string) int {
	if ipv4(s) {
		return 4
	}
	if ipv6(s) {
		return 6
	}
	return 0
}

// ipv4 allows zeros in front of a number, as upstream does in fields that are as old as these.
func ipv4(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return false
	}
	for _, p := range parts {
		n, err := strconv.ParseUint(p, 10, 8)
		if err != nil || n > 255 || len(p) > 3 {
			return false
		}
	}
	return true
}

func ipv6(s string) bool {
	head, tail, shortened := strings.Cut(s, "::")
	if strings.Contains(tail, "::") || !strings.Contains(s, ":") {
		return false
	}
	groups := ipv6Groups(head, !shortened)
	if groups < 0 {
		return false
	}
	if !shortened {
		return groups == 8
	}
	more := ipv6Groups(tail, true)
	return more >= 0 && groups+more < 8
}

// ipv6Groups counts groups of 16 bits; -1 if one is wrong. The last may be an IPv4 address if it may.
func ipv6Groups(s string, last bool) int {
	if s == "" {
		return 0
	}
	parts := strings.Split(s, ":")
	n := len(parts)
	for i, p := range parts {
		if last && i == len(parts)-1 && ipv4(p) {
			n++
			continue
		}
		if _, err := strconv.ParseUint(p, 16, 16); err != nil || len(p) > 4 || p[0] == '+' {
			return -1
		}
	}
	return n
}
