export { combine, type Combination } from "./combine";
export { faultsOf, faults, isFault, rehearsable, type FaultName } from "./registry";
