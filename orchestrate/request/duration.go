package request

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// HumanDuration is a duration as kubectl shows ages: the two largest units that matter, for example "5s", "3m20s",
// "47h" or "2d4h". A time more than a second ahead is "<invalid>".
//
// Source: k8s.io/apimachinery/pkg/util/duration.
func HumanDuration(d time.Duration) string {
	seconds, minutes, hours := int(d/time.Second), int(d/time.Minute), int(d/time.Hour)
	switch {
	case seconds < -1:
		return "<invalid>"
	case seconds < 0:
		return "0s"
	case seconds < 2*60:
		return count(seconds, "s")
	case minutes < 10:
		return count(minutes, "m") + countSome(seconds%60, "s")
	case minutes < 3*60:
		return count(minutes, "m")
	case hours < 8:
		return count(hours, "h") + countSome(minutes%60, "m")
	case hours < 48:
		return count(hours, "h")
	case hours < 8*24:
		return count(hours/24, "d") + countSome(hours%24, "h")
	case hours < 2*365*24:
		return count(hours/24, "d")
	case hours < 8*365*24:
		return count(hours/24/365, "y") + countSome(hours/24%365, "d")
	}
	return count(hours/24/365, "y")
}

func count(n int, unit string) string { return strconv.Itoa(n) + unit }

// countSome is nothing for zero.
func countSome(n int, unit string) string {
	if n == 0 {
		return ""
	}
	return count(n, unit)
}

// Age is how long ago t was at the moment now, as a table shows it; "<unknown>" if t is not set.
func Age(t, now api.Time) string {
	if t == 0 {
		return "<unknown>"
	}
	return HumanDuration(time.Duration(now-t) * time.Second)
}

func microAge(t api.MicroTime, now api.Time) string {
	if t == 0 {
		return "<unknown>"
	}
	return HumanDuration(time.Duration(int64(now)*1e6-int64(t)) * time.Microsecond)
}
