import Ajv from "ajv";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { root } from "./deployment";

const schema = JSON.parse(readFileSync(path.join(root, "docs/events.schema.json"), "utf8")) as object;
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** What the schema of docs/events.schema.json finds wrong with an event, as EventBridge delivers it. */
export function faultsOfEvent(event: unknown): readonly string[] {
  return validate(event)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}
