//go:build unix

package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/slipway-dev/slipway/playground/server"
	"github.com/stretchr/testify/require"
)

// listen takes a port of the loopback interface and says its address.
func listen(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

func TestServeAnswersUntilItIsInterrupted(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() { done <- serve(l, server.New(fstest.MapFS{"index.html": {Data: []byte("hello")}})) }()
	res, err := http.Get("http://" + l.Addr().String() + "/")
	require.NoError(t, err)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, "hello", string(body))
	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGTERM))
	require.NoError(t, <-done)
}
