package calendar_test

import (
	"fmt"
	"time"

	"github.com/slipway-dev/slipway/internal/calendar"
)

func Example() {
	talk, err := calendar.Parse(time.RFC3339, "2017-02-18T09:00:00+07:00")
	fmt.Println(calendar.Text(talk, calendar.Date), err)
	_, err = calendar.Parse(time.RFC3339, "noon")
	fmt.Println(err)
	// Output:
	// Sat Feb 18 02:00:00 UTC 2017 <nil>
	// parsing time "noon" as "2006-01-02T15:04:05Z07:00": cannot parse "noon" as "2006"
}
