export { drawPage } from "./page";
export { drawPicture } from "./picture";
