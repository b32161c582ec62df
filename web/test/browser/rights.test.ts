// A person who may only read sees every figure and no form; the sheet of one who may act has them all.
import { type ChildProcess, spawn } from "node:child_process";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

const port = 8096;
const address = `http://localhost:${port}`;
let program: ChildProcess;
let browser: Browser;

async function start(...options: string[]): Promise<void> {
  program?.kill();
  program = spawn("node", ["test/browser/stand_in.mjs", "--port", String(port), "--signed-in", ...options], {
    stdio: "inherit",
  });
  for (let tries = 0; tries < 50; tries += 1) {
    if (await fetch(`${address}/icon.svg`).catch(() => undefined)) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error("the stand-in does not answer");
}

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(5000);
  await page.goto(address + path);
  return page;
}

beforeAll(async () => {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser.close();
  program.kill();
});

const forms = ["Call…", "Put aside…", "Scenario…", "Specific action…", "Add a contact", "Change", "Record a payment…", "Write…"];

test("who may act finds each form on the customer sheet", async () => {
  await start();
  const page = await open("/customers/4");
  await page.getByRole("heading", { name: "Contacts" }).waitFor();
  for (const name of forms) await page.getByRole("button", { name, exact: true }).first().waitFor();
});

test("who may read finds none, on sheets and settings", async () => {
  await start("--reader");
  const page = await open("/customers/4");
  await page.getByText("No specific action.").waitFor();
  for (const name of [...forms, "Promise", "Dispute"])
    expect(await page.getByRole("button", { name, exact: true }).count(), name).toBe(0);
  await page.goto(`${address}/items/5`);
  await page.getByRole("heading", { name: "Versions" }).waitFor();
  expect(await page.getByRole("button", { name: "Change the due date…" }).count()).toBe(0);
  await page.goto(`${address}/agenda?section=notices`);
  await page.getByRole("button", { name: "Preview" }).first().waitFor();
  await page.goto(`${address}/messages/letters`);
  await page.getByText("All 9").waitFor();
  for (const name of [/^Send/, /^Print/, /^Call/]) expect(await page.getByRole("button", { name }).count()).toBe(0);
  expect(await page.getByRole("checkbox").count()).toBe(0);
  await page.goto(`${address}/settings/measures`);
  await page.getByLabel("Column 1").waitFor();
  expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
  expect(await page.getByLabel("Column 1").getAttribute("readonly")).not.toBeNull();
});

test("a snooze stands on the sheet at once and is taken up again", async () => {
  await start();
  const page = await open("/customers/4");
  await page.getByRole("button", { name: "Put aside…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "30 days" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Put aside" }).click();
  await page.getByText("Put aside until 22/12/2026").first().waitFor();
  await page.getByRole("button", { name: "Take up again" }).click();
  await page.getByText("No specific action.").waitFor();
});
