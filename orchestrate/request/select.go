package request

// SelectorText is a label selector of an object's tree in one line, as list requests take it: "a=b,c in (d,e)"; "<none>" if it
// selects everything.
func SelectorText(selector any) string { return selectorText(selector) }
