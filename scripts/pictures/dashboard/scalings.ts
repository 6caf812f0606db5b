import { NormalBehaviour, changed, type Behaviour, type Random } from "../../../simulator";

/** A scaling of the group. */
export interface Scaling {
  /** Minutes after the beginning. */
  readonly minute: number;
  readonly desired: number;
  /** What goes wrong until the next scaling; undefined for nothing. */
  readonly trouble: Trouble | undefined;
}

/** What goes wrong with stops. */
export type Trouble = "unreachable agents" | "slow scripts" | "failing scripts";

/** The troubles, by the number of their scaling: the even numbers are scale-ins. */
const troubles: ReadonlyMap<number, Trouble> = new Map([
  [6, "unreachable agents"],
  [12, "slow scripts"],
  [20, "failing scripts"],
  [21, "failing scripts"],
  [22, "failing scripts"],
]);

/** Six hours in which the group scales in and out every now and then, mostly without trouble. */
export function scalings(random: Random): readonly Scaling[] {
  return Array.from({ length: 23 }, (_, number) => {
    const [least, most] = number % 2 === 0 ? [3, 6] : [8, 11];
    return {
      minute: 2 + 16 * number + random.between(`minute/${number}`, 0, 3),
      desired: random.between(`desired/${number}`, least, most),
      trouble: troubles.get(number),
    };
  });
}

/** The usual behaviour, with the trouble of the latest scaling. */
export function troubled(random: Random, latest: () => Scaling | undefined): Behaviour {
  const usual = new NormalBehaviour(random, { scriptSeconds: { launch: 25, terminate: 35 } });
  const has = (trouble: Trouble) => latest()?.trouble === trouble;
  return changed(usual, {
    script: (facts) => {
      const how = usual.script(facts);
      if (facts.transition === "launch") return how;
      if (has("slow scripts")) return { ...how, takes: how.takes * 2.5 };
      const fails = has("failing scripts") && random.happens(`fails/${facts.instance}`, 0.4);
      return fails ? { ...how, exitCode: 1 } : how;
    },
    undelivered: (delivery) => (has("unreachable agents") ? "Undeliverable" : usual.undelivered(delivery)),
  });
}
