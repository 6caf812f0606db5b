import { closeSync, openSync } from "node:fs";
import { InvalidArgumentError } from "commander";

/** A picture that cannot be written; the message says what to do. */
export class PictureError extends Error {}

/** Reads the value of `--picture`. */
export function pictureFile(name: string): string {
  if (/\.(svg|html)$/.test(name)) return name;
  throw new InvalidArgumentError("It must be the name of a file that ends in .svg or .html.");
}

/**
 * Fails before the work where the picture cannot be written.
 * @throws PictureError
 */
export function openPicture(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new PictureError(
      `--picture ${file} cannot be written (${why}). Name a file in a folder that exists.`,
    );
  }
}
