import type { Clock } from "../../handler/clock";
import { systemClock } from "../../handler/clock";
import { createClients, type Clients } from "./aws/clients";
import { translated } from "./aws/errors";

/** An account in one Region, as a command talks to it. */
export interface Account {
  readonly region: string;
  readonly clients: Clients;
  /** AWS's clock: the clock of this machine may be wrong. */
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** How often each call was answered so far, by its name. */
  readonly calls: ReadonlyMap<string, number>;
}

/** Opens the account in a Region; undefined for the Region of the environment or of the profile. */
export type OpenAccount = (region?: string) => Promise<Account>;

/**
 * Opens the account that the environment names, as the AWS CLI does.
 * @param time sleeps, and tells the time until AWS has answered once
 */
export function accountOpener(time: Pick<Clock, "now" | "sleep"> = systemClock): OpenAccount {
  return async (given) => {
    const calls = new Map<string, number>();
    const offset = { ms: 0 };
    const clients = createClients(given, (call, { date }) => {
      calls.set(call, (calls.get(call) ?? 0) + 1);
      const difference = Date.parse(date ?? "") - time.now();
      offset.ms = Math.abs(difference) > smallDifference ? difference : 0;
    });
    const region = await translated(() => clients.autoScaling.config.region());
    const clock = { now: () => time.now() + offset.ms, sleep: time.sleep };
    return { region, clients, clock, calls };
  };
}

/** The header of an answer has whole seconds, and is a little old when it arrives; ms. */
const smallDifference = 5_000;
