// WebKitGTK, the WebKit that Debian has: the engine of Safari.
import { testEverywhere } from "./everywhere.mjs";
import { noWebKit } from "./find-engines.mjs";
import { openWebKit } from "./webdriver.mjs";

testEverywhere("WebKitGTK", noWebKit, openWebKit);
