import { group, stack, terminate, type Case } from "./case";

/** Wrong times, waits and scripts. */
export const lifecycleCases = {
  deregistrationDelay: {
    wrong: stack({ deregistrationDelay: "3601" }),
    line: /^graceful-asg:deregistrationDelay is 3601; it must be a whole number of seconds from 0 to 3600\. Give/,
  },
  timeout: {
    wrong: stack({ terminateTimeout: "4" }),
    line: /^graceful-asg:terminateTimeout is 4; it must be a whole number of seconds from 5 to 172470\. Give/,
  },
  maxWait: {
    wrong: group({
      terminate: { script: "stop", timeout: 60, sessions: { maxWait: 0 } },
      isBusy: () => Promise.resolve(true),
    }),
    line: /^terminate\.sessions\.maxWait is 0; it must be a whole number of seconds from 1 to 172465\. Give/,
  },
  agentTimeout: {
    wrong: terminate({ agentTimeout: 179 }),
    line: /^terminate\.agentTimeout is 179; it must be a whole number of seconds from 180 to 172645\. Give/,
  },
  heartbeatTimeout: {
    wrong: terminate({ heartbeatTimeout: 299 }),
    line: /^terminate\.heartbeatTimeout is 299; it must be a whole number of seconds from 300 to 7200\. Leave/,
  },
  total: {
    wrong: group({
      terminate: { script: "stop", timeout: 100_000, sessions: { maxWait: 100_000 } },
      isBusy: () => Promise.resolve(true),
    }),
    line: /^terminate\.timeout \+ terminate\.sessions\.maxWait is 200000; it must be at most 172470 seconds: .* Shorten/,
  },
  globalTimeout: {
    wrong: terminate({ timeout: 100_000, heartbeatTimeout: 300 }),
    line: /^terminate\.heartbeatTimeout is 300; it must be at least 1011 seconds: .* Raise/,
  },
  maxConcurrent: {
    wrong: group({ drain: { maxConcurrent: 0 } }),
    line: /^drain\.maxConcurrent is 0; it must be a whole number, 1 or more\. Give/,
  },
  turnWait: {
    wrong: group({ maxSize: 500, drain: { maxConcurrent: 1 } }),
    line: /^drain\.maxConcurrent, maxSize is "1 and 500"; it must be so that the last of them waits at most 172350 seconds for its turn: it would wait 224850 s, .* Raise/,
  },
  announceTimeout: {
    wrong: terminate({ announce: { script: "stop-pulling", timeout: 3601 } }),
    line: /^terminate\.announce\.timeout is 3601; it must be a whole number of seconds from 5 to 3600\. Give/,
  },
  announce: {
    wrong: group({
      targetGroup: undefined,
      terminate: { script: "stop", timeout: 120, announce: { script: "stop-pulling", timeout: 30 } },
    }),
    line: /^terminate\.announce is given; it must be left out where the stop script starts at once: .* Let terminate\.script do the same first, or give targetGroup, targetGroups /,
  },
  announcePlatform: {
    wrong: terminate({ announce: { powershell: "Stop-Pulling", timeout: 30 } }),
    line: /^terminate\.announce\.powershell is for Windows; it must be for Linux, as terminate\.script is\. Give both/,
  },
  isBusyMaxWait: {
    wrong: group({ isBusy: () => Promise.resolve(true) }),
    line: /^terminate\.sessions\.maxWait is not given; it must be given along with isBusy\. Give/,
  },
  nothingToWaitFor: {
    wrong: stack({ sessionMaxWait: "60" }),
    line: /^graceful-asg:sessionMaxWait is 60; it must be given along with sessionPorts or sessionManager\. Say/,
  },
  sessionPorts: {
    wrong: stack({ sessionMaxWait: "60", sessionPorts: "[22,70000]" }),
    line: /^graceful-asg:sessionPorts\[1\] is 70000; it must be a whole number from 1 to 65535\. Give/,
  },
  oneScript: {
    wrong: terminate({ powershell: "Stop-Service web" }),
    line: /^terminate\.script, terminate\.powershell is "both given"; it must be exactly one\. Give script for Linux, .* or windowsService for a Windows service\.$/,
  },
  wordValues: {
    wrong: group({ terminate: { systemdUnit: "application.socket", timeout: 120 } }),
    line: /^terminate\.systemdUnit is "application\.socket"; it must be the name of a systemd service, .* Give the name/,
  },
  containerNameOrLabel: {
    wrong: group({ terminate: { container: {}, timeout: 120 } }),
    line: /^terminate\.container\.name, terminate\.container\.label is not given; it must be exactly one of the two\. Give/,
  },
  adjustTimeoutStop: {
    wrong: terminate({ adjustTimeoutStop: false }),
    line: /^terminate\.adjustTimeoutStop is false; it must be left out, or given along with terminate\.systemdUnit\. Leave/,
  },
  script: {
    wrong: stack({ terminateUnit: "", terminateScript: " " }),
    line: /^graceful-asg:terminateScript is " "; it must be a script that is not empty\. Give/,
  },
  unitOrScript: {
    wrong: stack({ terminateScript: "systemctl stop application" }),
    line: /^graceful-asg:terminateScript is "systemctl stop application"; it must be given along with an empty terminateUnit\. Give either/,
  },
  documentSize: {
    wrong: terminate({ script: "x".repeat(60_000) }),
    line: /^terminate\.script is "60000 bytes"; it must be at most \d{5} bytes, .* Put/,
  },
  launchOnFailure: {
    wrong: stack({ launchOnFailure: "retain" }),
    line: /^graceful-asg:launchOnFailure is "retain"; it must be one of continue, abandon\. Auto Scaling retains/,
  },
} satisfies Record<string, Case>;
