export { factsAbout } from "./facts";
export { rememberHook } from "./hooks";
export { reconcileInstances } from "./reconcile";
export { sweep } from "./sweep";
