export * from "./file";
export { drawPage, page } from "./page";
export { drawPicture } from "./picture";
export { drawScene, type Row, type Scene } from "./scene";
