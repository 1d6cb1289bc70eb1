package kubectl

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// printer prints objects in the form that -o asks for.
type printer struct {
	server   *request.Server
	kept     int    // as Env.Kept
	format   string // "", wide, yaml, json, name, jsonpath, go-template, custom-columns
	path     *jsonPath
	template *goTemplate
	columns  []customColumn
	sortBy   *jsonPath
	labels   []string
	all      bool // --show-labels
	spaces   bool // a column of namespaces
	kinds    bool // kinds in front of names
	managed  bool // managedFields are shown
	headers  bool
	events   bool // while watching: what happened stands in front
	event    string
	header   bool // while watching: the headers are still to be printed
	layout   grid
}

// The formats -o knows, for its error: get knows two more than the verbs that print what they did.
const (
	formats    = "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml"
	getFormats = "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml"
)

// newPrinter reads -o and the flags that go with it.
func newPrinter(c *call) (*printer, error) {
	p := &printer{
		server: c.env.Server, kept: c.env.Kept, labels: c.list("label-columns"), all: c.on("show-labels"),
		spaces: c.on("all-namespaces"), kinds: c.on("show-kind"), headers: !c.on("no-headers"), managed: c.on("show-managed-fields"),
	}
	getting := c.spec("label-columns") != nil
	if err := p.readFormat(c, getting); err != nil {
		return nil, err
	}
	switch {
	case p.all && p.format != "" && p.format != "wide":
		return nil, usageError("--show-labels option cannot be used with " + p.format + " printer")
	case len(p.labels) > 0 && p.format == "custom-columns":
		return nil, usageError("--label-columns option cannot be used with " + c.text("output") + " printer")
	}
	if c.given("sort-by") {
		relaxed, err := relaxedPath(c.text("sort-by"))
		if err != nil {
			return nil, err
		}
		if p.sortBy, err = parseJSONPath(relaxed); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// argued are the formats that take an argument: FORMAT=ARGUMENT, or FORMAT-file=NAME of the file that holds it.
var argued = []string{"custom-columns", "go-template", "jsonpath", "jsonpath-as-json", "template"}

// readFormat reads -o and --template.
func (p *printer) readFormat(c *call, getting bool) error {
	output := c.text("output")
	format, argument, given := strings.Cut(output, "=")
	if output == "" && c.text("template") != "" {
		format = "go-template"
	}
	plain := strings.TrimSuffix(strings.TrimSuffix(format, "-file"), "file")
	if !slices.Contains(argued, plain) || plain == "custom-columns" && !getting {
		p.format = output
		return checkFormat(output, getting)
	}
	if !given && plain != "custom-columns" {
		argument, given = c.text("template"), c.given("template")
	}
	if plain != format && given {
		text, _, err := c.read(argument)
		if err != nil {
			return usageError("error reading --template " + argument + ", open " + argument + ": no such file or directory\n")
		}
		argument = string(text)
		if plain == "custom-columns" {
			argument = columnLines(argument)
		}
	}
	var err error
	switch p.format = plain; {
	case plain == "custom-columns":
		p.columns, err = parseCustomColumns(argument)
	case argument == "":
		return usageError("template format specified but no template given")
	case plain == "jsonpath" || plain == "jsonpath-as-json":
		if p.path, err = parseJSONPath(argument); err != nil {
			return usageError("error parsing jsonpath " + argument + ", " + err.Error())
		}
		p.path.strict = !c.on("allow-missing-template-keys")
	default:
		p.format = "go-template"
		if p.template, err = parseTemplate(argument); err == nil {
			p.template.strict = !c.on("allow-missing-template-keys")
		}
	}
	return err
}

// columnLines makes HEADER:PATH,... of a file with a line of headers and a line of paths.
func columnLines(text string) string {
	head, rest, _ := strings.Cut(text, "\n")
	paths := strings.Fields(rest)
	var columns []string
	for i, h := range strings.Fields(head) {
		if i < len(paths) {
			columns = append(columns, h+":"+paths[i])
		}
	}
	return strings.Join(columns, ",")
}

func checkFormat(format string, getting bool) error {
	allowed := formats
	switch {
	case slices.Contains([]string{"", "yaml", "json", "kyaml", "name"}, format), getting && format == "wide":
		return nil
	case getting:
		allowed = getFormats
	}
	return usageError(`unable to match a printer suitable for the output format "` + format + `", allowed formats are: ` + allowed)
}

// tree tells whether the objects are printed as one tree, of an empty list too.
func (p *printer) tree() bool {
	return p.format == "yaml" || p.format == "json" || p.format == "kyaml" || p.format == "jsonpath" || p.format == "jsonpath-as-json" || p.format == "go-template"
}

// people tells whether people are to read the output.
func (p *printer) people() bool { return p.format == "" || p.format == "wide" }

// print writes groups of objects. A single object is written alone, otherwise trees are put into a List; mixed tells that there are
// several kinds, so that names need theirs.
func (p *printer) print(w *strings.Builder, groups []group, single, mixed bool) error {
	for _, g := range groups {
		if err := p.sort(g.objs); err != nil {
			return err
		}
	}
	switch p.format {
	case "yaml", "json", "kyaml":
		items := p.items(groups)
		return printEnd(w, p.kept, len(items), func(w *strings.Builder, last int) error {
			return p.printTree(w, listTree(items[len(items)-last:], single))
		})
	case "jsonpath", "jsonpath-as-json", "go-template":
		return p.printTree(w, listTree(p.items(groups), single))
	case "name":
		for _, g := range groups {
			for _, o := range g.objs {
				w.WriteString(called(g.res, o.Meta().Name) + "\n")
			}
		}
		return nil
	case "custom-columns":
		return p.printColumns(w, groups)
	}
	for i, g := range groups {
		if i > 0 && p.headers {
			w.WriteByte('\n')
		}
		p.layout = grid{}
		q := *p
		q.kinds = p.kinds || mixed
		q.table(w, g.res, g.objs, p.headers)
	}
	return nil
}

// items are the trees of objects.
func (p *printer) items(groups []group) []any {
	items := []any{}
	for _, g := range groups {
		items = append(items, schema.Written(p.managed, g.objs...)...)
	}
	return items
}

// listTree is one object, or a List of objects.
func listTree(items []any, single bool) any {
	if single && len(items) == 1 {
		return items[0]
	}
	return map[string]any{"apiVersion": "v1", "kind": "List", "items": items, "metadata": map[string]any{"resourceVersion": ""}}
}

func (p *printer) printTree(w *strings.Builder, tree any) error {
	switch p.format {
	case "kyaml":
		fields, _ := schema.Plain(tree).(map[string]any)
		if !p.managed {
			fields = withoutManaged(fields)
		}
		w.WriteString("---\n")
		kyaml(w, fields, "")
		w.WriteByte('\n')
		return nil
	case "yaml", "json":
		if fields, ok := tree.(map[string]any); ok && !p.managed {
			tree = withoutManaged(fields)
		}
		if p.format == "yaml" {
			return schema.WriteYAML(w, tree)
		}
		return schema.WriteIndent(w, tree)
	case "jsonpath-as-json":
		return p.printFound(w, tree)
	case "go-template":
		return p.template.execute(w, tree)
	}
	return p.path.execute(w, tree)
}

// withoutManaged is an object, or a list of objects, without managedFields.
func withoutManaged(tree map[string]any) map[string]any {
	tree = maps.Clone(tree)
	if items, ok := tree["items"].([]any); ok {
		items = slices.Clone(items)
		for i := range items {
			if m, ok := items[i].(map[string]any); ok {
				items[i] = withoutManaged(m)
			}
		}
		tree["items"] = items
	}
	if meta, ok := tree["metadata"].(map[string]any); ok && meta["managedFields"] != nil {
		meta = maps.Clone(meta)
		delete(meta, "managedFields")
		tree["metadata"] = meta
	}
	return tree
}

// printFound writes all that a jsonpath finds, as one JSON list.
func (p *printer) printFound(w *strings.Builder, tree any) error {
	all, err := p.path.find(tree)
	if err != nil {
		return err
	}
	return schema.WriteIndent(w, append([]any{}, slices.Concat(all...)...))
}

func (p *printer) printColumns(w *strings.Builder, groups []group) error {
	var trees []any
	for _, g := range groups {
		trees = append(trees, schema.Written(true, g.objs...)...)
	}
	rows, err := customRows(p.columns, trees, p.headers)
	p.layout.write(w, rows)
	return err
}
