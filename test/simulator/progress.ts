import type { TestBed } from "../support/testBed";

/** Statuses of commands, in their order. */
export function statusesOf(bed: TestBed): string[] {
  return bed.of("command").map(({ status }) => status);
}

/** The ends of scripts, with their exit codes. */
export function scriptsOf(bed: TestBed): string[] {
  return bed.of("script").map(({ code, phase }) => (code === undefined ? phase : `${phase} ${code}`));
}
