package isolate

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestOlder(t *testing.T) {
	for _, test := range []struct {
		release string
		want    bool
	}{{"6.3.0", false}, {"6.2.16-generic", true}, {"6.1.0-56-cloud-amd64", true}, {"5.15.0", true}, {"6.12.117+deb12", false}, {"7.0", false}, {"6.18.44-fc-v657\n", false}, {"6.3-rc1", false}, {"", false}, {"odd", false}} {
		require.Equal(t, test.want, older(test.release, 6, 3), test.release)
	}
}

// On an older kernel a container has the machine's clocks, or the command would have no threads; moved clocks are refused.
func TestAnOldKernelHasNoClocksOfItsOwn(t *testing.T) {
	s := Spec{Rootfs: "/r", Args: []string{"/x"}}
	old := Host{NoTime: true}
	p, err := Build(s, old)
	require.NoError(t, err)
	require.NotContains(t, p.String(), "CLONE_NEWTIME")
	p, err = Build(s, Host{})
	require.NoError(t, err)
	require.Contains(t, p.String(), "CLONE_NEWTIME")
	s.Clock.Boottime = time.Hour
	_, err = Build(s, old)
	require.ErrorContains(t, err, "before Linux 6.3")
}

// Without Landlock the container could execute what starts it: it does not start, unless somebody says that it may.
func TestWithoutLandlockSomebodyMustSaySo(t *testing.T) {
	s := Spec{Rootfs: "/r", Args: []string{"/x"}}
	old := Host{NoPrograms: true}
	_, err := Build(s, old)
	require.ErrorContains(t, err, `open the wall "programs"`)
	s.Open = Programs
	p, err := Build(s, old)
	require.NoError(t, err)
	require.NotContains(t, p.String(), "landlock")
	s.Open = 0
	p, err = Build(s, Host{})
	require.NoError(t, err)
	require.Contains(t, p.String(), "landlock_restrict_self(rules, 0)")
}

// Whoever may mount is not kept from it: Landlock would.
func TestWhoMayMountMayGoOnMounting(t *testing.T) {
	p, err := Build(Spec{Rootfs: "/r", Args: []string{"/x"}, Capabilities: Keep(1<<capSysAdmin, User{})}, Host{NoPrograms: true})
	require.NoError(t, err)
	require.NotContains(t, p.String(), "landlock")
}
