/* eslint-disable @typescript-eslint/no-require-imports -- the require stays in the text as it is and runs in Lambda */
import * as pulumi from "@pulumi/pulumi";
import type { BusyInstance } from "../../contract";

/** A user's callback, written inline in the program. */
export type IsBusy = (instance: BusyInstance) => Promise<boolean>;

/** Entry point of the function in its archive. */
export const entryPoint = "__index.handler";

/**
 * The function's code: an inline callback, serialized with nothing in it but the user's callback, and beside it the
 * handler, bundled when this package was built. The callback requires the bundle by a path inside the archive, so it
 * works whatever language, module kind or package manager the program has.
 */
export function handlerCode(isBusy: IsBusy | undefined): pulumi.asset.AssetArchive {
  const callback = () => {
    const core = require("./core.js") as {
      createHandler(callbacks: { isBusy: IsBusy | undefined }): unknown;
    };
    return core.createHandler({ isBusy });
  };
  const text = pulumi.runtime
    .serializeFunction(callback, { exportName: "handler", isFactoryFunction: true })
    .then((serialized) => serialized.text);
  return new pulumi.asset.AssetArchive({
    "__index.js": new pulumi.asset.StringAsset(text),
    "core.js": new pulumi.asset.FileAsset(require.resolve("#core")),
  });
}
