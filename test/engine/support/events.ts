/** What happened to one kind of resource in an update; a preview does not show the order of a replacement. */
export type Fate =
  "replaced" | "–" | "updated in place" | "successor first" | "deleted first" | "added" | "removed";

/** One line of an update, as in ` ++ aws:ssm:Document web-terminate created replacement`. */
interface Event {
  readonly type: string;
  readonly name: string;
  readonly verb: string;
}

/** The events of an update, in their order. */
export class Events {
  private readonly all: readonly Event[];

  constructor(output: string) {
    this.all = [...output.matchAll(line)].map(([, type = "", name = "", verb = ""]) => ({
      type,
      name,
      verb,
    }));
  }

  /**
   * What happened to the resources of a type whose names match; the worst if the resources differ. A successor under
   * another name counts, as after a rename.
   */
  fateOf(type: string, name = /./): Fate {
    const own = this.all.filter((one) => one.type === type && name.test(one.name));
    const first = (...verbs: string[]) => own.findIndex(({ verb }) => verbs.includes(verb));
    const made = first("created", "created replacement", "create");
    const deleted = first("deleting", "deleting original", "delete");
    if (first("replace") >= 0) return "replaced";
    if (made >= 0 && deleted >= 0) return made < deleted ? "successor first" : "deleted first";
    if (deleted >= 0) return "removed";
    if (made >= 0) return "added";
    return first("updated", "update") >= 0 ? "updated in place" : "–";
  }
}

const line =
  /^ (?:\+-|\+\+|--|[-+~]) {1,2}(\S+) (\S+) (created replacement|created|create|updated|update|deleting original|deleting|delete|replace) /gm;
