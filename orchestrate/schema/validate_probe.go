package schema

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// probe checks a probe; one that restarts its container must be content with one success.
func (v *validator) probe(at *api.Path, p *api.Probe, restarts bool) {
	if p == nil {
		return
	}
	v.handler(at, handler{p.Exec, p.HTTPGet, p.TCPSocket, p.GRPC, nil}, nil)
	v.notNegative(at.Child("initialDelaySeconds"), int64(p.InitialDelaySeconds))
	v.notNegative(at.Child("timeoutSeconds"), int64(p.TimeoutSeconds))
	v.notNegative(at.Child("periodSeconds"), int64(p.PeriodSeconds))
	v.notNegative(at.Child("successThreshold"), int64(p.SuccessThreshold))
	v.notNegative(at.Child("failureThreshold"), int64(p.FailureThreshold))
	grace := at.Child("terminationGracePeriodSeconds")
	if g := p.TerminationGracePeriodSeconds; g != nil {
		if *g <= 0 {
			v.invalid(grace, *g, "must be greater than 0")
		}
		if !restarts {
			v.invalid(grace, *g, "must not be set for readinessProbes")
		}
	}
	if restarts && p.SuccessThreshold != 1 {
		v.invalid(at.Child("successThreshold"), p.SuccessThreshold, "must be 1")
	}
}

func (v *validator) lifecycle(at *api.Path, l *api.Lifecycle, s *api.PodSpec) {
	for _, h := range []struct {
		name string
		does *api.LifecycleHandler
	}{{"postStart", l.PostStart}, {"preStop", l.PreStop}} {
		if h.does != nil {
			v.handler(at.Child(h.name), handler{h.does.Exec, h.does.HTTPGet, h.does.TCPSocket, nil, h.does.Sleep}, s.TerminationGracePeriodSeconds)
		}
	}
	if l.StopSignal == nil {
		return
	}
	signal := at.Child("stopSignal")
	switch {
	case s.OS == nil:
		v.forbidden(signal, "may not be set for containers with empty `spec.os.name`")
	case s.OS.Name == "windows":
		oneOf(v, signal, *l.StopSignal, "SIGKILL", "SIGTERM")
	case s.OS.Name == "linux":
		oneOf(v, signal, *l.StopSignal, linuxSignals...)
	}
}

// handler is one of the ways in which a probe or a lifecycle hook can act.
type handler struct {
	exec  *api.ExecAction
	http  *api.HTTPGetAction
	tcp   *api.TCPSocketAction
	grpc  *api.GRPCAction
	sleep *api.SleepAction
}

// handler checks that there is exactly one way, and the first one there is. grace is the pod's grace
// period where it bounds a sleep.
func (v *validator) handler(at *api.Path, h handler, grace *int64) {
	found := false
	first := func(name string, set bool) bool {
		if set && found {
			v.forbidden(at.Child(name), "may not specify more than 1 handler type")
			return false
		}
		found = found || set
		return set
	}
	if first("exec", h.exec != nil) && len(h.exec.Command) == 0 {
		v.required(at.Child("exec").Child("command"), "")
	}
	if first("httpGet", h.http != nil) {
		v.httpGet(at.Child("httpGet"), h.http)
	}
	if first("tcpSocket", h.tcp != nil) {
		v.portOrName(at.Child("tcpSocket").Child("port"), h.tcp.Port)
	}
	if first("grpc", h.grpc != nil) {
		v.port(at.Child("grpc").Child("port"), h.grpc.Port)
	}
	if first("sleep", h.sleep != nil) && grace != nil && (h.sleep.Seconds < 0 || h.sleep.Seconds > *grace) {
		v.invalid(at.Child("sleep"), h.sleep.Seconds, "must be non-negative and less than terminationGracePeriodSeconds ("+strconv.FormatInt(*grace, 10)+")")
	}
	if !found {
		v.required(at, "must specify a handler type")
	}
}

func (v *validator) httpGet(at *api.Path, h *api.HTTPGetAction) {
	v.present(at.Child("path"), h.Path)
	v.portOrName(at.Child("port"), h.Port)
	oneOf(v, at.Child("scheme"), h.Scheme, api.SchemeHTTP, api.SchemeHTTPS)
	for _, header := range h.HTTPHeaders {
		v.invalid(at.Child("httpHeaders"), header.Name, headerName(header.Name)...)
	}
	if h.Protocol == nil {
		return
	}
	oneOf(v, at.Child("protocol"), *h.Protocol, "HTTP1", "HTTP2")
	switch {
	case *h.Protocol == "HTTP2" && h.Scheme != api.SchemeHTTP:
		v.invalid(at.Child("protocol"), *h.Protocol, "is only supported with HTTP (H2C)")
	case *h.Protocol == "HTTP2" && h.Host != "":
		v.invalid(at.Child("host"), h.Host, "must be empty when `protocol` is \"HTTP2\"")
	}
}

func (v *validator) portOrName(at *api.Path, p api.IntOrString) {
	if p.IsText {
		v.invalid(at, p.Text, PortName(p.Text)...)
		return
	}
	v.port(at, p.Number)
}

// linuxSignals are sorted, because the error lists them.
var linuxSignals = []string{"SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT",
	"SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13",
	"SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1",
	"SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5",
	"SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN",
	"SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"}
