package playground_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAliases(t *testing.T) {
	s := open(t)
	for _, test := range []struct{ line, want string }{
		{"alias kgp='kubectl get pods' k=kubectl", ""},
		{"kgp -A", "No resources found\n"},
		{"alias", "alias k='kubectl'\nalias kgp='kubectl get pods'\n"},
		{"alias kgp", "alias kgp='kubectl get pods'\n"},
		{"kgp | wc -l", "No resources found in default namespace.\n0\n"},
		{"alias echo='echo so'; echo much", "so much\n"},
		{"alias x='a|b'", "alias: only plain words here: alias kgp='kubectl get pods'\n"},
		{"alias nope", "alias: nope not found\n"},
		{"unalias kgp nope", "unalias: nope not found\n"},
		{"kgp", "kgp: command not found\n"},
		{"jq .", "jq: command not found; kubectl's -o jsonpath={...} and -o go-template={{...}} pick fields\n"},
	} {
		require.Equal(t, test.want, enter(t, s, test.line), test.line)
	}
	enter(t, s, "alias n='kubectl get nodes'")
	_, items := s.Complete("n no", 4)
	require.NotEmpty(t, items, "what stands for a command is completed as that")
	_, err := s.Undo()
	require.NoError(t, err)
	require.Contains(t, enter(t, s, "n"), "not found", "an undo takes an alias back")
}

func TestManifestsOfTheFolder(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl create configmap a --from-literal=x=1 --dry-run=client -o yaml > a.yaml")
	enter(t, s, "kubectl create configmap b --from-literal=x=1 --dry-run=client -o yaml > b.yml; echo no > c.txt")
	require.Equal(t, "configmap/a created\nconfigmap/b created\n", enter(t, s, "kubectl apply -f ."))
	require.Equal(t, "configmap/all created\n", enter(t, s, "kubectl create configmap all --from-file=."))
	require.Equal(t, "a.yaml b.yml c.txt", enter(t, s, `kubectl get cm all -o go-template='{{range $k, $v := .data}}{{if ne $k "a.yaml"}} {{end}}{{$k}}{{end}}'`))
	enter(t, s, "kubectl get cm a -o yaml > back.yaml; kubectl delete cm a")
	require.Equal(t, "configmap/a created\n", enter(t, s, "kubectl create -f back.yaml"), "what was printed can be created again")
	enter(t, s, `sed -i 's/x: "1"/x: "2"/' b.yml; kubectl apply -f b.yml`)
	require.Equal(t, "2", enter(t, s, "kubectl get cm b -o jsonpath={.data.x}"))
}
