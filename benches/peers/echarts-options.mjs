// The four charts as options of ECharts, with its patterns and its description for readers of screens.

const bars = (rows) => ({
  tooltip: {},
  aria: { enabled: true, decal: { show: true } },
  grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
  xAxis: { type: "value" },
  yAxis: { type: "category", inverse: true, data: rows.map(({ name }) => name) },
  series: [{ type: "bar", label: { show: true, position: "right" }, data: rows.map(({ value }) => value) }],
});

export const optionsOf = ({ applicants, outcomes, flow, disputes }) => [
  bars(applicants),
  bars(outcomes),
  {
    tooltip: {},
    aria: { enabled: true, decal: { show: true } },
    series: [{ type: "sankey", layoutIterations: 0, data: flow.nodes.map((name) => ({ name })), links: flow.links }],
  },
  {
    tooltip: {},
    legend: {},
    aria: { enabled: true, decal: { show: true } },
    grid: { left: 8, right: 48, top: 40, bottom: 8, containLabel: true },
    xAxis: { type: "value" },
    yAxis: { type: "category", inverse: true, data: disputes.rows },
    series: disputes.series.map((series) => ({ ...series, type: "bar", stack: "all" })),
  },
];
