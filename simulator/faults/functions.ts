import { changed } from "../changes";
import type { Behaviour, InvocationBehaviour, InvocationFacts } from "../behaviour";
import { second, type Fault } from "./fault";

/** Faults of the function. */
export const functions = {
  "function-crashes": {
    simulates: "every other invocation of the function dies in the middle",
    share: 8,
    behaviour: (usual, draw) =>
      withInvocation(usual, (how, { id }) => ({
        ...how,
        crashesAfter: draw.strikes(`${id}`, { rehearsal: 0.5, chaos: 0.3 })
          ? draw.between(`${id}/at`, 1, draw.mode === "chaos" ? 400 : 200)
          : undefined,
      })),
  },
  "function-throttled": {
    simulates: "Lambda runs one copy of the function at a time",
    share: 5,
    world: (world) => ({
      ...world,
      functions: world.functions.map((one) => ({ ...one, reservedConcurrency: 1 })),
    }),
  },
  "slow-function-starts": {
    simulates: "a new copy of the function takes five seconds to start",
    share: 5,
    behaviour: (usual, draw) =>
      withInvocation(usual, (how, { id }) => ({
        ...how,
        coldStart: draw.number(`${id}`, 5 * second, [second, 9 * second]),
      })),
  },
} as const satisfies Record<string, Fault>;

function withInvocation(
  usual: Behaviour,
  change: (how: InvocationBehaviour, facts: InvocationFacts) => InvocationBehaviour,
): Behaviour {
  return changed(usual, { invocation: (facts) => change(usual.invocation(facts), facts) });
}
