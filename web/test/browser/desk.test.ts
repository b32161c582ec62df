// The desk in a real Chromium, on the built pages: what a person does, key by key.
import { type ChildProcess, spawn } from "node:child_process";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const port = 8097;
const address = `http://localhost:${port}`;
let program: ChildProcess;
let browser: Browser;
const faults: string[] = [];

async function start(...options: string[]): Promise<void> {
  program?.kill();
  program = spawn("node", ["test/browser/stand_in.mjs", "--port", String(port), ...options], {
    stdio: "inherit",
  });
  for (let tries = 0; tries < 50; tries += 1) {
    if (await fetch(`${address}/icon.svg`).catch(() => undefined)) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error("the stand-in does not answer");
}

async function open(path: string, language = "en-GB"): Promise<Page> {
  const context = await browser.newContext({ locale: language, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on(
    "console",
    (message) => message.text().includes("Content Security Policy") && faults.push(message.text()),
  );
  await page.goto(address + path);
  return page;
}

beforeAll(async () => {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  program.kill();
});

describe("signing in", () => {
  test("by the link; the token leaves the address", async () => {
    await start();
    const page = await open("/sign-in#token=abc");
    await page.getByRole("heading", { name: "Today" }).waitFor();
    expect(page.url()).toBe(`${address}/`);
  });
  test("a page asked for without a session shows the form", async () => {
    await start();
    const page = await open("/ageing");
    await page.getByLabel("E-mail").fill("claire@countback.test");
    await page.getByLabel("Password", { exact: true }).fill("a long enough password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Ageing", exact: true }).waitFor();
  });
});

describe("first steps", () => {
  test("from an empty ledger to figures", async () => {
    await start("--signed-in", "--empty");
    const page = await open("/");
    await page.getByRole("heading", { name: "First steps" }).waitFor();
    await page.setInputFiles("input[type=file]", {
      name: "export.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("a;b\n1;2\n"),
    });
    await page.getByRole("button", { name: /more field/ }).click();
    await page.getByLabel("entity").selectOption({ label: "A fixed value…" });
    await page.getByRole("button", { name: "Show what it would do" }).click();
    const apply = page.getByRole("button", { name: "Apply the load" });
    expect(await apply.isDisabled()).toBe(true);
    await page.getByText("The entity FR01 is new. Create it?").click();
    await apply.click();
    await page.getByRole("heading", { name: "Load 1" }).waitFor();
    await page.getByRole("link", { name: "Today" }).last().click();
    await page.getByRole("link", { name: "customers to act on" }).waitFor();
  });
});

describe("every number is a door", () => {
  test("an amount of the ageing opens its items in the same perimeter", async () => {
    await start("--signed-in");
    const page = await open("/ageing?by=entity&entity=1&as_of=2026-09-30");
    await page.locator("tbody tr").first().locator("td").nth(3).getByRole("link").click();
    await page.getByRole("grid", { name: "Items" }).waitFor();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      as_of: "2026-09-30",
      entity: "1",
      bucket: "d1_30",
      currency: "EUR",
    });
  });
  test("a past date is chosen in the bar and stands in the address of the next screen", async () => {
    await start("--signed-in");
    const page = await open("/");
    await page.getByRole("button", { name: "Figures as of: Today" }).click();
    await page.getByRole("button", { name: "31/10/2026" }).click();
    await page.getByRole("link", { name: "Customers", exact: true }).click();
    await page.waitForURL("**/customers?as_of=2026-10-31");
    expect(
      await page.getByRole("button", { name: "Figures as of: 31/10/2026" }).getAttribute("data-past"),
    ).toBe("true");
  });
  test("the rule stands beside the figure", async () => {
    await start("--signed-in");
    const page = await open("/dso");
    await page.getByRole("button", { name: "What makes the DSO, EUR: rule and inputs" }).click();
    await page.getByRole("dialog").getByText("DSO-4").waitFor();
  });
});

describe("by keyboard", () => {
  test("a promise takes three keys, and can be undone", async () => {
    await start("--signed-in");
    const page = await open("/agenda/one");
    await page.getByRole("button", { name: "Promise P" }).waitFor();
    const name = await page.getByRole("heading", { level: 1 }).textContent();
    await page.keyboard.press("p");
    await page.getByRole("dialog").getByLabel("Promised for").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("The promise is recorded.").waitFor();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).not.toBe(name);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { level: 1, name: name ?? "" }).waitFor();
  });
  test("each letter of the one-by-one mode does its work", async () => {
    await start("--signed-in");
    const page = await open("/agenda/one");
    await page.getByRole("button", { name: "Promise P" }).waitFor();
    for (const [key, title] of [
      ["p", "Promise of"],
      ["d", "Dispute of"],
      ["s", "Stop reminders to"],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole("dialog").getByText(title).first().waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    for (const [key, position] of [
      ["n", "2 of"],
      ["j", "3 of"],
      ["b", "2 of"],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByText(position).waitFor();
    }
  });
});

describe("by keyboard, everywhere", () => {
  test("a table is walked and opened", async () => {
    await start("--signed-in");
    const page = await open("/items");
    const first = await page.locator("tr[data-row]").nth(1).getByRole("link").first().textContent();
    await page.getByRole("grid", { name: "Items" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: first ?? "" }).waitFor();
  });
  test("the palette finds a customer", async () => {
    await start("--signed-in");
    const page = await open("/");
    await page.getByRole("heading", { name: "Today" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Screen, customer or number" }).fill("Juniper");
    await page
      .getByRole("option", { name: /Juniper/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/customers/*");
  });
  test("g and a letter goes to a screen; ? shows the keys", async () => {
    await start("--signed-in");
    const page = await open("/");
    await page.getByRole("heading", { name: "Today" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await page.waitForURL("**/ageing");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Go to a screen, a customer, an item").waitFor();
  });
});

describe("both languages", () => {
  test("the button changes words and figures", async () => {
    await start("--signed-in");
    const page = await open("/ageing", "fr-FR");
    await page.getByRole("heading", { name: "Balance âgée", exact: true }).waitFor();
    await page.getByRole("button", { name: "In English" }).click();
    await page.getByRole("heading", { name: "Ageing", exact: true }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
  });
});

describe("long lists", () => {
  test("only the rows in sight are in the page, and the end is reached", async () => {
    await start("--signed-in");
    const page = await open("/items?state=all");
    const grid = page.getByRole("grid", { name: "Items" });
    await grid.waitFor();
    expect(await page.locator("tr[data-row]").count()).toBeLessThan(60);
    await grid.focus();
    const total = Number(await grid.getAttribute("aria-rowcount"));
    expect(total).toBeGreaterThan(2000);
    const last = page.locator(`tr[aria-rowindex="${total + 1}"]`);
    for (let turn = 0; turn < 80 && (await last.count()) === 0; turn += 1) {
      await page.keyboard.press("End");
      await page.waitForTimeout(100);
    }
    await last.waitFor();
  });
});
