export { accountOpener, type Account, type OpenAccount } from "./account";
export { check, type CheckOptions, type FailOn } from "./check/check";
export { translated } from "./aws/errors";
export { explain, type ExplainOptions } from "./explain/explain";
export { drill, type DrillOptions, type DrillSurroundings } from "./drill/drill";
export { extend, type ExtendOptions } from "./operate/extend";
export { release, type ReleaseOptions } from "./operate/release";
export { retry, type RetryOptions } from "./operate/retry";
export { status, type StatusOptions } from "./status/status";
