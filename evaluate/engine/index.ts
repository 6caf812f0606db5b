export { Monitor } from "./monitor";
export { callBack, monitorMethods } from "./methods";
export { startEngine, type LogEntry } from "./server";
export { archiveOf, assetOf, isUnknown } from "./values";
