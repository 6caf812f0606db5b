/* eslint-disable @typescript-eslint/no-require-imports -- the require stays in the text as it is and runs in Lambda */
import * as pulumi from "@pulumi/pulumi";
import type { BusyInstance } from "../../contract";
import { entriesOf } from "../callback/installed";
import { modulesOf } from "../callback/modules";
import { collectPackages } from "../callback/packages";
import { InvalidArguments } from "../checks";
import type { Violation } from "../../timing";

/** What the archive of a function is for: it handles events, or it chooses the instances that go. */
export type Purpose = "events" | "terminationPolicy";

/** A user's callback, written inline in the program. */
export type IsBusy = (instance: BusyInstance) => Promise<boolean>;

/** Entry point of the function in its archive. */
export const entryPoint = "__index.handler";

/** The handler beside the callback in the archive. */
const bundle = "./core.js";

/**
 * The function's code: an inline callback, serialized with nothing in it but the user's callback, and beside it the
 * handler, bundled when this package was built. The callback requires the bundle by a path inside the archive, so it
 * works whatever language, module kind or package manager the program has. The packages that the user's callback loads
 * are in the archive too.
 * @throws InvalidArguments, when the archive is asked for its files, about a callback that could not be loaded
 */
export function handlerCode(
  subject: string,
  isBusy: IsBusy | undefined,
  purpose: Purpose = "events",
): pulumi.asset.AssetArchive {
  // Pulumi runs a program in the folder of its entry point.
  return new pulumi.asset.AssetArchive(filesOf(subject, factories[purpose](isBusy), process.cwd()));
}

/**
 * The inline callbacks, one for each purpose: each is serialized as it stands here, so what they have in common is not
 * in a function of its own.
 */
const factories: Readonly<Record<Purpose, (isBusy: IsBusy | undefined) => () => unknown>> = {
  events: (isBusy) => () => {
    const core = require("./core.js") as {
      createHandler(callbacks: { isBusy: IsBusy | undefined }): unknown;
    };
    return core.createHandler({ isBusy });
  },
  terminationPolicy: (isBusy) => () => {
    const core = require("./core.js") as {
      createTerminationPolicy(callbacks: { isBusy: IsBusy | undefined }): unknown;
    };
    return core.createTerminationPolicy({ isBusy });
  },
};

async function filesOf(
  subject: string,
  factory: () => unknown,
  programFolder: string,
): Promise<pulumi.asset.AssetMap> {
  const { containsSecrets, text } = await pulumi.runtime
    .serializeFunction(factory, {
      exportName: "handler",
      isFactoryFunction: true,
      // We refuse secrets ourselves, so that the error names the cure.
      allowSecrets: true,
    })
    .catch((error: unknown) => {
      throw new InvalidArguments(subject, [notSerializable(error)]);
    });
  if (containsSecrets) throw new InvalidArguments(subject, [capturedSecret]);
  const uses = modulesOf(text).filter(({ name }) => name !== bundle);
  const { folders, violations } = collectPackages(uses, programFolder);
  if (violations.length > 0) throw new InvalidArguments(subject, violations);
  return {
    "__index.js": new pulumi.asset.StringAsset(text),
    "core.js": new pulumi.asset.FileAsset(require.resolve("#core")),
    ...Object.fromEntries([...folders].flatMap(([place, folder]) => packageFiles(place, folder))),
  };
}

/** The files of a package, without the packages that are installed in its own folder: these have their own place. */
function packageFiles(place: string, folder: string) {
  return entriesOf(folder).map(({ isFolder, name, path }) => {
    const asset = isFolder ? new pulumi.asset.FileArchive(path) : new pulumi.asset.FileAsset(path);
    return [`${place}/${name}`, asset] as const;
  });
}

const capturedSecret: Violation = {
  argument: "isBusy",
  value: "a callback that captures a secret output",
  allowed: "without secrets, as the text of the function is stored in the open",
  cure: "Pass the secret through environment, and read process.env.NAME inside the callback.",
};

/** Pulumi's own message is long, but it names the path to the value that cannot be serialized. */
function notSerializable(error: unknown): Violation {
  return {
    argument: "isBusy",
    value: "a callback that Pulumi cannot serialize",
    allowed: "without what is named below",
    cure: `If that is part of a package, load the package in the callback's body, as in await import("package").\n${error instanceof Error ? error.message : String(error)}`,
  };
}
