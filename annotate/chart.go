package annotate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

const (
	// minCharted is how many findings, fixed ones included, are worth a chart: fewer are told by their list.
	minCharted = 5
	// A chart as wide as a phone's page is nowhere scaled down, which would cut its labels; heights are in pixels, too.
	chartWidth, barHeight = 320, 28
)

// A bar is a row of the chart.
type bar struct {
	label, colour string
	count         int
}

// fixedColour and colours, of the severities, are GitHub's own: they stand out on light and dark.
const fixedColour = "#2da44e"

var colours = [...]string{analyzer.Info: "#8c959f", analyzer.Low: "#54aeff", analyzer.Medium: "#d4a72c", analyzer.High: "#cf222e"}

// chart draws as a Mermaid diagram how many findings there are of each severity against how many are fixed. Nothing in it
// is a stranger's. There is none for a few findings or a single bar.
func (p Plan) chart() string {
	bars := p.bars()
	total, longest := 0, 0
	var labels, palette []string
	for _, b := range bars {
		total, longest = total+b.count, max(longest, b.count)
		labels = append(labels, fmt.Sprintf(`"%d %s"`, b.count, b.label))
		palette = append(palette, b.colour)
	}
	if total < minCharted || len(bars) < 2 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, `---
config:
  xyChart:
    width: %d
    height: %d
    xAxis: {showTick: false, showAxisLine: false}
    yAxis: {showLabel: false, showTick: false, showAxisLine: false}
  themeVariables:
    xyChart: {backgroundColor: transparent, plotColorPalette: "%s"}
---
xychart-beta horizontal
  x-axis [%s]
  y-axis 0 --> %d
`, chartWidth, len(bars)*barHeight, strings.Join(palette, ", "), strings.Join(labels, ", "), longest)
	// Only a series of its own gives a bar a colour of its own.
	for i, b := range bars {
		series := slices.Repeat([]string{"0"}, len(bars))
		series[i] = strconv.Itoa(b.count)
		fmt.Fprintf(&out, "  bar [%s]\n", strings.Join(series, ", "))
	}
	return "\n" + markdown.Block("mermaid", out.String()) + "\n"
}

// bars are those of the severities that there are findings of, the worst first, and that of the fixed ones.
func (p Plan) bars() []bar {
	var by [analyzer.High + 1]int
	for _, f := range p.unsuppressed() {
		by[f.Severity]++
	}
	var bars []bar
	for severity, count := range slices.Backward(by[:]) {
		if count > 0 {
			bars = append(bars, bar{analyzer.Severity(severity).String(), colours[severity], count})
		}
	}
	if fixed := len(p.Fixed); fixed > 0 {
		bars = append(bars, bar{"fixed", fixedColour, fixed})
	}
	return bars
}
