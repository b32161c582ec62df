// Every answer of the stand-in in one place.
export * from "./stand_in_accounts.mjs";
export * from "./stand_in_agenda.mjs";
export * from "./stand_in_imports.mjs";
export * from "./stand_in_measures.mjs";
export { customerOf } from "./stand_in_ledger.mjs";
export * as post from "./stand_in_messages.mjs";
