package report

import (
	"fmt"
	"io"
	"testing"
)

// BenchmarkWrite writes a thousand files' findings in each format; MB/s are of what comes out.
func BenchmarkWrite(b *testing.B) {
	one := newReport(b)
	large := one
	large.Findings, large.Files = nil, nil
	for i := range 1000 {
		path := fmt.Sprintf("shop/middleware_%d.py", i)
		for _, file := range one.Files {
			file.Path = path
			large.Files = append(large.Files, file)
		}
		for _, finding := range one.Findings {
			finding.Path = path
			large.Findings = append(large.Findings, finding)
		}
	}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			var size counter
			if err := Write(&size, format, large); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, format, large); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A counter counts what is written.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
