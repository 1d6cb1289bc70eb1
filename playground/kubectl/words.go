package kubectl

import "strings"

// distance is how many letters must be put in, taken out or exchanged to make b of a (Levenshtein), without
// regard to upper and lower case.
func distance(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// nearest is the word that takes the fewest letters to reach, the first of equals; "" if none is within a
// third of the word's length (and at least two letters).
func nearest(word string, of []string) string {
	best, limit := "", max(2, len(word)/3)
	for _, w := range of {
		if strings.HasPrefix(w, word) && len(word) >= 3 {
			return w
		}
		if d := distance(word, w); d <= limit {
			best, limit = w, d-1
		}
	}
	return best
}

// suggestions are the commands that cobra would offer for an unknown one: at most two letters away, or
// beginning with it; in the order in which kubectl lists its commands.
func suggestions(word string, of []string) []string {
	var near []string
	for _, w := range of {
		if distance(word, w) <= 2 || strings.HasPrefix(w, strings.ToLower(word)) {
			near = append(near, w)
		}
	}
	return near
}
