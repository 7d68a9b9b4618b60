import "nianbao";
import { createApp, ref } from "vue";

/** Shows a published report. */
export const Report = {
  props: ["src"],
  emits: ["findings"],
  template: `<nianbao-report :src="src" @nianbao-findings="$emit('findings', $event.detail.findings)"></nianbao-report>`,
};

/** Has a report filled in; what is typed is in `report`. */
export const Editor = {
  props: ["published"],
  emits: ["save"],
  setup: ({ published }) => ({ report: ref(published) }),
  template: `
    <nianbao-report mode="edit" :report="report" @change="report = $event.target.report"></nianbao-report>
    <button @click="$emit('save', report)">保存</button>`,
};

export function start(component, place, properties) {
  const app = createApp(component, properties);
  app.config.compilerOptions.isCustomElement = (tag) => tag === "nianbao-report";
  app.mount(place);
  return app;
}
