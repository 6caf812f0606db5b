import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";

/** What a sealed token belongs to. */
export interface SealedFor {
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
}

/**
 * Hides the tokens of lifecycle actions in the parameters of commands, which everybody who may list commands can read.
 * A sealed token opens only with the same group, hook and instance, so that nobody can put parameters together from
 * several commands.
 */
export interface Seal {
  /** The same text for the same token and place, in letters that a parameter may hold. */
  close(token: string, place: SealedFor): string;
  /** The token; undefined for anything that was not sealed with this key for this place. */
  open(sealed: string, place: SealedFor): string | undefined;
}

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;

/** @param secret - Text that the function knows and readers of commands do not. */
export function createSeal(secret: string): Seal {
  const derive = (purpose: string) => createHmac("sha256", secret).update(purpose).digest();
  const key = derive("graceful-asg token");
  const nonceKey = derive("graceful-asg nonce");
  return {
    close(token, place) {
      const about = describe(place);
      // The guard on the instance compares sealed tokens, so a token has one form: token and place give the nonce.
      const nonce = createHmac("sha256", nonceKey)
        .update(`${about}\n${token}`)
        .digest()
        .subarray(0, nonceLength);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString("base64url");
    },

    open(sealed, place) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length <= nonceLength + tagLength) return undefined;
      const cipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      })
        .setAAD(Buffer.from(describe(place)))
        .setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      try {
        const token = cipher.update(bytes.subarray(nonceLength + tagLength));
        return Buffer.concat([token, cipher.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
  };
}

function describe({ group, hook, instance }: SealedFor): string {
  return JSON.stringify([group, hook, instance]);
}
