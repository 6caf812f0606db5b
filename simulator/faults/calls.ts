import { changed, deniedByOrganisation, internalError, outage, throttled, withCallErrors } from "../changes";
import type { CallFacts, Behaviour } from "../behaviour";
import type { Draw } from "./draw";
import { minute, second, type Fault } from "./fault";

/** Faults of calls to AWS. */
export const calls = {
  throttling: {
    simulates: "AWS throttles two of three calls that change something",
    share: 10,
    behaviour: (usual, draw) =>
      withCallErrors(usual, (call) =>
        (draw.mode === "chaos" || changes.has(call.action)) &&
        draw.strikes(idOf(call), { rehearsal: 2 / 3, chaos: 0.35 })
          ? throttled(call.action)
          : undefined,
      ),
  },
  "failing-calls": {
    simulates: "AWS answers one of four calls with an internal error",
    share: 8,
    behaviour: (usual, draw) =>
      withCallErrors(usual, (call) =>
        draw.strikes(idOf(call), { rehearsal: 1 / 4, chaos: 0.2 }) ? internalError : undefined,
      ),
  },
  "unanswered-calls": {
    simulates: "AWS does what a call asks for, but never answers one in four",
    share: 5,
    behaviour: (usual, draw) =>
      changed(usual, {
        isUnanswered: (call) => draw.strikes(idOf(call), { rehearsal: 1 / 4, chaos: 0.1 }),
      }),
  },
  "hanging-calls": {
    simulates: "one of ten calls never gets to AWS, and is never answered",
    share: 4,
    behaviour: (usual, draw) =>
      changed(usual, { isHanging: (call) => draw.strikes(idOf(call), { rehearsal: 0.1, chaos: 0.05 }) }),
  },
  "lost-answers": {
    simulates: "AWS does what a call asks for, but answers one in four with an internal error",
    share: 5,
    behaviour: (usual, draw) =>
      changed(usual, {
        lostAnswer: (call) =>
          draw.strikes(idOf(call), { rehearsal: 1 / 4, chaos: 0.15 }) ? internalError : undefined,
      }),
  },
  "slow-calls": {
    simulates: "AWS takes two seconds to answer a call",
    share: 6,
    behaviour: (usual, draw) =>
      changed(usual, { callLatency: (call) => draw.number(idOf(call), 2 * second, [200, 2_500]) }),
  },
  "few-auto-scaling-calls": {
    simulates: "Auto Scaling takes two calls a second",
    share: 3,
    behaviour: (usual) =>
      changed(usual, {
        serviceRate: (service) => (service === "autoscaling" ? 2 : usual.serviceRate(service)),
      }),
  },
  "few-commands": {
    simulates: "SSM takes two SendCommand calls a second",
    share: 4,
    behaviour: (usual) =>
      changed(usual, { callRate: (action) => (action === "SendCommand" ? 2 : usual.callRate(action)) }),
  },
  "ssm-outage": {
    simulates: "SSM answers nothing for five minutes",
    share: 6,
    behaviour: (usual, draw) => withOutage("ssm", usual, draw, 5 * 60, 100),
  },
  "auto-scaling-outage": {
    simulates: "Auto Scaling answers nothing for five minutes",
    share: 6,
    behaviour: (usual, draw) => withOutage("autoscaling", usual, draw, 5 * 60, 100),
  },
  "event-bus-outage": {
    share: 4,
    behaviour: (usual, draw) => withOutage("events", usual, draw, 5 * 60, 300),
  },
  "long-ssm-outage": {
    simulates: "SSM answers nothing for twenty minutes",
    share: 0.4,
    behaviour: (usual, draw) => withOutage("ssm", usual, draw, 20 * 60, 1500),
  },
  "long-auto-scaling-outage": {
    simulates: "Auto Scaling answers nothing for twenty minutes",
    share: 0.4,
    behaviour: (usual, draw) => withOutage("autoscaling", usual, draw, 20 * 60, 1500),
  },
  "slow-lists": {
    simulates: "a command shows in lists only half a minute after it was sent",
    share: 8,
    behaviour: (usual, draw) =>
      changed(usual, {
        listingLag: (command) => draw.number(command, 30 * second, [second, 25 * second]),
      }),
  },
  "unnamed-refusals": {
    simulates: "SSM does not say which instances of a command it refuses",
    share: 5,
    behaviour: (usual) => changed(usual, { namesRefused: () => false }),
  },
  "denied-send": {
    simulates: "a service control policy denies the function to send commands",
    share: 0.4,
    refusals: ["SendCommand: AccessDeniedException"],
    behaviour: (usual, draw) =>
      withCallErrors(usual, ({ action, instances }) => {
        const denied = instances.filter((id) => draw.strikes(id, 0.5));
        return action === "SendCommand" && denied.length > 0 ? deniedByOrganisation(denied) : undefined;
      }),
  },
  "document-gone": {
    simulates: "somebody deletes the documents before the scripts run",
    share: 0.3,
    refusals: ["SendCommand: InvalidDocument"],
    meanwhile: ({ runCommand: { documents }, context: { clock } }, draw) => {
      clock.after(draw.number("at", 5 * second, [0, 5 * minute]), () => {
        documents.clear();
      });
    },
  },
} as const satisfies Record<string, Fault>;

/** Calls that change something. */
const changes = new Set([
  "SendCommand",
  "CancelCommand",
  "CompleteLifecycleAction",
  "RecordLifecycleActionHeartbeat",
]);

function idOf({ caller, sequence }: CallFacts): string {
  return `${caller}/${sequence}`;
}

/** A service answers nothing for a while, seconds: from the beginning in a rehearsal, from any moment in chaos. */
function withOutage(
  service: string,
  usual: Behaviour,
  draw: Draw,
  length: number,
  longest: number,
): Behaviour {
  const from = draw.number("from", 0, [0, 300]) * second;
  const to = from + draw.number("length", length, [longest / 3, longest]) * second;
  return withCallErrors(usual, (call) =>
    call.service === service && call.elapsed >= from && call.elapsed < to ? outage : undefined,
  );
}
