export { readStack } from "./readStack";
export { readWorld } from "./world";
