// Reminders and messages in a real Chromium: seen before they are sent, and what became of them.
import { type ChildProcess, spawn } from "node:child_process";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const port = 8098;
const address = `http://localhost:${port}`;
let program: ChildProcess;
let browser: Browser;
const faults: string[] = [];

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on(
    "console",
    (message) => message.text().includes("Content Security Policy") && faults.push(message.text()),
  );
  await page.goto(address + path);
  return page;
}

beforeAll(async () => {
  const words = ["test/browser/stand_in.mjs", "--port", String(port), "--signed-in"];
  program = spawn("node", words, { stdio: "inherit" });
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  for (let tries = 0; tries < 50; tries += 1) {
    if (await fetch(`${address}/icon.svg`).catch(() => undefined)) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  program.kill();
});

describe("from the agenda", () => {
  test("one reminder is seen, its words changed, sent, and taken back", async () => {
    const page = await open("/agenda");
    await page.getByRole("button", { name: "Preview" }).nth(2).click();
    const panel = page.getByRole("dialog");
    await panel.locator("iframe").waitFor();
    expect(await panel.locator("iframe").getAttribute("sandbox")).toBe("");
    await panel.getByText("Statement.pdf").waitFor();
    await panel.getByRole("button", { name: "Edit" }).click();
    await panel.getByLabel("Subject").fill("Another subject");
    const asked = page.waitForRequest("**/api/reminders");
    await panel.getByRole("button", { name: "Send" }).click();
    const { customers } = (await asked).postDataJSON() as { customers: { subject: string; text: string }[] };
    expect(customers[0]?.subject).toBe("Another subject");
    expect(customers[0]?.text).toContain("{{items_table}}");
    await page.getByText(/is asked for/).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.goto(`${address}/messages?state=cancelled`);
    await page.getByText("Undone at once").waitFor();
  });
  test("all that wait: how many to whom, then what came of each", async () => {
    const page = await open("/agenda");
    await page.getByRole("button", { name: /Send all \d+ to confirm/ }).click();
    const panel = page.getByRole("dialog");
    const said = (await panel.locator("p").first().textContent()) ?? "";
    const count = Number(/^(\d+) messages to (\d+) customers/.exec(said)?.[1]);
    expect(count).toBeGreaterThan(3);
    await panel.getByRole("button", { name: "Preview" }).first().click();
    await panel.locator("iframe").waitFor();
    const asked = page.waitForRequest("**/api/reminders");
    await panel.getByRole("button", { name: `Send ${count} messages` }).click();
    // the yes names the words that were looked at, and those only
    const { customers } = (await asked).postDataJSON() as { customers: { seen?: string }[] };
    expect(customers.map((one) => one.seen?.length)).toEqual([64, ...Array.from({ length: customers.length - 1 })]);
    await panel.getByText(/0 to come/).waitFor();
    await panel.getByText(/has no address to write to/).first().waitFor();
    expect(await panel.getByRole("link", { name: "See the message" }).count()).toBeGreaterThan(0);
  });
  test("chosen rows", async () => {
    const page = await open("/agenda");
    await page.getByRole("checkbox", { name: "Select" }).nth(1).check();
    await page.getByRole("button", { name: "Send…" }).click();
    await page.getByRole("dialog").getByText("1 message").first().waitFor();
  });
});

describe("messages", () => {
  test("states are counted and explained; a letter is said to be posted", async () => {
    const page = await open("/messages");
    await page.getByText("No mail server is set").waitFor();
    await page.getByRole("button", { name: /^To be posted/ }).click();
    await page.getByText("The letter is written.").waitFor();
    await page.locator("tr[data-row]").first().getByRole("link").first().click();
    await page.getByRole("button", { name: "It is in the post" }).click();
    await page.getByText("Noted.").waitFor();
    await page.getByText("The letter is in the post.").waitFor();
  });
  test("an uncertain one asks whether it arrived, in words", async () => {
    const page = await open("/messages?state=ambiguous");
    await page.getByText("The program stopped while it was handed over").waitFor();
    await page.locator("tr[data-row]").first().getByRole("link").first().click();
    await page.getByRole("button", { name: "It arrived" }).waitFor();
    expect(await page.getByRole("button", { name: "Cancel the message" }).count()).toBe(0);
  });
  test("written to a customer outside the scenario", async () => {
    const page = await open("/customers/2");
    await page.getByRole("button", { name: "Write…" }).click();
    const panel = page.getByRole("dialog");
    await panel.locator("iframe").waitFor();
    const asked = page.waitForRequest("**/api/customers/2/messages");
    await panel.getByRole("button", { name: "Send" }).click();
    expect(((await asked).postDataJSON() as { seen?: string }).seen).toHaveLength(64);
    await page.waitForURL(/\/messages\/\d+/);
    await page.getByText("Not frozen yet: these words would be sent now.").waitFor();
    await page.locator("iframe").waitFor();
  });
});

describe("the agenda beyond the actions due", () => {
  test("notices: one is seen and sent, then all that are shown", async () => {
    const page = await open("/agenda");
    await page.getByRole("link", { name: "Notices to confirm 6" }).click();
    await page.getByRole("button", { name: "Preview" }).first().click();
    const panel = page.getByRole("dialog");
    await panel.locator("iframe").waitFor();
    await panel.getByRole("button", { name: "Send" }).click();
    await page.getByText(/is asked for/).waitFor();
    await page.getByRole("link", { name: "Notices to confirm 5" }).waitFor();
    await page.getByRole("button", { name: "Send the 5 shown…" }).click();
    await panel.getByRole("button", { name: "Send 5 messages" }).click();
    await panel.getByText("5 asked for, 0 not sent, 0 to come.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("No notice waits for a yes.").waitFor();
  });
  test("more rows than are told: it is said", async () => {
    const page = await open("/agenda?section=upcoming");
    await page.getByText("The first 10 of 140 are shown.").waitFor();
  });
  test("a call by its number; a dispute is asked for right after it", async () => {
    const page = await open("/agenda/one");
    await page.getByRole("button", { name: "Call… C" }).waitFor();
    await page.keyboard.press("c");
    await page.locator("input[type=radio]:focus").waitFor();
    await page.keyboard.press("5");
    await page.getByRole("button", { name: "Note the call, then the dispute" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Dispute of").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "What was done" }).waitFor();
    await page.getByText("Disputes", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("taken back").waitFor();
  });
});

describe("letters", () => {
  test("printed together without the one that is no longer right; what cannot be noted as posted is named", async () => {
    const page = await open("/messages/letters");
    await page.getByText("Not to be posted: The items or their amounts have changed since").waitFor();
    const asked = page.waitForRequest("**/api/letters/print");
    const print = page.getByRole("button", { name: /^Print all \d+ letters$/ });
    const count = Number(/\d+/.exec((await print.textContent()) ?? "")?.[0]);
    await print.click();
    expect(((await asked).postDataJSON() as { ids: number[] }).ids.length).toBe(count);
    await page.getByText(`${count} letters are in the file`).waitFor();
    await page.getByRole("button", { name: `The ${count} printed are posted…` }).click();
    await page.getByRole("button", { name: "They are in the post" }).click();
    const said = page.getByRole("dialog").getByRole("alert");
    await said.getByText("1 could not be noted:").waitFor();
    await said.getByText("It was posted by somebody else meanwhile.").waitFor();
  });
});

describe("texts", () => {
  test("two braces offer names, and the preview follows", async () => {
    const page = await open("/settings/texts");
    const field = page.getByLabel("Text", { exact: true });
    await field.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("Pay {{tot");
    await page.getByRole("listbox").getByText("total").waitFor();
    await page.keyboard.press("Enter");
    expect(await field.inputValue()).toMatch(/Pay \{\{total\}\}$/);
  });
});
