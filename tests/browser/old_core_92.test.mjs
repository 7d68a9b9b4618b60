// A core of July 2021.
import { testOldCore } from "./old-core.mjs";

testOldCore(92);
