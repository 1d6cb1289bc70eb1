package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/playground/server"
)

// defaultSite is where `make site` builds the site.
const defaultSite = "site/dist"

func play(args []string, out, errs io.Writer) error {
	f := command.Flags("play", "[--addr HOST:PORT] [--site DIR] [--open]")
	addr := f.String("addr", "127.0.0.1:8017", "address to listen on; port 0 takes any that is free")
	dir := f.String("site", defaultSite, "folder of the built site")
	open := f.Bool("open", false, "open it in a browser")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("play takes no words, found %q", f.Arg(0))
	}
	site := os.DirFS(*dir)
	if _, err := fs.Stat(site, "index.html"); err != nil {
		return fmt.Errorf("there is no built site in %s; run `make site` first, or name its folder with --site", *dir)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("%s is in use, perhaps by another slipway; --addr 127.0.0.1:0 takes any free port", *addr)
		}
		return err
	}
	url := "http://" + listener.Addr().String() + "/"
	fmt.Fprintf(out, "The playground is at %s (Ctrl-C ends it)\n", url)
	if *open {
		openBrowser(url, errs)
	}
	return serve(listener, server.New(site))
}

// serve answers until it is interrupted.
func serve(listener net.Listener, handler http.Handler) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	done := make(chan error, 1)
	go func() { done <- s.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		if err := s.Shutdown(grace); err != nil {
			return s.Close()
		}
		return nil
	}
}

// openBrowser tries to show the address; a machine without a browser is no reason to fail.
func openBrowser(url string, errs io.Writer) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		fmt.Fprintf(errs, "No browser could be opened (%v); open %s yourself.\n", err, url)
		return
	}
	go func() { _ = cmd.Wait() }() // its end is of no interest
}
