/** The instance that an `isBusy` callback is asked about. */
export interface BusyInstance {
  /** Id of the instance. */
  instanceId: string;
  /** Name of its Auto Scaling group. */
  groupName: string;
  /** Name of the lifecycle hook at which the instance waits. */
  hookName: string;
}
