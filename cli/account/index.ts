export { accountOpener, type Account, type OpenAccount } from "./account";
export { check, type CheckOptions, type FailOn } from "./check/check";
export { translated } from "./aws/errors";
export { extend, type ExtendOptions } from "./operate/extend";
export { release, type ReleaseOptions } from "./operate/release";
export { retry, type RetryOptions } from "./operate/retry";
export { status, type StatusOptions } from "./status/status";
