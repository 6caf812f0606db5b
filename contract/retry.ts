import type { DocumentParameters } from "./parameters";

/**
 * Parameters of a command with which an operator has a script run again that has failed: the parameters of the command
 * that failed, with three changes. Without an action the guard looks at the latest run. Runs that were sent until the
 * command that failed do not count, so the guard runs the script again; a run that was sent later counts, so a second
 * operator joins the run of the first operator.
 * @param failed - Parameters of a command that the guard has answered with a failure of the script
 * @param now - When the command is sent, ms since 1970, by AWS's clock
 */
export function retryParameters<Parameters extends Pick<DocumentParameters, "action" | "sent" | "since">>(
  failed: Parameters,
  now: number,
): Parameters {
  const since = Number(failed.sent) + 1;
  return {
    ...failed,
    action: "",
    sent: String(Math.max(since, Math.floor(now / 1000))),
    since: String(since),
  };
}
