import "nianbao";
import { Component, CUSTOM_ELEMENTS_SCHEMA, EventEmitter, Input, Output } from "@angular/core";

/** Shows a published report. */
@Component({
  selector: "app-report",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<nianbao-report [src]="src" (nianbao-findings)="findings.emit($event.detail.findings)"></nianbao-report>`,
})
export class Report {
  @Input() src = "";
  @Output() findings = new EventEmitter();
}

/** Has a report filled in; what is typed is in `report`. */
@Component({
  selector: "app-editor",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <nianbao-report mode="edit" [report]="report" (change)="report = $event.target.report"></nianbao-report>
    <button (click)="save.emit(report)">保存</button>
  `,
})
export class Editor {
  @Input("published") report: object | null = null;
  @Output() save = new EventEmitter();
}
