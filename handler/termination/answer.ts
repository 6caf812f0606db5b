import type { Answers, Said } from "../busy/answer";
import { describe } from "../aws/errors";
import { readBusySettings } from "../../contract";
import type { Context } from "../context";
import { askByChecks } from "./askChecks";
import { askCallback } from "./askCallback";
import { choose, standingOf, type Chosen, type Standing } from "./choose";
import type { TerminationRequest } from "./request";

/** What a termination policy works with. */
export type PolicyContext = Pick<
  Context,
  "autoScaling" | "busyChecks" | "clock" | "handler" | "isBusy" | "log" | "runCommand"
> & { readonly random: () => number };

/** Share of its time after which a policy no longer waits for the tags of a group. */
const tagShare = 0.4;

/**
 * Chooses the instances that go, by an instant, whatever AWS or the callback does meanwhile. The choice is never empty
 * where there are candidates: Auto Scaling would terminate nothing and ask again and again.
 */
export async function answerRequest(
  context: PolicyContext,
  request: TerminationRequest,
  until: number,
): Promise<Chosen[]> {
  const { clock, log } = context;
  const began = clock.now();
  const answers = new Map<string, Said>();
  const asking = ask(context, request, until, answers).catch((error: unknown) => {
    log.warn({ message: "could not ask", group: request.group, error: describe(error) });
  });
  await clock.within(until - began, asking);
  // Answers that come from here on are for nobody.
  const chosen = choose(request, new Map(answers));
  log.info({
    message: `chose ${chosen.length} of ${request.candidates.length} instances: ${namesOf(chosen)}`,
    group: request.group,
    decision: "choose",
    cause: request.cause,
    standings: countStandings(request, answers),
    elapsed: (clock.now() - began) / 1000,
  });
  return chosen;
}

/** A group with a check is asked by its check, any other group by the callback of the handler. */
async function ask(
  context: PolicyContext,
  request: TerminationRequest,
  until: number,
  into: Map<string, Said>,
): Promise<void> {
  const { autoScaling, clock, handler, isBusy, log, random } = context;
  const tagTime = (until - clock.now()) * (isBusy === undefined ? 1 : tagShare);
  const group = await clock.within(tagTime, autoScaling.group(request.group)).catch((error: unknown) => {
    log.warn({ message: "could not read the group", group: request.group, error: describe(error) });
  });
  const tag = group?.busy;
  const document = tag && readBusySettings(handler, tag).document;
  if (document) await askByChecks(context, document, request, until, into, random);
  else await askCallback(context, request, until, into, random);
}

/** Most instances that a line of the log names. */
const mostNamed = 50;

function namesOf(chosen: readonly Chosen[]): string {
  const names = chosen.slice(0, mostNamed).map(({ id, standing }) => `${id} (${standing})`);
  const more = chosen.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function countStandings({ candidates }: TerminationRequest, answers: Answers): Record<Standing, number> {
  const counts: Record<Standing, number> = { idle: 0, unknown: 0, busy: 0 };
  for (const { id } of candidates) counts[standingOf(answers, id)] += 1;
  return counts;
}
