export { Monitor } from "./monitor";
export { monitorMethods } from "./methods";
export { startEngine, type LogEntry } from "./server";
export { archiveOf, assetOf, isFields, isUnknown, unknown, type Fields } from "./values";
