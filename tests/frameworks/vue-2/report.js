import "nianbao";
import Vue from "vue";

Vue.config.ignoredElements = ["nianbao-report"];

/** Shows a published report. */
export const Report = {
  props: ["src"],
  template: `<nianbao-report :src="src" @nianbao-findings="$emit('findings', $event.detail.findings)"></nianbao-report>`,
};

/** Has a report filled in; what is typed is in `report`. Objects are bound as properties. */
export const Editor = {
  props: ["published"],
  data: ({ published }) => ({ report: published }),
  template: `
    <div>
      <nianbao-report mode="edit" :report.prop="report" @change="report = $event.target.report"></nianbao-report>
      <button @click="$emit('save', report)">保存</button>
    </div>`,
};
