// What a message's state and the record's short codes mean, in words (MSG-1).
import type { Schemas } from "../../api/client";
import type { Tone } from "../../components/page";
import type { Words } from "../../lib/i18n/language";

export type MessageState = Schemas["MessageState"];
export type MessageRow = Schemas["MessageRow"];
export type Act = "cancel" | "retry" | "arrived" | "not_arrived" | "posted";

/** In the order a person wants them: what needs her first. */
export const messageStates = [
  "ambiguous",
  "failed",
  "to_post",
  "waiting",
  "requested",
  "reserved",
  "sending",
  "sent",
  "cancelled",
] as const satisfies readonly MessageState[];

export function stateTone(state: MessageState): Tone {
  if (state === "sent") return "ok";
  if (state === "failed" || state === "ambiguous") return "bad";
  if (state === "waiting" || state === "to_post") return "warn";
  return state === "cancelled" ? "plain" : "accent";
}

/** What a person may do about a message in this state, as the server allows it. */
export function actsOn(state: MessageState): readonly Act[] {
  switch (state) {
    case "requested":
    case "reserved":
      return ["cancel"];
    case "waiting":
    case "failed":
      return ["retry", "cancel"];
    case "ambiguous":
      return ["arrived", "not_arrived"];
    case "to_post":
      return ["posted", "cancel"];
    default:
      return [];
  }
}

/** A code of the record and what stands behind it: an address, or the server's own words. */
export function detailParts(detail: string): { code: string; rest: string } {
  const [, code = "", rest = ""] = /^([a-z][a-z0-9]*(?:_[a-z0-9]+)*)(?: ([\s\S]*))?$/.exec(detail) ?? [];
  return code === "" ? { code: "", rest: detail } : { code, rest };
}

/** The record's detail for a person; a server's answer ("550 5.1.1 …") is shown as it came. */
export function detailText(detail: string, { t, code: named, has }: DetailWords): string {
  const { code, rest } = detailParts(detail);
  if (code === "none") return rest;
  if (code === "" || (!has("message_detail", code) && !code.includes("_"))) return detail;
  const said = named("message_detail", code);
  if (has("message_detail", rest)) return t("message.detail_with", { said, rest: named("message_detail", rest) });
  return rest === "" ? said : t("message.detail_with", { said, rest });
}

export type DetailWords = Pick<Words, "t" | "code" | "has">;

/** The server's sentence of a refusal, with the code of its reason said in words where there are some. */
export function withReason(text: string, reason: unknown, { code, has }: DetailWords): string {
  if (typeof reason !== "string" || !has("message_detail", reason)) return text;
  const said = code("message_detail", reason);
  return text.replace(reason, said.charAt(0).toLocaleLowerCase() + said.slice(1));
}
