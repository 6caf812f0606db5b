import { createRequire } from "node:module";
import type { World } from "../simulator/world";
import { withKnownDocuments } from "./unknownDocuments";
import { readWorld } from "./world";
import { evaluate, type EvaluateOptions } from "../evaluate/evaluate";
import { handlersElsewhere, inAccountOf, registerElsewhere } from "./handlersElsewhere";
import type { Project } from "../evaluate/project";
import type { Assumptions } from "../evaluate/provider";

/** A stack as it would be deployed. */
export interface Stack {
  readonly world: World;
  /** The assumptions and the omissions of the rehearsal, as sentences. */
  readonly notes: readonly string[];
}

/** Reads the world that a stack's program makes. */
export async function readStack(project: Project, options: EvaluateOptions = {}): Promise<Stack> {
  const { account, assumptions, registrations } = await evaluate(project, options);
  const handlers = handlersElsewhere(registrations);
  let all = registrations;
  for (const handler of handlers) {
    const made = await registerElsewhere(handler, load().recordHandler);
    all = [...inAccountOf(handler, all, account), ...made];
  }
  const documents = withKnownDocuments(all);
  const world = readWorld(documents.registrations);
  return {
    world,
    notes: [
      ...project.notes,
      ...notesOn(assumptions),
      ...handlers.map(
        ({ name }) =>
          `The handler ${name} is made elsewhere: it is played as this version makes one, without a callback.`,
      ),
      ...documents.notes,
      ...world.leftOut,
    ],
  };
}

/** Loads the components, which takes half a second, only where a handler lives in another stack. */
function load(): typeof import("./recordHandler") {
  return createRequire(__filename)("./recordHandler") as typeof import("./recordHandler");
}

function notesOn({ lookUps, stacks }: Assumptions): string[] {
  const found = [...lookUps].sort();
  return [
    ...(found.length > 0 ? [`Look-ups are answered with made-up values: ${found.join(", ")}.`] : []),
    ...[...stacks].map(
      (stack) =>
        `The outputs of stack ${stack} are not known. Give them with --stack-outputs ${stack}=FILE where they matter.`,
    ),
  ];
}
