import { h, nextTick, shallowRef } from "vue";
import { on, stage, tagged } from "../scene.mjs";
import { Editor, Report, start } from "./report.js";

const tag = `<nianbao-report v-bind="tagged(given)" v-on="on">{{ given.child }}</nianbao-report>`;
const setup = () => ({ on, tagged });
const scene = (template, components = {}) => ({ props: ["given"], components, setup, template });
const save = (saved) => window.scene.saved.push(saved);

const scenes = {
  // As it is written by hand; what the other scenes give comes to the same by `v-bind`.
  tag: scene(`
    <section>
      <nianbao-report v-if="given.shown !== false" v-on="on" :id="given.id" :src="given.src" :mode="given.mode" :view="given.view"
        :lang="given.lang" :charts="given.charts" :name="given.name" :drafts="given.drafts" :disabled="given.disabled"
        :form="given.form" :report="given.report" :history="given.history">{{ given.child }}</nianbao-report>
    </section>`),
  list: scene(`
    <ul>
      <li v-for="id in given.ids" :key="id">
        <nianbao-report v-bind="tagged(given)" :id="id" :report="given.reports[id]" v-on="on"></nianbao-report>
      </li>
    </ul>`),
  flat: scene(`
    <div>
      <nianbao-report v-for="id in given.ids" :key="id" v-bind="tagged(given)" :id="id" :report="given.reports[id]" v-on="on"></nianbao-report>
    </div>`),
  early: scene(`<nianbao-report :id="given.id" :report.prop="given.report" :mode="given.mode" :drafts="given.drafts" v-on="on"></nianbao-report>`),
  reader: { props: ["given"], render() { return h(Report, { src: this.given.src, onFindings: save }); } },
  editor: { props: ["given"], render() { return h(Editor, { published: this.given.report, onSave: save }); } },
  form: scene(`<form @submit.prevent>${tag}<button>报送</button></form>`),
};

const now = shallowRef();
const App = { render: () => h(scenes[now.value.scene], { given: now.value.given }) };
let app;
stage({
  async show(scene, given) {
    now.value = { scene, given };
    app = app || start(App, "#app");
    await nextTick();
  },
  async end() {
    app.unmount();
    app = undefined;
  },
});
