import { init } from "./echarts-core.mjs";
import { optionsOf } from "./echarts-options.mjs";

/** Draws the charts, each in a place that `placed` makes. */
export function draw(drawings, placed) {
  for (const option of optionsOf(drawings)) {
    init(placed("chart"), null, { renderer: "svg" }).setOption({ animation: false, ...option });
  }
}
