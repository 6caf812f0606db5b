import * as path from "node:path";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { isFields, type Fields } from "../fields";

/** A value that is not known before a deployment. */
export const unknown = Object.freeze({ isUnknown: true });

export function isUnknown(value: unknown): boolean {
  return value === unknown;
}

/** Marks of special values on the wire. Source: Pulumi SDK, sdk/go/common/resource/properties.go. */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
const signatures = {
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** A file of an archive. */
export type Asset = { readonly text: string } | { readonly path: string } | { readonly uri: string };

/** Files of a function: some by name, a folder or an archive on the disk, or an archive elsewhere. */
export type Archive =
  | { readonly assets: Readonly<Record<string, unknown>> }
  | { readonly path: string }
  | { readonly uri: string };

/**
 * Reads properties as a program sends them: a secret is its value, a resource its id, an unknown value is `unknown`.
 * Assets and archives keep their form.
 * @param folder where relative paths of files begin
 */
export function fromWire(value: unknown, folder: string): unknown {
  if (value === unknownText) return unknown;
  if (Array.isArray(value)) return value.map((one) => fromWire(one, folder));
  if (!isFields(value)) return value;
  switch (value[signature]) {
    case signatures.asset:
    case signatures.archive:
      return withAbsolutePaths(value, folder);
    case signatures.secret:
      return fromWire(value["value"], folder);
    case signatures.resource:
      return fromWire(value["id"] ?? value["urn"], folder);
    case signatures.output:
      return value["value"] === undefined ? unknown : fromWire(value["value"], folder);
    default:
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fromWire(one, folder)]));
  }
}

/** Writes properties as a program expects them. */
export function toWire(value: unknown): JavaScriptValue {
  if (value === unknown) return unknownText;
  if (Array.isArray(value)) return value.map(toWire);
  if (isFields(value)) {
    const given = Object.entries(value).filter(([, one]) => one !== undefined);
    return Object.fromEntries(given.map(([key, one]) => [key, toWire(one)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Marks as secret the value that a provider returns of a property that was given as a secret. */
export function keepSecrets(state: Fields, given: Fields): Fields {
  const kept = Object.entries(state).map(([key, value]) => [
    key,
    holdsSecret(given[key]) ? { [signature]: signatures.secret, value } : value,
  ]);
  return Object.fromEntries(kept) as Fields;
}

/** A value as an asset; undefined if it is no asset. */
export function assetOf(value: unknown): Asset | undefined {
  return isFields(value) && value[signature] === signatures.asset ? (value as unknown as Asset) : undefined;
}

/** A value as an archive; undefined if it is no archive. */
export function archiveOf(value: unknown): Archive | undefined {
  return isFields(value) && value[signature] === signatures.archive
    ? (value as unknown as Archive)
    : undefined;
}

function withAbsolutePaths(value: Fields, folder: string): Fields {
  const { assets, path: file } = value;
  return {
    ...value,
    ...(typeof file === "string" ? { path: path.resolve(folder, file) } : {}),
    ...(isFields(assets) ? { assets: fromWire(assets, folder) } : {}),
  };
}

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isFields(value)) return false;
  return value[signature] === signatures.secret || Object.values(value).some(holdsSecret);
}
