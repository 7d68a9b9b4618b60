import "nianbao";
import { useEffect, useRef, useState } from "react";

/** The tag. React 18 knows attributes alone: objects are set and events are heard on the element itself. */
export function NianbaoReport({ report, history, on = {}, children, ...attributes }) {
  const element = useRef(null);
  useEffect(() => {
    if (report !== undefined) element.current.report = report;
  }, [report]);
  useEffect(() => {
    if (history !== undefined) element.current.history = history;
  }, [history]);
  useEffect(() => {
    const { current } = element;
    for (const name in on) current.addEventListener(name, on[name]);
    return () => {
      for (const name in on) current.removeEventListener(name, on[name]);
    };
  });
  return (
    <nianbao-report ref={element} {...attributes}>
      {children}
    </nianbao-report>
  );
}

/** Shows a published report. */
export function Report({ src, onFindings }) {
  return <NianbaoReport src={src} on={{ "nianbao-findings": (event) => onFindings(event.detail.findings) }} />;
}

/** Has a report filled in; what is typed is in the state. */
export function Editor({ report: published, onSave }) {
  const [report, setReport] = useState(published);
  return (
    <>
      <NianbaoReport mode="edit" report={report} on={{ change: (event) => setReport(event.target.report) }} />
      <button onClick={() => onSave(report)}>保存</button>
    </>
  );
}
