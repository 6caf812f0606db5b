import type * as pulumi from "@pulumi/pulumi";
import type { BusyInstance } from "../../contract";
import type { OrganisationArgs } from "./lifecycle";

/** Arguments of `LifecycleHandler`. */
export interface LifecycleHandlerArgs extends OrganisationArgs {
  /** Most invocations of the function side by side. Defaults to the account's limit. */
  reservedConcurrency?: pulumi.Input<number>;
  /**
   * Whether the stop script of a Spot instance starts at EC2's interruption warning, two minutes before the end, instead
   * of when the hook fires. Defaults to false.
   */
  spot?: boolean;
  /**
   * Whether an instance is busy, as an inline callback that runs in the function. While it says true the stop script
   * is put off, up to the `terminate.sessions.maxWait` of its group. A callback that fails or takes over 10 seconds
   * counts as busy. In TypeScript only.
   */
  isBusy?(instance: BusyInstance): Promise<boolean>;
}
