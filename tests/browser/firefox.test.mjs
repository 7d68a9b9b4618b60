// Firefox, the release that Debian has.
import { testEverywhere } from "./everywhere.mjs";
import { noFirefox } from "./find-engines.mjs";
import { openFirefox } from "./webdriver.mjs";

testEverywhere("Firefox", noFirefox, openFirefox);
