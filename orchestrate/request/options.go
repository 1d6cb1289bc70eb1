package request

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// options are those of the query of a write.
func (r *call) options() (WriteOptions, error) {
	o := WriteOptions{FieldManager: r.query["fieldManager"], FieldValidation: r.query["fieldValidation"], DryRun: r.query["dryRun"] == "All", Warned: &r.warned}
	kind := "PatchOptions" // as errors call them
	switch r.Method {
	case "POST":
		kind = "CreateOptions"
	case "PUT":
		kind = "UpdateOptions"
	}
	errs := badManager(o.FieldManager)
	if dry := r.query["dryRun"]; dry != "" && !o.DryRun {
		errs = append(errs, badDryRun([]string{dry}))
	}
	switch o.FieldValidation {
	case "", "Ignore", "Strict", "Warn":
	default:
		errs = append(errs, api.NotSupportedAt("fieldValidation", o.FieldValidation, "", "Ignore", "Strict", "Warn"))
	}
	if _, forced := r.query["force"]; forced && kind == "PatchOptions" && !strings.HasPrefix(r.ContentType, string(ApplyPatch)) {
		errs = append(errs, api.ForbiddenAt("force", "may not be specified for non-apply patch"))
	}
	if len(errs) > 0 {
		return o, api.Invalid(kind+".meta.k8s.io", "", errs)
	}
	o.Force = r.flag("force")
	return o, nil
}

// warn says what is wrong with fields that are left out, unless the client wants to hear nothing of it.
func (o *WriteOptions) warn(wrong []schema.Problem) {
	if o.Warned == nil || o.FieldValidation == "Ignore" {
		return
	}
	for _, p := range wrong {
		if !slices.Contains(*o.Warned, p.Message) {
			*o.Warned = append(*o.Warned, p.Message)
		}
	}
}

// badManager tells what is wrong with the name of a field manager.
//
// Source: k8s.io/apimachinery, meta/v1/validation, ValidateFieldManager.
func badManager(name string) (errs []api.FieldError) {
	const most = 128
	if len(name) > most {
		errs = append(errs, api.TooLongAt("fieldManager", most))
	}
	for i, c := range name {
		if !strconv.IsPrint(c) {
			code := strings.ToUpper(strconv.FormatInt(int64(c), 16))
			code = strings.Repeat("0", max(0, 4-len(code))) + code
			errs = append(errs, api.InvalidAt("fieldManager", name, "invalid character U+"+code+" (at position "+strconv.Itoa(i)+")"))
		}
	}
	return errs
}

func badDryRun(said []string) api.FieldError {
	e := api.NotSupportedAt("dryRun", "", "All")
	e.BadValue = api.ShowValue(said)
	return e
}

// badBody tells that a body is of a type the server does not read.
func (r *call) badBody() error {
	kind, _, _ := strings.Cut(r.ContentType, ";")
	switch strings.TrimSpace(kind) {
	case "", jsonType, "application/yaml", "application/vnd.kubernetes.protobuf":
		return nil
	}
	return api.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: " +
		"application/json, application/yaml, application/vnd.kubernetes.protobuf")
}
