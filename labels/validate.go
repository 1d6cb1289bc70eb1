package labels

import "strings"

const (
	maxName      = 63  // bytes in a value, and in a key after its prefix
	maxSubdomain = 253 // bytes in a key's prefix

	nameForm   = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
	domainForm = `[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*`

	nameMessage = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
		"alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" + nameForm + "')"
	valueMessage = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
		"and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', " +
		"regex used for validation is '(" + nameForm + ")?')"
	domainMessage = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
		"and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '" +
		domainForm + "')"
)

// ValidateKey returns upstream's messages for what is wrong with a label key, nil when it is valid.
//
// A key is a name of 1 to 63 bytes, with an optional DNS subdomain and a slash before it:
// "app", "app.kubernetes.io/name". Valid input costs no allocation.
//
// Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
func ValidateKey(key string) []string {
	if isKey(key) {
		return nil
	}
	prefix, name, slash := strings.Cut(key, "/")
	if !slash {
		return nameMessages(nil, key)
	}
	if strings.IndexByte(name, '/') >= 0 {
		return []string{"a valid label key " + nameMessage + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"}
	}
	var msgs []string
	if prefix == "" {
		msgs = append(msgs, "prefix part must be non-empty")
	}
	if prefix != "" {
		for _, msg := range domainMessages(prefix, "must be no more than 253 bytes") {
			msgs = append(msgs, "prefix part "+msg)
		}
	}
	return nameMessages(msgs, name)
}

// nameMessages appends what is wrong with the name part of a key.
func nameMessages(msgs []string, name string) []string {
	switch {
	case name == "":
		msgs = append(msgs, "name part must be non-empty")
	case len(name) > maxName:
		msgs = append(msgs, "name part must be no more than 63 bytes")
	}
	if !isName(name) {
		msgs = append(msgs, "name part "+nameMessage)
	}
	return msgs
}

// ValidateValue returns upstream's messages for what is wrong with a label value, nil when it is valid.
//
// A value is empty, or a name of at most 63 bytes. Valid input costs no allocation.
func ValidateValue(value string) []string {
	var msgs []string
	if len(value) > maxName {
		msgs = append(msgs, "must be no more than 63 bytes")
	}
	if value != "" && !isName(value) {
		msgs = append(msgs, valueMessage)
	}
	return msgs
}

// ValidateSubdomain returns upstream's messages for what is wrong with a DNS subdomain (RFC 1123, lower
// case, at most 253 bytes), nil when it is valid. Valid input costs no allocation.
func ValidateSubdomain(domain string) []string {
	return domainMessages(domain, "must be no more than 253 characters")
}

// domainMessages takes the text for too long a name: upstream 1.37 has two, one for keys and one for the rest.
func domainMessages(domain, tooLong string) []string {
	var msgs []string
	if len(domain) > maxSubdomain {
		msgs = append(msgs, tooLong)
	}
	if !isSubdomain(domain) {
		msgs = append(msgs, domainMessage)
	}
	return msgs
}

// checkKey returns the error of an invalid key under the given path, nil for a valid one.
func checkKey(path, key string) FieldErrors {
	if msgs := ValidateKey(key); msgs != nil {
		return FieldErrors{invalid(path, key, strings.Join(msgs, "; "))}
	}
	return nil
}

// ValidateLabels returns all that is wrong with the labels of an object, an error for each message, as
// the API server says it for the given field ("metadata.labels"). The order is that of the sorted keys,
// a key before its value.
func ValidateLabels(set map[string]string, field string) FieldErrors {
	var errs FieldErrors
	for _, key := range sortedKeys(set) {
		for _, msg := range ValidateKey(key) {
			errs = append(errs, invalid(field, key, msg))
		}
		for _, msg := range ValidateValue(set[key]) {
			errs = append(errs, invalid(field, set[key], msg))
		}
	}
	return errs
}
