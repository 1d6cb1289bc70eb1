package request

import (
	"cmp"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func (r *call) create() (int, map[string]any, error) {
	obj, o, err := r.body()
	if err != nil {
		return 0, nil, err
	}
	obj, err = r.server.Create(r.place.res, r.place.namespace, obj, o)
	if err != nil {
		return 0, nil, err
	}
	_, tree, err := r.one(obj, nil)
	return 201, tree, err
}

func (r *call) put(subresource string) (int, map[string]any, error) {
	obj, o, err := r.body()
	if err != nil {
		return 0, nil, err
	}
	return r.one(r.server.update(r.place.res, r.place.namespace, r.place.name, subresource, obj, o))
}

func (r *call) patch(subresource string) (int, map[string]any, error) {
	kind, err := patchType(r.ContentType)
	if err != nil {
		return 0, nil, err
	}
	o, err := r.options()
	if err != nil {
		return 0, nil, err
	}
	p := Patch{Type: kind, Body: r.Body, Subresource: subresource}
	return r.one(r.server.Patch(r.place.res, r.place.namespace, r.place.name, p, o))
}

// body is the object that was sent.
func (r *call) body() (api.Object, WriteOptions, error) {
	if err := r.badBody(); err != nil {
		return nil, WriteOptions{}, err
	}
	o, err := r.options()
	if err != nil {
		return nil, o, err
	}
	obj, err := decodeBody(r.place.res, r.Body, &o)
	return obj, o, err
}

// decodeBody reads an object of a resource from what a client sent. Texts are those of apimachinery's serializers.
func decodeBody(res *schema.Resource, body []byte, o *WriteOptions) (api.Object, error) {
	docs, err := schema.Decode(body, "body")
	if err != nil || len(docs) == 0 {
		return nil, unrecognized(res, body, err)
	}
	d := docs[0]
	version := d.APIVersion[strings.LastIndexByte(d.APIVersion, '/')+1:]
	cannot := d.Kind + ` in version "` + version + `" cannot be handled as a ` + res.Kind.String() + ": "
	switch {
	case d.Kind == "" || d.APIVersion == "":
		missing := "Kind"
		if d.Kind != "" {
			missing = "apiVersion"
		}
		return nil, api.BadRequest("the object provided is unrecognized (must be of type " + res.Kind.String() + "): Object '" + missing +
			"' is missing in '" + string(body) + "' (" + summary(body) + ")")
	case d.Resource == nil:
		return nil, api.BadRequest(cannot + noKind(d.Kind, d.APIVersion))
	case d.Resource != res:
		return nil, api.BadRequest(cannot + "converting (" + version + "." + d.Kind + ") to (" + internalGroup(res) + "." + res.Kind.String() + "): unknown conversion")
	case d.Err != nil:
		return nil, api.BadRequest(cannot + d.Err.Message)
	}
	if wrong := append(d.Strict, schema.Duplicates(body)...); len(wrong) > 0 {
		sorting.Stable(wrong, func(a, b schema.Problem) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
		if o.FieldValidation == "Strict" {
			return nil, api.BadRequest(cannot + "strict decoding error: " + problems(wrong))
		}
		o.warn(wrong)
	}
	return d.Object, nil
}

func noKind(kind, version string) string {
	return `no kind "` + kind + `" is registered for version "` + version + `" in scheme "pkg/api/legacyscheme/scheme.go:30"`
}

// internalGroup is the Go package of a group's internal types.
func internalGroup(res *schema.Resource) string {
	if res.Group == "" {
		return "core"
	}
	group, _, _ := strings.Cut(res.Group, ".")
	return group
}

func problems(list []schema.Problem) string {
	text := ""
	for i, p := range list {
		if i > 0 {
			text += ", "
		}
		text += p.Message
	}
	return text
}

func unrecognized(res *schema.Resource, body []byte, err error) error {
	why := "EOF"
	if err != nil {
		why = "json parse error: " + jsonMistake(body, err)
	}
	return api.BadRequest("the object provided is unrecognized (must be of type " + res.Kind.String() + "): couldn't get version/kind; " +
		why + " (" + summary(body) + ")")
}

// jsonMistake is what Go's package json says of a body that is no JSON.
func jsonMistake(body []byte, err error) string {
	if text := strings.TrimSpace(string(body)); strings.HasPrefix(text, "{") && !strings.HasSuffix(text, "}") {
		return "unexpected end of JSON input"
	}
	text := err.Error()
	if i := strings.LastIndex(text, "invalid character"); i >= 0 {
		return text[i:]
	}
	return text
}

// summary is the beginning of a body, in hexadecimal digits unless it looks like JSON.
func summary(body []byte) string {
	const most = 30
	cut := body[:min(len(body), most)]
	text := string(cut)
	if len(body) == 0 || body[0] != '{' {
		text = ""
		for _, c := range cut {
			text += "0123456789abcdef"[c>>4:c>>4+1] + "0123456789abcdef"[c&15:c&15+1]
		}
	}
	if len(body) > most {
		text += " ..."
	}
	return text
}

// deleteOptions reads the options of a DELETE, from its body and its query.
func (r *call) deleteOptions() (DeleteOptions, error) {
	var tree map[string]any
	if len(r.Body) > 0 {
		v, err := schema.ReadTree(r.Body, "body")
		if err != nil {
			return DeleteOptions{}, api.BadRequest(err.Error())
		}
		tree, _ = v.(map[string]any)
	}
	return r.deleteOptionsOf(tree)
}

// deleteOptionsOf reads the options of a DELETE from a tree and the query.
func (r *call) deleteOptionsOf(tree map[string]any) (o DeleteOptions, err error) {
	if n, ok := tree["gracePeriodSeconds"].(int64); ok {
		o.GracePeriod = &n
	}
	if text := r.query["gracePeriodSeconds"]; text != "" {
		n, err := number(text)
		if err != nil {
			return o, api.BadRequest("gracePeriodSeconds: " + err.Error())
		}
		o.GracePeriod = &n
	}
	conditions, _ := tree["preconditions"].(map[string]any)
	uid, _ := conditions["uid"].(string)
	o.UID = api.UID(uid)
	if text, ok := conditions["resourceVersion"].(string); ok {
		n, err := number(text)
		if err != nil {
			return o, api.BadRequest(`invalid resourceVersion "` + text + `"`)
		}
		o.ResourceVersion = api.Revision(n)
	}
	var errs []api.FieldError
	how, _ := tree["propagationPolicy"].(string)
	if q := r.query["propagationPolicy"]; q != "" {
		how = q
	}
	if orphan, ok := tree["orphanDependents"].(bool); ok {
		if how != "" {
			errs = append(errs, api.InvalidAt("propagationPolicy", how, "orphanDependents and deletionPropagation cannot be both set"))
		}
		how = string(api.DeleteBackground)
		if orphan {
			how = string(api.DeleteOrphan)
		}
	}
	o.Propagation = api.DeletionPropagation(how)
	switch o.Propagation {
	case "", api.DeleteBackground, api.DeleteForeground, api.DeleteOrphan:
	default:
		errs = append(errs, api.NotSupportedAt("propagationPolicy", o.Propagation, api.DeleteForeground, api.DeleteBackground, api.DeleteOrphan, "nil"))
	}
	dry := valuesOf(r.Query, "dryRun")
	list, _ := tree["dryRun"].([]any)
	for _, v := range list {
		dry = append(dry, text(v))
	}
	for _, d := range dry {
		if o.DryRun = true; d != "All" {
			errs = append(errs, badDryRun(dry))
			break
		}
	}
	if len(errs) > 0 {
		return o, api.Invalid("DeleteOptions.meta.k8s.io", "", errs)
	}
	if o.GracePeriod != nil && *o.GracePeriod < 0 {
		second := int64(1) // upstream takes what is negative for that
		o.GracePeriod = &second
	}
	return o, nil
}

func (r *call) delete() (int, map[string]any, error) {
	o, err := r.deleteOptions()
	if err != nil {
		return 0, nil, err
	}
	obj, err := r.server.Delete(r.place.res, r.place.namespace, r.place.name, o)
	if err != nil {
		return 0, nil, err
	}
	return 200, r.deleted(obj), nil
}

// deleted is the answer to a DELETE: the object if it is still there, a Status if it is gone.
func (r *call) deleted(obj api.Object) map[string]any {
	now, err := r.server.Get(r.place.res, obj.Meta().Namespace, obj.Meta().Name)
	if err == nil && now.Meta().UID == obj.Meta().UID {
		return schema.Tree(now)
	}
	return StatusTree(&api.Status{Status: "Success", Code: 200, Details: &api.StatusDetails{
		Name: obj.Meta().Name, Group: r.place.res.Group, Kind: r.place.res.Plural, UID: obj.Meta().UID,
	}})
}

func (r *call) deleteCollection() (int, map[string]any, error) {
	o, err := r.deleteOptions()
	if err != nil {
		return 0, nil, err
	}
	p, err := r.pageOptions()
	if err != nil {
		return 0, nil, err
	}
	list, err := r.server.DeleteCollection(r.place.res, r.place.namespace, r.listOptions(), p, o)
	if err != nil {
		return 0, nil, err
	}
	return 200, r.listTree(Page{Items: list, Revision: r.server.Revision()}), nil
}
