/** Why a decision was taken: a code for programs and tests, a sentence for people. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

export type ReasonCode = keyof typeof sentences;

/** A reason, with a detail after its sentence. */
export function because(code: ReasonCode, detail?: string): Reason {
  const sentence = sentences[code];
  return { code, text: detail === undefined ? sentence : `${sentence}: ${detail}` };
}

const sentences = {
  // A further fact is needed.
  waitUnknown: "when the wait began decides what is due",
  waitOfBusyUnknown: "when the wait began decides how long the instance may be busy",
  busyUnknown: "a busy instance is not stopped",
  turnUnknown: "whether it is the instance's turn decides what is due",
  waitOfTurnUnknown: "when the instance was chosen decides how long it may wait for its turn",
  commandOfEarlierAction: "a command may belong to an earlier action",
  runOfActionUnknown: "when the action began decides which run of the script belongs to it",
  commandBeforeWait: "a command of before the wait is no reason to give up",
  endUnknown: "whether the script or its agent failed decides what is due",
  endNotListed: "SSM does not show yet how the command ended",
  unhealthyUnknown: "whether the unhealthy machine is gone decides what is due",
  unhealthySinceUnknown: "since when the machine is unhealthy decides what is due",
  refusedUnknown: "SSM refuses the instance; why Auto Scaling terminates it decides what is due",
  retentionUnknown: "whether the instance was retained before decides what is due",
  holdUnknown: "whether an operator holds the instance decides what is due",
  waitOfHoldUnknown: "when the wait began decides how long an operator may hold the instance",
  activityNotListed: "no scaling activity names the instance",

  // The document is sent.
  notStarted: "the instance waits and no command is on its way",
  turnIsLate: "the instance has waited for its turn for as long as it may",
  notDelivered: "the command before did not reach the agent",
  notReportedInTime: "the command before outlasts its budget without a report",
  notReported: "the agent did not report the end of the command before",
  agentFailedBefore: "the agent failed the command before",
  cancelledBefore: "somebody cancelled the command before",
  notMeantBefore: "the guard did not find the instance on its way",

  // Nothing is due yet.
  pending: "the command is on its way to the agent",
  running: "the script is running",
  refused: "SSM refuses the command",
  lastMayBeUnlisted: "the last command may not be listed yet",
  endedJustNow: "a command ended without a result a moment ago",
  busy: "the instance is busy",
  held: "an operator holds the instance",
  holdUnread: "EC2 does not tell whether an operator holds the instance",
  notItsTurn: "instances that were chosen before have yet to stop",

  // An instance was told that it was chosen; nothing depends on it.
  announceFailed: "the announce script failed or ran too long",
  announceNotMeant: "the guard did not find the instance on its way",
  announceNotDelivered: "the announce script was not run, or its end was not reported",

  // The action is completed.
  succeeded: "the script succeeded",
  failed: "the script failed or ran too long",
  machineGone: "the machine is gone",
  onlyInWarmPool: "the instance stays in the warm pool, where the script does not run",
  stoppedInWarmPool: "the instance is stopped in the warm pool; there is nothing to stop",
  retainedBefore: "the instance was retained before and is terminated now",
  neverServed: "the instance never served; there is nothing to stop",
  unreachable: "the SSM agent could not be reached",
  overran: "the script outran its time and the agent does not report",
  agentFails: "the SSM agent fails every command",
  cancelled: "somebody cancels every command",
  notMeant: "the guard does not find the instance on its way",
} as const;
