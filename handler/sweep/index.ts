export { activitiesOf } from "./facts";
export { rememberHook } from "./hooks";
export { reconcileGroup, reconcileInstances } from "./reconcile";
export { sweep } from "./sweep";
