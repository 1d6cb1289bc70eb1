package api_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// The texts and numbers were recorded from k8s.io/apimachinery v0.37.2.
func TestQuantityKeepsUpstreamsCanonicalText(t *testing.T) {
	for _, tt := range []struct {
		in, text     string
		value, milli int64
	}{
		{"0.5", "500m", 1, 500},
		{".5", "500m", 1, 500},
		{"1500m", "1500m", 2, 1500},
		{"1000m", "1", 1, 1000},
		{"1024Mi", "1Gi", 1 << 30, 1000 << 30},
		{"1.5Gi", "1536Mi", 1610612736, 1610612736000},
		{"3.3Gi", "3543348019200m", 3543348020, 3543348019200},
		{"0.5Ki", "512", 512, 512000},
		{"1023Ki", "1023Ki", 1047552, 1047552000},
		{"0Ki", "0", 0, 0},
		{"-0", "0", 0, 0},
		{"1e3", "1e3", 1000, 1000000},
		{"1e1", "10", 10, 10000},
		{"12e6", "12e6", 12000000, 12000000000},
		{"1e-3", "1e-3", 1, 1},
		{"1e-400", "1e-9", 1, 1},
		{"0.1n", "1n", 1, 1},
		{"100k", "100k", 100000, 100000000},
		{"-1.5", "-1500m", -2, -1500},
		{"-0.5Gi", "-512Mi", -536870912, -536870912000},
		{"1Ei", "1Ei", 1 << 60, math.MaxInt64},
		{"9Ei", "9223372036854775807", math.MaxInt64, math.MaxInt64},
		{"m", "0", 0, 0},
	} {
		t.Run(tt.in, func(t *testing.T) {
			q, err := api.ParseQuantity(tt.in)
			require.NoError(t, err)
			require.Equal(t, tt.text, q.String())
			require.Equal(t, tt.value, q.Value())
			require.Equal(t, tt.milli, q.Milli())
		})
	}
}

func TestQuantityRefusesInUpstreamsWords(t *testing.T) {
	for in, want := range map[string]error{
		"": api.ErrQuantityFormat, "1.2.3": api.ErrQuantityFormat, "1e3.5": api.ErrQuantityFormat,
		"a lot": api.ErrQuantityFormat, "1K": api.ErrQuantitySuffix, "1x": api.ErrQuantityFormat, "1ki": api.ErrQuantitySuffix,
	} {
		_, err := api.ParseQuantity(in)
		require.Equal(t, want, err, in)
	}
}

func TestQuantityArithmetic(t *testing.T) {
	q := api.MustQuantity
	require.Equal(t, q("1"), q("500m").Add(q("500m")))
	require.Equal(t, "250m", q("1").Sub(q("750m")).String())
	require.Equal(t, "-250m", q("750m").Sub(q("1")).String())
	require.Equal(t, "1536Mi", q("1Gi").Add(q("512Mi")).String())
	require.Equal(t, "64Mi", api.Quantity{}.Add(q("64Mi")).String())
	require.Equal(t, 0, q("1024Mi").Cmp(q("1Gi")))
	require.Equal(t, -1, q("999m").Cmp(q("1")))
	require.Equal(t, 1, q("-1").Cmp(q("-1500m")))
	require.Equal(t, int64(math.MaxInt64), q("9Ei").Add(q("9Ei")).Value())
	require.Equal(t, -1, q("-1m").Sign())
	require.Equal(t, q("2"), api.QuantityOf(2, api.DecimalSI))
	require.Equal(t, q("1500m"), api.MilliQuantity(1500))
}

func TestQuantityReadsTextAndNumbers(t *testing.T) {
	var list api.ResourceList
	require.NoError(t, json.Unmarshal([]byte(`{"cpu":0.5,"memory":" 64Mi ","pods":110,"storage":null}`), &list))
	b, err := json.Marshal(list)
	require.NoError(t, err)
	require.JSONEq(t, `{"cpu":"500m","memory":"64Mi","pods":"110","storage":"0"}`, string(b))
}

func FuzzParseQuantity(f *testing.F) {
	for _, s := range []string{"1", "0.5", "1Gi", "1e3", "-3.3Gi", "1e99999", "00.000000000000000000001Ei", "9223372036854775808", "E"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := api.ParseQuantity(s)
		if err != nil {
			return
		}
		again, err := api.ParseQuantity(q.String())
		if err != nil || again.String() != q.String() || again.Cmp(q) != 0 {
			t.Fatalf("%q prints as %q, which reads as %q, %v", s, q, again, err)
		}
		if (q.Value() > 0) != (q.Sign() > 0) || (q.Milli() < 0) != (q.Sign() < 0) {
			t.Fatalf("%q rounds towards zero", s)
		}
	})
}
