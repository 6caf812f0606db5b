import { internalError, noAnswer, outage, throttled } from "../../../simulator";

/** Codes of errors that the handler does not cause. */
const undeserved: ReadonlySet<string> = new Set([
  throttled("SendCommand").code,
  throttled("CompleteLifecycleAction").code,
  internalError.code,
  outage.code,
  noAnswer,
]);

/** Whether a call failed through no fault of the handler. */
export function isUndeserved({ error }: { readonly error: string | undefined }): boolean {
  return error !== undefined && undeserved.has(error);
}
