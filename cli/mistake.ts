import { ProjectError } from "../evaluate/projectError";
import { MalformedPolicy } from "../simulator";
import { AccountError } from "./accountError";
import { PictureError } from "./picture";
import { RehearsalError } from "./rehearsal/rehearsal";

/** Whether an error is a user's mistake, which its message explains. */
export function isMistake(error: unknown): error is Error {
  return [AccountError, PictureError, ProjectError, RehearsalError, MalformedPolicy].some(
    (kind) => error instanceof kind,
  );
}
