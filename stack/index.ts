export { readStack, type Stack } from "./readStack";
export { readWorld } from "./world";
