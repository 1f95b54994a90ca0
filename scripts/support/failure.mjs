/** An expected failure: its message alone tells the user what is missing and how to get it, without a stack. */
export class Failure extends Error {
  /** @override */
  name = "Failure";
}
