// The oldest core that the widget promises to run on: what Chinese browsers of 2020 to 2022 carry.
import { testOldCore } from "./old-core.mjs";

testOldCore(83);
