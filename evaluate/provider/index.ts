export { createProvider, type Assumptions, type Provider, type ProviderOptions } from "./provider";
export type { Account } from "./createdState";
