export { NianbaoReport as Tag } from "./Report.jsx";
