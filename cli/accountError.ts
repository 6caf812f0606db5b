/** Something that keeps a command from its work on an account: a mistake or a lack of rights. The message says what to do. */
export class AccountError extends Error {}
