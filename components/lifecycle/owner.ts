import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Tells components of the same name in different stacks apart where they share a handler or a group. */
export function ownerHash(name: string): string {
  const place = [pulumi.getProject(), pulumi.getStack(), name].join("/");
  return createHash("sha256").update(place).digest("hex").slice(0, 8);
}
