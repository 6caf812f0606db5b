import type * as pulumi from "@pulumi/pulumi";
import { eventBusVariable } from "../../contract";
import type { EventsArgs } from "../arguments";
import { limitTo, type Limit } from "../iam/limit";
import { eventBusArn } from "../iam/rules";
import type { Statement } from "../iam/statement";

/** What the function needs to tell an event bus: the bus in a variable, and the permission to put events there. */
export interface EventBusSettings {
  readonly variables: Readonly<Record<string, pulumi.Output<Limit>>>;
  readonly statements: readonly Statement[];
}

/** Nothing at all without the argument. The bus is the only resource of the grant. */
export function eventBusSettings(subject: string, events: EventsArgs | undefined): EventBusSettings {
  if (events === undefined) return { variables: {}, statements: [] };
  const bus = limitTo(subject, "events.busArn", events.busArn, eventBusArn);
  return {
    variables: { [eventBusVariable]: bus },
    statements: [{ Action: "events:PutEvents", Resource: bus }],
  };
}
