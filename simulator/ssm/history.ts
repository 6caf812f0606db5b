import type { Command } from "./command";

/** Which commands to look for; the shortest list that holds them is searched. */
export interface Wanted {
  readonly id?: string | undefined;
  readonly document?: string | undefined;
  readonly instance?: string | undefined;
  /** Commands sent at or before this are of no interest, ms since 1970. */
  readonly after?: number | undefined;
}

/** All commands in the order in which they were sent, by the keys of lists: there may be tens of thousands. */
export class CommandHistory {
  private readonly all: Command[] = [];
  private readonly byId = new Map<string, Command>();
  private readonly byDocument = new Map<string, Command[]>();
  private readonly byInstance = new Map<string, Command[]>();

  add(command: Command): void {
    insert(this.all, command);
    this.byId.set(command.id, command);
    insert(own(this.byDocument, command.document.name), command);
    for (const instance of command.invocations.keys()) insert(own(this.byInstance, instance), command);
  }

  /** Commands that were sent to an instance. */
  of(instance: string): readonly Command[] {
    return this.byInstance.get(instance) ?? [];
  }

  /** Newest first. */
  newest({ after = -Infinity, document, id, instance }: Wanted): Command[] {
    const candidates = this.candidates({ document, id, instance });
    const found: Command[] = [];
    for (let index = candidates.length - 1; index >= 0; index -= 1) {
      const command = candidates[index];
      if (command === undefined || command.requestedAt <= after) break;
      const isThere = instance === undefined || command.invocations.has(instance);
      if (isThere && (document === undefined || command.document.name === document)) found.push(command);
    }
    return found;
  }

  private candidates({ document, id, instance }: Wanted): readonly Command[] {
    if (id !== undefined) return [this.byId.get(id)].filter((one) => one !== undefined);
    if (instance !== undefined) return this.of(instance);
    return document === undefined ? this.all : (this.byDocument.get(document) ?? []);
  }
}

/** Nearly always the added command was sent last: a command of the past goes further to the front. */
function insert(commands: Command[], command: Command): void {
  let place = commands.length;
  while (place > 0 && (commands[place - 1]?.requestedAt ?? 0) > command.requestedAt) place -= 1;
  commands.splice(place, 0, command);
}

function own(map: Map<string, Command[]>, key: string): Command[] {
  const found = map.get(key) ?? [];
  map.set(key, found);
  return found;
}
