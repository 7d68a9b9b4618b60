// The scenes in React 18 or 19, by which of them `react` and `tag` are when this is bundled.
import { StrictMode } from "react";
import { Editor, Report } from "report";
import { Tag } from "tag";
import { on, tagged } from "./scene.mjs";

const save = (saved) => window.scene.saved.push(saved);

export const scenes = {
  tag: ({ shown = true, child, ...given }) => (
    <section>{shown && <Tag {...tagged(given)} on={on}>{child}</Tag>}</section>
  ),
  strict: (given) => <StrictMode>{scenes.tag(given)}</StrictMode>,
  list: ({ ids, reports, ...given }) => (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          <Tag {...tagged(given)} id={id} report={reports[id]} on={on} />
        </li>
      ))}
    </ul>
  ),
  flat: ({ ids, reports, ...given }) => (
    <div>
      {ids.map((id) => (
        <Tag key={id} {...tagged(given)} id={id} report={reports[id]} on={on} />
      ))}
    </div>
  ),
  reader: ({ src }) => <Report src={src} onFindings={save} />,
  editor: ({ report }) => <Editor report={report} onSave={save} />,
  form: ({ ...given }) => (
    <form onSubmit={(event) => event.preventDefault()}>
      <Tag {...tagged(given)} on={on} />
      <button>报送</button>
    </form>
  ),
};
