import "@angular/compiler";
import { ApplicationRef, Component, CUSTOM_ELEMENTS_SCHEMA, createComponent, signal, type ComponentRef } from "@angular/core";
import { createApplication } from "@angular/platform-browser";
import { on, stage } from "../scene.mjs";
import { Editor, Report } from "./report";

const given = `[attr.id]="given().id" [src]="given().src" [mode]="given().mode" [view]="given().view" [attr.lang]="given().lang"
  [charts]="given().charts" [drafts]="given().drafts" [disabled]="given().disabled" [attr.form]="given().form" [history]="given().history"`;
const heard = `(nianbao-ready)="hear($event)" (nianbao-change)="hear($event)" (nianbao-findings)="hear($event)"
  (nianbao-error)="hear($event)" (change)="hear($event)"`;

const now = signal<{ scene: string; given: any }>({ scene: "", given: {} });

/** What stands in the place of each scene. */
@Component({
  selector: "app-scenes",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  imports: [Editor, Report],
  template: `
    @switch (now().scene) {
      @case ("tag") {
        <section>
          @if (given().shown !== false) {
            <nianbao-report ${given} [report]="given().report" ${heard}>{{ given().child }}</nianbao-report>
          }
        </section>
      }
      @case ("list") {
        <ul>
          @for (id of given().ids; track id) {
            <li><nianbao-report [id]="id" [mode]="given().mode" [drafts]="given().drafts" [report]="given().reports[id]" ${heard}></nianbao-report></li>
          }
        </ul>
      }
      @case ("flat") {
        <div>
          @for (id of given().ids; track id) {
            <nianbao-report [id]="id" [mode]="given().mode" [drafts]="given().drafts" [report]="given().reports[id]" ${heard}></nianbao-report>
          }
        </div>
      }
      @case ("early") {
        <nianbao-report [attr.id]="given().id" [report]="given().report" [mode]="given().mode" [drafts]="given().drafts" ${heard}></nianbao-report>
      }
      @case ("reader") { <app-report [src]="given().src" (findings)="save($event)" /> }
      @case ("editor") { <app-editor [published]="given().report" (save)="save($event)" /> }
      @case ("form") {
        <form (submit)="$event.preventDefault()">
          <nianbao-report ${given} [name]="given().name" [report]="given().report" ${heard}></nianbao-report>
          <button>报送</button>
        </form>
      }
    }
  `,
})
class Scenes {
  now = now;
  given = () => now().given;
  hear = (event: Event) => (on as any)[event.type](event);
  save = (saved: unknown) => (window as any).scene.saved.push(saved);
}

let application: ApplicationRef;
let shown: ComponentRef<Scenes> | undefined;
stage({
  async show(scene: string, given: object) {
    now.set({ scene, given });
    application = application || (await createApplication());
    if (!shown) {
      const hostElement = document.getElementById("app")!.appendChild(document.createElement("app-scenes"));
      shown = createComponent(Scenes, { environmentInjector: application.injector, hostElement });
      application.attachView(shown.hostView);
    }
    await application.whenStable();
  },
  async end() {
    shown!.destroy();
    shown!.location.nativeElement.remove();
    shown = undefined;
  },
});
