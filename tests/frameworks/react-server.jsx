// What React 18 or 19 makes of a scene on a server: `node out.mjs SCENE GIVEN`.
import { renderToString } from "react-dom/server";
import { scenes } from "./react-scenes.jsx";

const [scene, given] = process.argv.slice(2);
process.stdout.write(renderToString(scenes[scene](JSON.parse(given))));
