//go:build amd64 || arm64

package isolate

import (
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// needRig skips elsewhere: the test changes the machine's network and its switches.
func needRig(t *testing.T) {
	t.Helper()
	needKernel(t)
	if os.Getenv("SLIPWAY_RIG") == "" {
		t.Skip("this changes the machine's network, and so is done in the rig only: scripts/rig ./isolate -test.run Bridge")
	}
}

func plugged(t *testing.T, b Bridge, act ...string) *Cmd {
	t.Helper()
	cmd := command(t, act...)
	cmd.Spec.Network, cmd.Spec.Bridge = Bridged, b
	begun(t, cmd)
	t.Cleanup(func() { _ = cmd.Kill(); _ = cmd.Wait() })
	return cmd
}

func dial(address string) (string, error) {
	c, err := net.DialTimeout("tcp4", address, 3*time.Second)
	if err != nil {
		return "", err
	}
	defer c.Close()
	text, err := io.ReadAll(c)
	return strings.TrimSpace(string(text)), err
}

func TestRigBridge(t *testing.T) {
	needRig(t)
	const forwarding = "/proc/sys/net/ipv4/ip_forward"
	_, err := inside(t, Spec{Network: Bridged}, "true")
	require.ErrorContains(t, err, "net.ipv4.ip_forward", "the machine's switch is the machine's")
	require.NoError(t, os.WriteFile(forwarding, []byte("1"), 0))
	before := netDevices(t)

	server := plugged(t, Bridge{Ports: []Port{{Outside: 8080, Inside: 8000}}}, "serve", "8000")
	address := server.Bridge.Address.String()
	require.Equal(t, "10.213.0.2", address)
	t.Run("the machine reaches it", func(t *testing.T) {
		text, err := dial(address + ":8000")
		require.NoError(t, err)
		require.Equal(t, "you are 10.213.0.1", text)
		text, err = dial("10.213.0.1:8080")
		require.NoError(t, err, "by its published port")
		require.Contains(t, text, "you are")
	})
	t.Run("containers reach each other", func(t *testing.T) {
		require.Equal(t, "you are 10.213.0.3", says(t, Spec{Network: Bridged}, "connect", address+":8000"))
	})
	t.Run("other networks", func(t *testing.T) {
		other := Bridge{Name: "other0", Gateway: netip.MustParsePrefix("192.0.2.1/24")}
		require.Contains(t, says(t, Spec{Network: Bridged, Bridge: other}, "connect", "192.0.2.1:8080"), "you are 10.213.0.1",
			"a published port is reached from there, and the address is translated")
		_, err := inside(t, Spec{Network: Bridged, Bridge: other}, "connect", address+":8000")
		require.Error(t, err, "but nothing else in the container is")
	})
	t.Run("datagrams", func(t *testing.T) {
		plugged(t, Bridge{Ports: []Port{{Outside: 5353, Inside: 5300, UDP: true}}}, "echo-udp", "5300")
		c, err := net.Dial("udp4", "10.213.0.1:5353")
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(5*time.Second)))
		fmt.Fprint(c, "hello")
		b := make([]byte, 10)
		n, err := c.Read(b)
		require.NoError(t, err)
		require.Equal(t, "hello", string(b[:n]))
	})
	t.Run("names are looked up where it is said", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "resolv.conf")
		require.NoError(t, os.WriteFile(file, []byte("nameserver 192.0.2.53\n"), 0o644))
		require.Equal(t, "nameserver 192.0.2.53", says(t, Spec{Network: Bridged, Bridge: Bridge{Resolver: file}}, "cat", "/etc/resolv.conf"))
	})
	t.Run("with users of its own", func(t *testing.T) {
		maps := []IDMap{{0, 0, 1}, {1, 100001, 65535}}
		require.Contains(t, says(t, Spec{Network: Bridged, UIDs: maps, GIDs: maps}, "connect", address+":8000"), "you are 10.213.0.")
	})
	t.Run("an address is one container's", func(t *testing.T) {
		_, err := inside(t, Spec{Network: Bridged, Bridge: Bridge{Address: server.Bridge.Address}}, "true")
		require.ErrorContains(t, err, "another container has the address")
		text, err := dial(address + ":8000")
		require.NoError(t, err, "which it keeps")
		require.Contains(t, text, "you are")
	})
	t.Run("a failed start leaves nothing", func(t *testing.T) {
		now := netDevices(t)
		_, err := inside(t, Spec{Network: Bridged, Dir: "/nowhere"}, "true")
		require.ErrorIs(t, err, os.ErrNotExist)
		require.Equal(t, now, netDevices(t))
	})
	require.NoError(t, server.Kill())
	_ = server.Wait()
	_, err = dial("10.213.0.1:8080")
	require.Error(t, err, "the port is not published any more")
	require.Equal(t, before, netDevices(t), "the bridge goes with the last container")
}

func netDevices(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir("/sys/class/net")
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
