import { budgetOf } from "../../contract";
import { delivery, globalTimeout, maxHeartbeatTimeout, maxHeartbeatTimeouts } from "../../timing";
import type { Finding } from "../finding";
import { stackPolicy } from "../rule";
import { executionOf, documentAt } from "../stack/document";
import { hooksOf } from "../stack/group";
import { heartbeatTimeoutOf, scheduleOf, type Hook } from "../stack/hook";
import { parts } from "../stack/parts";
import type { Resources } from "../stack/resource";
import { notYetKnown } from "../stack/value";

/**
 * The work that a hook on termination waits for is over before Auto Scaling ends the wait. The deregistration delay is
 * not part of that work: the deregistration is over when the hook fires.
 */
export const drainFitsLifecycleHook = stackPolicy({
  name: "drain-fits-lifecycle-hook",
  what: "The work at a lifecycle hook on termination fits into the hook's time.",
  why: "When the hook's time is over, Auto Scaling terminates the instance in the middle of it.",
  severity: "high",
  enforcementLevel: "mandatory",
  onAccount: true,
  limits: { heartbeats: false },
  schema: {
    heartbeats: {
      type: "boolean",
      description: `Whether handlers that are not of graceful-asg send heartbeats; their hooks then last ${maxHeartbeatTimeouts} heartbeat timeouts.`,
    },
  },
  check: (resources, { heartbeats }) =>
    hooksOf(resources)
      .filter(({ transition }) => transition === "terminate")
      .flatMap((hook) => {
        const work = workAt(resources, hook);
        return work === undefined
          ? []
          : findingOn(hook, { ...work, isExtended: work.isExtended || heartbeats });
      }),
});

/** The work that is done at a hook. */
interface Work {
  readonly seconds: number;
  /** The seconds in words. */
  readonly of: string;
  /** Whether heartbeats extend the hook meanwhile. */
  readonly isExtended: boolean;
}

/**
 * For a hook of graceful-asg, the instructions say how long the work takes; for other hooks, the timeouts of the
 * document.
 */
function workAt(resources: Resources, hook: Hook): Work | undefined {
  // Until the metadata is known, we cannot tell whose hook this is.
  if (hook.metadata === notYetKnown) return undefined;
  const ours = scheduleOf(hook);
  if (ours !== undefined) {
    const spare = ours.turn - ours.budget;
    const of = parts(
      ours.turnWait > 0 ? { seconds: ours.turnWait, what: "until the instance has its turn" } : undefined,
      { seconds: ours.budget, what: "for the stop script" },
      { seconds: spare, what: "for events that are lost" },
    );
    return { seconds: ours.total, of, isExtended: true };
  }
  const found = documentAt(resources, hook);
  const execution = found && executionOf(found);
  if (found === undefined || execution === undefined) return undefined;
  const of = parts(
    { seconds: execution, what: `timeout of Document "${found.document.name}"` },
    { seconds: delivery, what: "until the agent has the command" },
  );
  return { seconds: budgetOf({ delivery, execution }), of, isExtended: false };
}

function findingOn(hook: Hook, { isExtended, of, seconds }: Work): Finding[] {
  const heartbeatTimeout = heartbeatTimeoutOf(hook);
  if (heartbeatTimeout === undefined) return [];
  const lasts = isExtended ? globalTimeout(heartbeatTimeout) : heartbeatTimeout;
  if (lasts >= seconds) return [];
  const least = isExtended ? Math.ceil(seconds / maxHeartbeatTimeouts) : seconds;
  return [
    {
      urn: hook.resource.urn,
      subject: hook.label,
      what: "heartbeatTimeout",
      actual: isExtended
        ? `${heartbeatTimeout} s, which lasts ${lasts} s with heartbeats`
        : `${heartbeatTimeout} s`,
      allowed: isExtended ? `at least ${least} s, to last ${seconds} s: ${of}` : `at least ${least} s: ${of}`,
      cure: isExtended
        ? "Raise it, or shorten the work."
        : `Raise it (the most is ${maxHeartbeatTimeout} s), shorten the timeout, or set this policy's heartbeats if the handler sends them.`,
    },
  ];
}
