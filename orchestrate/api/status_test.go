package api_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func TestErrorsSayWhatUpstreamSays(t *testing.T) {
	for _, tt := range []struct {
		err    *api.StatusError
		text   string
		reason api.StatusReason
		code   int32
	}{
		{api.NotFound("pods", "web"), `pods "web" not found`, "NotFound", 404},
		{api.AlreadyExists("deployments.apps", "web"), `deployments.apps "web" already exists`, "AlreadyExists", 409},
		{api.Modified("pods", "web"), `Operation cannot be fulfilled on pods "web": the object has been modified; please apply your changes to the latest version and try again`, "Conflict", 409},
		{api.Forbidden("pods", "web", "no"), `pods "web" is forbidden: no`, "Forbidden", 403},
		{api.Forbidden("pods", "", "no"), `pods is forbidden: no`, "Forbidden", 403},
		{api.ForbiddenTerminating("pods", "web", "old"), `pods "web" is forbidden: unable to create new content in namespace old because it is being terminated`, "Forbidden", 403},
		{api.BadRequest("what?"), "what?", "BadRequest", 400},
		{api.TooLargeResourceVersion(9, 4), "Timeout: Too large resource version: 9, current: 4", "Timeout", 504},
		{api.UIDMismatch("pods", "web", "a", "b"), `Operation cannot be fulfilled on pods "web": Precondition failed: UID in precondition: a, UID in object meta: b`, "Conflict", 409},
		{api.ResourceVersionMismatch("pods", "web", 1, 2), `Operation cannot be fulfilled on pods "web": Precondition failed: ResourceVersion in precondition: 1, ResourceVersion in object meta: 2`, "Conflict", 409},
		{api.MethodNotAllowed("pods", "patch"), `patch is not supported on resources of kind "pods"`, "MethodNotAllowed", 405},
		{api.InternalError(errors.New("boom")), "Internal error occurred: boom", "InternalError", 500},
		{api.Expired("too old"), "too old", "Expired", 410},
		{api.TooManyRequests("later", 5), "later", "TooManyRequests", 429},
		{api.UnsupportedMediaType("no patch"), "no patch", "UnsupportedMediaType", 415},
	} {
		require.Equal(t, tt.text, tt.err.Error())
		require.Equal(t, tt.reason, tt.err.Status.Reason, tt.text)
		require.Equal(t, tt.code, tt.err.Status.Code, tt.text)
	}
}

func TestInvalidListsEachErrorOnceAndAllCauses(t *testing.T) {
	field := api.Field("spec").Child("containers").Index(0).Child("name").String()
	one := api.RequiredAt(field, "")
	err := api.Invalid("Pod", "web", []api.FieldError{one})
	require.Equal(t, `Pod "web" is invalid: spec.containers[0].name: Required value`, err.Error())
	err = api.Invalid("Pod", "web", []api.FieldError{one, one, api.DuplicateAt("a", "b")})
	require.Equal(t, `Pod "web" is invalid: [spec.containers[0].name: Required value, a: Duplicate value: "b"]`, err.Error())
	require.Len(t, err.Status.Details.Causes, 3)
	require.Equal(t, api.StatusCause{Type: "FieldValueRequired", Message: "Required value", Field: field}, err.Status.Details.Causes[0])
}

func TestFieldErrorTexts(t *testing.T) {
	for want, e := range map[string]api.FieldError{
		`f: Not found: "v"`:                                     api.NotFoundAt("f", "v"),
		`f: Required value: say it`:                             api.RequiredAt("f", "say it"),
		`f: Invalid value: -1: too small`:                       api.InvalidAt("f", int32(-1), "too small"),
		`f: Invalid value: "-1": too small`:                     api.InvalidAt("f", api.MustQuantity("-1"), "too small"),
		`f: Invalid value: {"a":"b"}: no`:                       api.InvalidAt("f", map[string]string{"a": "b"}, "no"),
		`f: Invalid value: null: no`:                            api.InvalidAt("f", nil, "no"),
		`f: Invalid value: "Always": no`:                        api.InvalidAt("f", api.RestartAlways, "no"),
		`f: Unsupported value: "x": supported values: "A", "B"`: api.NotSupportedAt("f", "x", "A", "B"),
		`f: Forbidden: no`:                                      api.ForbiddenAt("f", "no"),
		`f: Too long: may not be more than 5 bytes`:             api.TooLongAt("f", 5),
		`f: Too many: 3: must have at most 1 item`:              api.TooManyAt("f", 3, 1),
	} {
		require.Equal(t, want, e.Error())
	}
}

func TestPathPrintsKeysAndIndexes(t *testing.T) {
	p := api.Field("spec").Child("containers").Index(2).Child("requests").Key("cpu")
	require.Equal(t, "spec.containers[2].requests[cpu]", p.String())
	require.Equal(t, "", (*api.Path)(nil).String())
}

func TestStatusJSON(t *testing.T) {
	b, err := json.Marshal(api.NotFound("deployments.apps", "web").Status)
	require.NoError(t, err)
	require.JSONEq(t, `{"metadata":{},"status":"Failure","message":"deployments.apps \"web\" not found","reason":"NotFound",
		"details":{"name":"web","group":"apps","kind":"deployments"},"code":404}`, string(b))
}
