export { createProvider, type Assumptions, type Provider } from "./provider";
export type { Account } from "./createdState";
