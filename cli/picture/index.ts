export * from "./file";
export { drawPage, textPage } from "./page";
export { drawPicture, limitsOf, settingsText } from "./picture";
export { drawScene, type Row, type Scene } from "./scene";
export { themes } from "./style";
export { element, label } from "./svg";
