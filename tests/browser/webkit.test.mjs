// WebKitGTK, the WebKit that Debian has: the engine of Safari.
import { testEverywhere } from "./everywhere.mjs";
import { noWebKit } from "./find-engines.mjs";
import { openWebKit } from "./webdriver.mjs";

// Its JavaScriptCore crashes or stops by itself now and then (seen in 2.50, as a fault in libjavascriptcoregtk).
testEverywhere("WebKitGTK", noWebKit, openWebKit, { again: true });
