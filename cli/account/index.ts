export { accountOpener, type Account, type OpenAccount } from "./account";
export { translated } from "./aws/errors";
export { status, type StatusOptions } from "./status/status";
