// A core of January 2021.
import { testOldCore } from "./old-core.mjs";

testOldCore(88);
