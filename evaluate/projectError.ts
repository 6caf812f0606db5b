/** A project, a stack or a program that cannot be played; the message says what to do. */
export class ProjectError extends Error {}
