import Vue from "vue";
import { on, stage, tagged } from "../scene.mjs";
import { Editor, Report } from "./report.js";

Vue.config.productionTip = false;
Vue.config.devtools = false;

const attributes = ({ report, history, ...given }) => tagged(given);
const methods = { attributes, save: (saved) => window.scene.saved.push(saved) };
const scene = (template) => ({ props: ["given"], components: { Editor, Report }, data: () => ({ on }), methods, template });

const scenes = {
  tag: scene(`
    <section>
      <nianbao-report v-if="given.shown !== false" v-on="on" :id="given.id" :src="given.src" :mode="given.mode" :view="given.view"
        :lang="given.lang" :charts="given.charts" :name="given.name" :drafts="given.drafts" :disabled.prop="given.disabled"
        :form="given.form" :report.prop="given.report" :history.prop="given.history">{{ given.child }}</nianbao-report>
    </section>`),
  list: scene(`
    <ul>
      <li v-for="id in given.ids" :key="id">
        <nianbao-report v-bind="attributes(given)" :id="id" :report.prop="given.reports[id]" v-on="on"></nianbao-report>
      </li>
    </ul>`),
  flat: scene(`
    <div>
      <nianbao-report v-for="id in given.ids" :key="id" v-bind="attributes(given)" :id="id" :report.prop="given.reports[id]" v-on="on"></nianbao-report>
    </div>`),
  early: scene(`<nianbao-report :id="given.id" :report.prop="given.report" :mode="given.mode" :drafts="given.drafts" v-on="on"></nianbao-report>`),
  reader: scene(`<Report :src="given.src" @findings="save"></Report>`),
  editor: scene(`<Editor :published="given.report" @save="save"></Editor>`),
  form: scene(`
    <form @submit.prevent>
      <nianbao-report v-bind="attributes(given)" :report.prop="given.report" v-on="on"></nianbao-report>
      <button>报送</button>
    </form>`),
};

let app;
stage({
  async show(scene, given) {
    if (app) [app.scene, app.given] = [scene, given];
    else {
      const place = document.getElementById("app").appendChild(document.createElement("div"));
      const render = function (h) {
        return h(scenes[this.scene], { props: { given: this.given } });
      };
      app = new Vue({ data: { scene, given }, render }).$mount(place);
    }
    await Vue.nextTick();
  },
  async end() {
    app.$destroy();
    app.$el.remove();
    app = undefined;
  },
});
