package schema

import "strings"

// UnifiedDiff says in how far the lines of b differ from those of a, as diff -u does behind its first two lines; "" if they
// do not.
func UnifiedDiff(a, b string) string {
	if a == b {
		return ""
	}
	if a == "" || b == "" {
		return wholeDiff(a, b)
	}
	return unifiedDiff(strings.TrimSuffix(a, "\n"), strings.TrimSuffix(b, "\n"))
}

// wholeDiff is the difference from or to a file that is not there.
func wholeDiff(a, b string) string {
	var out strings.Builder
	text, sign := a, "-"
	if a == "" {
		text, sign = b, "+"
	}
	lines := diffLines(strings.TrimSuffix(text, "\n"))
	if a == "" {
		out.WriteString("@@ -0,0 +" + diffRange(0, len(lines)) + " @@\n")
	} else {
		out.WriteString("@@ -" + diffRange(0, len(lines)) + " +0,0 @@\n")
	}
	writeLines(&out, sign, lines)
	return out.String()
}
