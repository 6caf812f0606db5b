export { combine, type Combination } from "./combine";
export type { Fault } from "./fault";
export type { Mode } from "./draw";
export { faultsOf, faults, isFault, rehearsable, type FaultName } from "./registry";
