import type * as pulumi from "@pulumi/pulumi";

/** The ways to say how an application is stopped; exactly one is given. */
export interface TerminateWords {
  /**
   * The stop script for Linux. Runs as root, once per lifecycle action, under its own interpreter line or sh. Exit code
   * 0 means stopped; any other exit code is a failure, and so is a script that runs too long. Defaults to none.
   */
  script?: pulumi.Input<string>;
  /**
   * The stop script for Windows, in PowerShell. Runs as Local System, once per lifecycle action. Exit code 0 means
   * stopped; any other exit code is a failure, and so is a script that runs too long. Defaults to none.
   */
  powershell?: pulumi.Input<string>;
  /**
   * The systemd service that is the application, with or without `.service`; several with blanks between them, as in
   * systemd's own lists; `worker@` for all instances of a template. It is stopped with all units that would start it
   * again. A failure: no such unit, a unit that did not end cleanly, a unit that systemd killed. Defaults to none.
   */
  systemdUnit?: string;
  /**
   * The containers that are the application. A failure: no such container, a container that was killed because it did
   * not stop in time. Defaults to none.
   */
  container?: ContainerArgs;
  /**
   * The Windows service that is the application, by its name, not its display name; several with commas between them,
   * stopped in this order, each after the services that depend on it. A failure: no such service, a service that does
   * not stop in time. Defaults to none.
   */
  windowsService?: string;
}

/** The ways to say how an instance gets ready; exactly one is given. */
export interface LaunchWords {
  /**
   * The script for Linux that waits until the application is ready. Runs as root, once per lifecycle action, under its
   * own interpreter line or sh. Exit code 0 means ready; any other exit code is a failure. Defaults to none.
   */
  script?: pulumi.Input<string>;
  /**
   * The script for Windows that waits until the application is ready, in PowerShell. Runs as Local System, once per
   * lifecycle action. Exit code 0 means ready; any other exit code is a failure. Defaults to none.
   */
  powershell?: pulumi.Input<string>;
  /** The answer of the application, on Linux, that says that it is ready. Defaults to none. */
  httpReady?: HttpReadyArgs;
}

/** Containers on an instance; give exactly one of `name` and `label`. */
export interface ContainerArgs {
  /** Name of a container; several with blanks between them. Defaults to none. */
  name?: string;
  /** Label of all containers to stop, as in `app` or `app=web`. Defaults to none. */
  label?: string;
  /** What runs the containers. Defaults to docker if the instance has it, else podman. */
  runtime?: ContainerRuntime;
}

/** What runs containers. */
export const ContainerRuntime = {
  /** Docker. */
  Docker: "docker",
  /** Podman, the containers of root. */
  Podman: "podman",
} as const;
/** What runs containers. */
export type ContainerRuntime = (typeof ContainerRuntime)[keyof typeof ContainerRuntime];

/** A request to the application on its own instance, which is repeated until the answer is right or the time is over. */
export interface HttpReadyArgs {
  /** Port of the application, 1 to 65535. */
  port: number;
  /** Path of the request. Defaults to `/`. */
  path?: string;
  /** Status codes of a right answer, as in `200`, `200,204` or `200-299`; redirects are not followed. Defaults to 200. */
  status?: string;
  /** Protocol that the application speaks; with HTTPS its certificate is not verified. Defaults to HTTP. */
  protocol?: HttpProtocol;
}

/** A protocol that an application speaks on its instance. */
export const HttpProtocol = {
  /** Plain text. */
  Http: "HTTP",
  /** Over TLS. */
  Https: "HTTPS",
} as const;
/** A protocol that an application speaks on its instance. */
export type HttpProtocol = (typeof HttpProtocol)[keyof typeof HttpProtocol];
