import { internalError, noAnswer, outage, throttled } from "../../../simulator";

/** Codes of errors that come from nothing that the handler does. */
const undeserved: ReadonlySet<string> = new Set([
  throttled("SendCommand").code,
  throttled("CompleteLifecycleAction").code,
  internalError.code,
  outage.code,
  noAnswer,
]);

/** Whether a call failed through nothing that the handler does. */
export function isUndeserved({ error }: { readonly error: string | undefined }): boolean {
  return error !== undefined && undeserved.has(error);
}
