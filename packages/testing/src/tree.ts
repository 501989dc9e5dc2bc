/** A JSON answer that tests walk into; what is missing reads as undefined all the way down. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on whatever the server sent
export type Tree = any;
