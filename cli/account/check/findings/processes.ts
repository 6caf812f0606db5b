import type { Severity } from "@pulumi/policy";
import type { Check } from "./finding";

/** What a suspended process means for instances. Source: Auto Scaling, suspend and resume processes. */
const meanings: Readonly<Record<string, { readonly severity: Severity; readonly means: string }>> = {
  Terminate: { severity: "medium", means: "no instance is scaled in or replaced, whatever its health" },
  Launch: { severity: "medium", means: "an instance that ends is not replaced" },
  AddToLoadBalancer: {
    severity: "medium",
    means: "an instance that is launched meanwhile never gets requests, even when the process is resumed",
  },
  HealthCheck: { severity: "low", means: "an unhealthy instance stays in service" },
  ReplaceUnhealthy: { severity: "low", means: "an unhealthy instance stays in service" },
  AZRebalance: { severity: "low", means: "the zones are not balanced" },
  AlarmNotification: { severity: "low", means: "scaling policies do nothing" },
  ScheduledActions: { severity: "low", means: "scheduled actions do nothing" },
  InstanceRefresh: { severity: "low", means: "no instance refresh replaces instances" },
};

/** Somebody has suspended a process, and may have forgotten to resume it. */
export const processesRun: Check = ({ described: { SuspendedProcesses = [] }, name }) =>
  SuspendedProcesses.flatMap(({ ProcessName = "" }) => {
    const meaning = meanings[ProcessName];
    if (meaning === undefined) return [];
    return [
      {
        rule: "processes-run",
        severity: meaning.severity,
        subject: `Group "${name}"`,
        what: `the process ${ProcessName}`,
        actual: "suspended",
        allowed: `running, as ${meaning.means}`,
        cure: `Resume it: aws autoscaling resume-processes --auto-scaling-group-name ${name} --scaling-processes ${ProcessName}.`,
      },
    ];
  });
