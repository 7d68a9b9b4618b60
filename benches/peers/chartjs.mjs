// The same charts with Chart.js: its controllers registered one by one, as its documentation advises for bundles,
// and the well-kept controller of others for the flow, of which Chart.js itself has none.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";
import { Flow, SankeyController } from "chartjs-chart-sankey";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip, SankeyController, Flow);
// Chart.js says nothing of a chart to readers of screens; the page has to.
const COLOURS = ["#36a2eb", "#ff6384", "#ff9f40", "#4bc0c0"];
const horizontal = { indexAxis: "y", animation: false, maintainAspectRatio: false };

const bars = (rows) => ({
  type: "bar",
  data: { labels: rows.map(({ name }) => name), datasets: [{ data: rows.map(({ value }) => value), backgroundColor: COLOURS[0] }] },
  options: { ...horizontal, plugins: { legend: { display: false } } },
});

const configurations = ({ applicants, outcomes, flow, disputes }) => [
  bars(applicants),
  bars(outcomes),
  {
    type: "sankey",
    data: { datasets: [{ data: flow.links.map(({ source, target, value }) => ({ from: source, to: target, flow: value })), colorFrom: COLOURS[0], colorTo: COLOURS[3] }] },
    options: { animation: false, maintainAspectRatio: false },
  },
  {
    type: "bar",
    data: { labels: disputes.rows, datasets: disputes.series.map(({ name, data }, at) => ({ label: name, data, backgroundColor: COLOURS[at] })) },
    options: { ...horizontal, scales: { x: { stacked: true }, y: { stacked: true } } },
  },
];

export function draw(drawings, placed) {
  for (const configuration of configurations(drawings)) {
    const canvas = document.createElement("canvas");
    placed("chart").append(canvas);
    new Chart(canvas, configuration);
  }
}
