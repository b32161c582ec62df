import { describe, expect, test } from "vitest";
import english from "../../lib/i18n/en.json";
import {
  actsOn,
  detailParts,
  detailText,
  type DetailWords,
  messageStates,
  withReason,
} from "../../screens/messages/message_words";
import { yesOf } from "../../screens/messages/reminder_editor";
import { cameOf, inParts } from "../../screens/messages/reminders";
import { base64Of } from "../../screens/settings/cards_page";
import { completed, completionAt, flatNames, openSections } from "../../screens/settings/completion";
import { codeOf } from "../../screens/settings/text_new";
import { draftOf, mailBody } from "../../screens/settings/mail_form";

const known: Readonly<Record<string, string>> = english;
const words: DetailWords = {
  t: (_, values) => `${values?.["said"]} (${values?.["rest"]})`,
  code: (group, code) => known[`${group}.${code}`] ?? code.replaceAll("_", " "),
  has: (group, code) => `${group}.${code}` in known,
};

describe("why a message is where it is", () => {
  test("a code is said in words, with the address behind it", () => {
    expect(detailText("process_ended", words)).toBe("The program stopped while it was handed over");
    expect(detailText("not_allowed_in_demo a@b.test", words)).toBe(
      "A demo company writes only to the addresses on its list (a@b.test)",
    );
  });
  test("the server's own answer stays as it came", () => {
    expect(detailText("550 5.1.1 no such user (a@b.test)", words)).toBe("550 5.1.1 no such user (a@b.test)");
    expect(detailText("wrong number, said the clerk", words)).toBe("wrong number, said the clerk");
    expect(detailText("", words)).toBe("");
  });
  test("nothing is said of no cause", () => expect(detailText("none 250 taken", words)).toBe("250 taken"));
  test("a code of a later server is shown in plain words", () => {
    expect(detailText("moon_too_full", words)).toBe("moon too full");
    expect(detailParts("timed_out after 60 s")).toEqual({ code: "timed_out", rest: "after 60 s" });
  });
  test("what is over leaves nothing to do; what is uncertain is never cancelled", () => {
    expect(messageStates.filter((state) => actsOn(state).length === 0)).toEqual(["sending", "sent", "cancelled"]);
    expect(actsOn("ambiguous")).toEqual(["arrived", "not_arrived"]);
  });
});

describe("saying yes", () => {
  const content = { subject: "9.00 EUR", text: "F-1", words: { subject: "A", text: "B" } } as Parameters<typeof yesOf>[1];
  const seven = { customer: { id: 7, name: "Seven" } };
  test("a notice is named beside its customer", () => {
    expect(yesOf({ ...seven, notice: "thanks" }, content, undefined)).toEqual({ customer: 7, notice: "thanks" });
  });
  test("words are sent only when they were changed", () => {
    expect(yesOf(seven, content, undefined)).toEqual({ customer: 7 });
    expect(yesOf(seven, content, { subject: "A", text: "B" })).toEqual({ customer: 7 });
    expect(yesOf(seven, content, { subject: "A", text: "C" })).toEqual({ customer: 7, subject: "A", text: "C" });
  });
  test("what was seen goes with every yes: what it asks for may have changed, whoever wrote the words", () => {
    const seen = { ...content, words_digest: "d" };
    expect(yesOf(seven, seen, undefined)).toEqual({ customer: 7, seen: "d" });
    expect(yesOf(seven, seen, { subject: "A", text: "C" })).toEqual({ customer: 7, seen: "d", subject: "A", text: "C" });
  });
  test("a new text gets its code from its name", () => {
    expect(codeOf("Première relance – Été 2026")).toBe("premiere_relance_ete_2026");
    expect(codeOf(" !? ")).toBe("");
    expect(codeOf("x".repeat(60))).toHaveLength(40);
  });
  test("a refusal is shown by its text", () => {
    const rows = [
      { customer: 1, message: 9, refusal: null },
      { customer: 2, message: null, refusal: { code: "no_recipient", text: "No address.", data: {} } },
    ] as unknown as Parameters<typeof cameOf>[0]["rows"];
    expect(cameOf({ rows }, words).map((one) => one.refusal)).toEqual([null, "No address."]);
  });
  test("the reason within a refusal is said in words", () => {
    const text = "Nothing is to be sent to this customer now: contact_cap. Nothing was done.";
    expect(withReason(text, "contact_cap", words)).toBe(
      "Nothing is to be sent to this customer now: the cap of contacts is reached. Nothing was done.",
    );
    expect(withReason(text, undefined, words)).toBe(text);
  });
  test("many go in parts, none left out", () => {
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inParts([], 2)).toEqual([]);
  });
});

describe("names offered in a text", () => {
  const text = (name: string) => ({ name, kind: "text" as const, inner: [] });
  const names = [
    { name: "company", kind: "object" as const, inner: [text("iban"), text("name")] },
    text("total"),
    { name: "several", kind: "flag" as const, inner: [] },
    { name: "items", kind: "list" as const, inner: [text("number")] },
  ];
  const offered = (source: string) => completionAt(source, source.length, names)?.choices.map((one) => one.name);
  test("objects are entered by a point", () =>
    expect(flatNames(names).map((one) => one.name)).toEqual(["company.iban", "company.name", "total", "several", "items"]));
  test("texts after two braces, anything after a sign", () => {
    expect(offered("Pay {{")).toEqual(["company.iban", "company.name", "total"]);
    expect(offered("{{#s")).toEqual(["several", "items"]);
    expect(offered("{{total}} and")).toBeUndefined();
  });
  test("what begins as typed comes first", () => expect(offered("{{t")?.[0]).toBe("total"));
  test("inside a list its own names, and its end", () => {
    expect(offered("{{#items}}{{n")?.[0]).toBe("number");
    expect(offered("{{#items}}x{{/")).toEqual(["items"]);
    expect(openSections("{{#a}}{{^b}}{{/b}}")).toEqual(["a"]);
  });
  test("the name taken closes the braces once", () => {
    expect(completed("Pay {{to now", 8, 6, "total")).toEqual({ text: "Pay {{total}} now", caret: 13 });
    expect(completed("{{to}}", 4, 2, "total").text).toBe("{{total}}");
  });
});

describe("settings", () => {
  const settings = { ...draftOfNothing(), password_set: true, demo: false, ready: true };
  function draftOfNothing() {
    return {
      host: "smtp.company.test",
      port: 587,
      security: "starttls" as const,
      user: "",
      from_address: "desk@company.test",
      reply_domain: "",
      public_url: "",
      per_minute_and_domain: 30,
      allowed: ["@company.test"],
      paused: false,
      without_bank: [],
    };
  }
  test("a password is kept unless typed or removed", () => {
    const draft = draftOf(settings);
    expect("password" in mailBody(draft)).toBe(false);
    expect(mailBody({ ...draft, password: "x" }).password).toBe("x");
    expect(mailBody({ ...draft, removePassword: true }).password).toBe("");
  });
  test("numbers are numbers, the list has one address each", () => {
    const body = mailBody({ ...draftOf(settings), port: "465", allowed: "a@b.test, @c.test\n" });
    expect(body.port).toBe(465);
    expect("documents_megabytes_max" in body, "not said: as before").toBe(false);
    const limited = mailBody({ ...draftOf({ ...settings, documents_megabytes_max: 8 }), documents_megabytes_max: "0" });
    expect(limited.documents_megabytes_max).toBe(0);
    expect(body.allowed).toEqual(["a@b.test", "@c.test"]);
  });
  test("a picture is its base64 alone", () => expect(base64Of("data:image/png;base64,iVBOR")).toBe("iVBOR"));
});
