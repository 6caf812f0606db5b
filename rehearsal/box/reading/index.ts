export { readWorld } from "./world";
