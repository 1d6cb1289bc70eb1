package shell

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
)

func TestAt(t *testing.T) {
	// The bar stands for the cursor.
	for _, c := range []struct {
		line string
		want Place
	}{
		{"^", Place{}},
		{"kube^", Place{Word: "kube"}},
		{"kube^ctl get", Place{Word: "kube"}},
		{"kubectl get ^", Place{Args: []string{"kubectl", "get"}, From: 12}},
		{"kubectl get po^ -o wide", Place{Args: []string{"kubectl", "get"}, Word: "po", From: 12}},
		{"a | kubectl get 'p^", Place{Args: []string{"kubectl", "get"}, Word: "p", From: 16}},
		{`a && kubectl get "$N-^`, Place{Args: []string{"kubectl", "get"}, Word: "web-", From: 17}},
		{"a; X=1 ^", Place{From: 7}},
		{"kubectl apply >o^", Place{Word: "o", From: 15, File: true}},
	} {
		t.Run(c.line, func(t *testing.T) {
			cursor := strings.Index(c.line, "^")
			got, ok := At(strings.Replace(c.line, "^", "", 1), cursor, Vars{"N": "web"})
			require.True(t, ok)
			require.Empty(t, cmp.Diff(c.want, got, cmpopts.EquateEmpty()), "(-want +got)")
		})
	}
	for _, line := range []string{"a # b", "cat <<EOF\nab", "a | | ", "a >&", "X=a"} {
		_, ok := At(line, len(line)+7, nil)
		require.False(t, ok, line)
	}
}
