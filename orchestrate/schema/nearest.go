package schema

import "strings"

// Nearest is the word that a person most likely meant, or "" if none is near. Case does not count, and
// of equally near words the first one wins. Two swapped letters are one mistake; a word may have one
// mistake for each three letters.
func Nearest(word string, of []string) string {
	best, least := "", len(word)/3+1
	for _, w := range of {
		if d := distance(strings.ToLower(word), strings.ToLower(w), least); d < least || (d == least && best == "" && len(word) > 2) {
			best, least = w, d
		}
	}
	return best
}

// distance is how many letters must be put in, taken out, replaced or swapped with their neighbour;
// more than limit if it is more.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(a) > 200 {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
