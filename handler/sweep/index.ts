export { activitiesOf } from "./facts";
export { hooksOf, rememberHook } from "./hooks";
export { withPool } from "./pool";
export { reconcile, reconcileGroup, reconcileInstances } from "./reconcile";
export type { DecidedCase } from "./cases";
export { sweep } from "./sweep";
