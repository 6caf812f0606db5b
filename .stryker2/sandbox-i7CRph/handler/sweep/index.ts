// @ts-nocheck
export { rememberHook } from "./hooks";
export { reconcileInstances } from "./reconcile";
export { sweep } from "./sweep";
