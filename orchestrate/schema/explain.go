package schema

import (
	_ "embed"
	"reflect"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// docs says what types and fields are for: "Type\tText", below it " field\tText" for its fields, and "=Type\tA,B" for the values
// of a type that has only these. It is made of the comments of orchestrate/api by TestDocsAreMadeOfTheComments -rewrite; types that
// beginners do not meet are left out, because a browser loads all of it.
//
//go:embed docs.txt
var docs string

// Field is a field of a kind, or, at the top, the kind itself, as explain shows it.
type Field struct {
	// Name is that of the field and Type that of its values, as explain spells it: string, []Container, map[string]string.
	Name, Type string
	// Text says what it is for; it may be empty.
	Text string
	// Values are the only ones it may have; none if any may.
	Values []string
	// Required tells that a manifest must have it.
	Required bool

	of reflect.Type // of the object, of a list's or map's objects; nil if they have no fields
}

// Explain is the field at a path below a kind; the path may be empty. If there is no such field, missing is the name that is not
// there, and near the one that was probably meant, or "".
func Explain(r *Resource, path []string) (f Field, missing, near string) {
	t := reflect.TypeOf(r.New()).Elem()
	f = Field{Name: r.Kind.String(), Type: r.Kind.String(), Text: typeText(t.Name()), of: t}
	for _, name := range path {
		fields := f.Fields()
		i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
		if i < 0 {
			var names []string
			for _, f := range fields {
				names = append(names, f.Name)
			}
			return f, name, Nearest(name, names)
		}
		f = fields[i]
	}
	return f, "", ""
}

// Fields are the fields of an object, sorted by name.
func (f Field) Fields() []Field {
	if f.of == nil {
		return nil
	}
	var out []Field
	if f.Name == f.Type && f.Name == f.of.Name() && f.of.NumField() > 0 && f.of.Field(0).Type == reflect.TypeFor[api.ObjectMeta]() {
		out = append(out,
			Field{Name: "apiVersion", Type: "string", Text: "The group and version of the API, for example v1 or apps/v1."},
			Field{Name: "kind", Type: "string", Text: "The kind of object this is, for example Pod."})
	}
	for i := range f.of.NumField() {
		out = append(out, goFields(f.of, f.of.Field(i))...)
	}
	sorting.Func(out, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// goFields are what one field of a Go type is in JSON: itself, or the fields of a type it embeds.
func goFields(owner reflect.Type, g reflect.StructField) []Field {
	name, options, _ := strings.Cut(g.Tag.Get("json"), ",")
	switch {
	case g.Anonymous && name == "":
		var out []Field
		for i := range g.Type.NumField() {
			out = append(out, goFields(g.Type, g.Type.Field(i))...)
		}
		return out
	case name == "" || name == "-" || !g.IsExported():
		return nil
	}
	f := Field{Name: name, Text: fieldText(owner.Name(), name), Required: !strings.Contains(options, "omitempty") && !strings.HasSuffix(g.Type.Name(), "Time")}
	f.Type, f.of = shownType(g.Type, strings.TrimPrefix(g.Tag.Get("upstream"), "v1."))
	f.Values = values(g.Type)
	if f.Text == "" && f.of != nil {
		f.Text = typeText(f.of.Name())
	}
	return []Field{f}
}

// shownType is a Go type as explain spells it, and the type whose fields it has, if it has any.
func shownType(t reflect.Type, as string) (string, reflect.Type) {
	switch t.Name() {
	case "Quantity", "IntOrString":
		return t.Name(), nil
	case "Time", "MicroTime", "Revision":
		return "string", nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		return shownType(t.Elem(), as)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "string", nil
		}
		name, of := shownType(t.Elem(), as)
		return "[]" + name, of
	case reflect.Map:
		if t.Elem().Kind() == reflect.Interface {
			return "Object", nil
		}
		name, of := shownType(t.Elem(), as)
		return "map[string]" + name, of
	case reflect.Struct:
		if as != "" {
			return as, t
		}
		return t.Name(), t
	case reflect.Bool:
		return "boolean", nil
	case reflect.String:
		return "string", nil
	}
	return "integer", nil
}

// after is what stands behind a mark in the docs, up to the end of the line; "" if the mark is not there. rest begins behind the line.
func after(docs, mark string) (text, rest string) {
	_, found, ok := strings.Cut(docs, mark)
	if !ok {
		return "", ""
	}
	text, rest, _ = strings.Cut(found, "\n")
	return text, rest
}

func typeText(name string) string {
	text, _ := after(docs, "\n"+name+"\t")
	return spelled(text, name)
}

// spelled puts the name for the mark with which a text may begin.
func spelled(text, name string) string {
	if said, ok := strings.CutPrefix(text, "~"); ok {
		return strings.ToUpper(name[:1]) + name[1:] + said
	}
	return text
}

func fieldText(owner, name string) string {
	if name == "metadata" {
		return "Standard object's metadata."
	}
	if strings.HasSuffix(owner, "Condition") {
		owner = "Condition"
	}
	_, rest := after(docs, "\n"+owner+"\t")
	for strings.HasPrefix(rest, " ") {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if text, ok := strings.CutPrefix(line, " "+name+"\t"); ok {
			return spelled(text, name)
		}
	}
	return ""
}

func values(t reflect.Type) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if text, _ := after(docs, "\n="+t.Name()+"\t"); t.Kind() == reflect.String && text != "" {
		return strings.Split(text, ",")
	}
	return nil
}
