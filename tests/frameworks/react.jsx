// React 18 or 19 in a page.
import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot, hydrateRoot } from "react-dom/client";
import { scenes } from "./react-scenes.jsx";
import { stage } from "./scene.mjs";

// A component of its own, so that changes come as they do in an app: by state.
let change;
function App({ first }) {
  const [{ scene, given }, set] = useState(first);
  change = set;
  return scenes[scene](given);
}

let root;
const place = () => document.getElementById("app");
stage({
  async show(scene, given) {
    const next = { scene, given };
    if (root) return flushSync(() => change(next));
    root = createRoot(place());
    flushSync(() => root.render(<App first={next} />));
  },
  /** Takes over what a server has written. */
  async hydrate(scene, given) {
    root = hydrateRoot(place(), <App first={{ scene, given }} />);
    await new Promise((taken) => setTimeout(taken, 50));
  },
  async end() {
    flushSync(() => root.unmount());
    root = undefined;
  },
});
