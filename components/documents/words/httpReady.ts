import type { HttpReadyArgs, LaunchArgs } from "../../arguments";
import { shellScript, type Word } from "./word";

/** Waits for the right answer of an application; httpReady.sh says how. */
export const httpReady: Word<LaunchArgs> = {
  platform: "Linux",
  use: "httpReady for an application that answers HTTP",
  script: ({ httpReady: given }, { untilEnd }) =>
    given &&
    shellScript("httpReady.sh", {
      URL: urlOf(given),
      SCHEME: schemeOf(given),
      HOST: host,
      PORT: given.port,
      TARGET: targetOf(given),
      STATUS: statusOf(given).replaceAll(",", " "),
      TIME: untilEnd,
    }),
  does: ({ httpReady: given }) => given && `waits until ${urlOf(given)} answers ${statusOf(given)}`,
};

/** The instance itself, over IPv4 or IPv6. */
const host = "localhost";

function urlOf(given: HttpReadyArgs): string {
  return `${schemeOf(given)}://${host}:${given.port}${targetOf(given)}`;
}

function schemeOf({ protocol = "HTTP" }: HttpReadyArgs): string {
  return protocol.toLowerCase();
}

function targetOf({ path = "/" }: HttpReadyArgs): string {
  return path;
}

function statusOf({ status = "200" }: HttpReadyArgs): string {
  return status;
}
