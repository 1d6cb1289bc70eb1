package labels

import "strings"

// place is where in the grammar an error was met.
type place uint8

const (
	atStart    place = iota // where a requirement may begin or the selector end
	afterComma              // where a requirement must begin
	afterNot                // after "!"
	atOperator              // after a key
	atValue                 // after =, ==, !=, > or <
	atOpen                  // after in or notin
	inOpened                // after the opening parenthesis
	afterValue              // after a value in a list
	inList                  // after a comma in a list
	afterAll                // after a requirement
	atBadKey                // on a key that is not valid
	atBadValue              // on a value that is not valid
)

const requirementPrefix = "unable to parse requirement: "

// places has upstream's text for each place: what comes before "found", and what is wanted.
var places = [...]struct{ prefix, separator, want string }{
	atStart:    {"", ", ", "!, identifier, or 'end of string'"},
	afterComma: {"", ", ", "identifier after ','"},
	afterNot:   {requirementPrefix, ", ", "identifier"},
	atOperator: {requirementPrefix, ", ", "in, notin, =, ==, !=, gt, lt"},
	atValue:    {requirementPrefix, ", ", "identifier"},
	atOpen:     {requirementPrefix, " ", "'('"},
	inOpened:   {requirementPrefix, ", ", "',', ')' or identifier"},
	afterValue: {requirementPrefix, ", ", "',' or ')'"},
	inList:     {requirementPrefix, ", ", "',', or identifier"},
	afterAll:   {"", ", ", "',' or 'end of string'"},
	atBadKey:   {requirementPrefix, "", "a valid key"},
	atBadValue: {requirementPrefix, "", "a valid value"},
}

// hint returns a sentence that tells what to try, "" when there is none better than what is wanted.
// The key is that of the requirement at hand, found the text that was met instead.
func hint(at place, key, found string) string {
	switch at {
	case atStart, afterComma:
		return hintStart(at, found)
	case afterNot:
		return "write the key that must be absent after the exclamation mark: !canary"
	case atOperator:
		return hintOperator(key, found)
	case atValue:
		if found == "=" {
			return "there is no >= or <=; values are integers, so compare with the neighbour: " + key + ">4 means 5 or more"
		}
		return "write one value after the operator; for several, write " + key + " in (a,b)"
	case atOpen:
		if value := strings.Trim(found, "[]{}"); value != "" && isName(value) {
			return "put the values in parentheses: " + key + " in (" + value + ")"
		}
		return "put the values in parentheses: " + key + " in (a,b)"
	case inOpened, afterValue, inList:
		return hintList(found)
	case afterAll:
		return hintAfter(key, found)
	}
	return hintInvalid(at, found)
}

func hintStart(at place, found string) string {
	switch found {
	case "":
		return "remove the comma at the end, or write another requirement after it"
	case ",":
		return "remove the extra comma"
	case "(", ")":
		return "parentheses only hold the values of in and notin: env in (prod,qa)"
	}
	if at == atStart {
		return "write a key before " + found
	}
	return "write a key after the comma"
}

func hintOperator(key, found string) string {
	switch lower(found) {
	case "in", "notin":
		return "operators are lower case: " + key + " " + lower(found) + " (a,b)"
	case "gt":
		return "write it as a sign: " + key + ">5"
	case "lt":
		return "write it as a sign: " + key + "<5"
	case "exists":
		return "a key alone asks whether it exists: " + key
	case "not":
		return "write it in one word: " + key + " notin (a,b)"
	case "!":
		return "write " + key + "!=value for not equal, or !" + key + " for absent"
	case "(":
		return "write in or notin, with blanks around it, before the parenthesis: " + key + " in (a,b)"
	case ")":
		return "parentheses only hold the values of in and notin: " + key + " in (a,b)"
	}
	return "separate requirements by a comma, " + key + "," + shorten(found) + ", or write a sign between key and value, " +
		key + "=" + shorten(found)
}

func hintList(found string) string {
	switch {
	case found == "":
		return "close the parenthesis after the last value"
	case classes[found[0]]&stop != 0:
		return "values have letters, digits, '-', '_' and '.' only"
	}
	return "separate the values by commas"
}

func hintAfter(key, found string) string {
	switch found {
	case ")":
		return "remove the closing parenthesis; none is open"
	case "(":
		return "parentheses only hold the values of in and notin: " + key + " in (a,b)"
	case "in", "notin", "=", "==", "!=", ">", "<", "!":
		return "a key with ! before it takes no value; to exclude values write " + key + " notin (a,b)"
	}
	return "separate requirements by a comma"
}

// hintInvalid looks for what people try in keys and values.
func hintInvalid(at place, found string) string {
	switch {
	case strings.ContainsAny(found, "\"'`"):
		return "write it without quotes"
	case strings.ContainsAny(found, "|&;"):
		return "a comma means and; there is no or, but one key may have several values: env in (prod,qa)"
	case strings.ContainsAny(found, "*?"):
		return "there are no wildcards; ask for the key alone, or list the values: env in (prod,qa)"
	case hasOddBlank(found):
		return "there is a special blank in it; use the space bar"
	case strings.ContainsAny(found, ":"):
		return "write key=value; the colon belongs to YAML"
	case at == atBadKey && strings.Count(found, "/") > 1:
		return "a key has at most one slash: app.kubernetes.io/name"
	case at == atBadKey && strings.Contains(found, "/"):
		return "before the slash stands a lower-case DNS name of at most 253 bytes, after it a name of 1 to 63"
	case len(found) > maxName:
		return "at most 63 bytes are allowed"
	case at == atBadValue && (found == "" || isName(found)):
		return "> and < compare with a 64-bit integer"
	}
	return "letters, digits, '-', '_' and '.' are allowed, with a letter or digit at both ends"
}

// hasOddBlank looks for blanks that people paste: no-break, typographic, ideographic, zero-width, byte order mark.
func hasOddBlank(s string) bool {
	for _, r := range s {
		if r == '\u00A0' || r >= '\u2000' && r <= '\u200F' || r == '\u202F' || r == '\u3000' || r == '\uFEFF' || r == '\u0085' {
			return true
		}
	}
	return false
}

// lower is strings.ToLower for ASCII.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
