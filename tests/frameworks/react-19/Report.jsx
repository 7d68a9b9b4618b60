import "nianbao";
import { useState } from "react";

/** Shows a published report. */
export function Report({ src, onFindings }) {
  return <nianbao-report src={src} onnianbao-findings={(event) => onFindings(event.detail.findings)} />;
}

/** Has a report filled in; what is typed is in the state. */
export function Editor({ report: published, onSave }) {
  const [report, setReport] = useState(published);
  return (
    <>
      <nianbao-report mode="edit" report={report} onChange={(event) => setReport(event.target.report)} />
      <button onClick={() => onSave(report)}>保存</button>
    </>
  );
}
