import { accessSync, constants, readFileSync } from "node:fs";
import path from "node:path";
import puppeteer from "puppeteer-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const inPage = readFileSync(new URL("in-page.js", import.meta.url), "utf8");
const patience = 600_000; // ms: a machine may be busy with other things, and no time decides a test; a hang ends

/** Starts the browser that the variable CHROMIUM names, or else the first Chromium or Chrome of the path. */
export async function startBrowser() {
  return puppeteer.launch({
    executablePath: executable(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [], // Chromium's sandbox refuses root
    protocolTimeout: patience,
    timeout: patience,
  });
}

function executable() {
  const places = process.env.CHROMIUM ? [process.env.CHROMIUM]
    : (process.env.PATH ?? "").split(path.delimiter).flatMap(folder => names.map(name => path.join(folder, name)));
  const found = places.find(isExecutable);
  if (!found) {
    throw new Error(process.env.CHROMIUM
      ? `The variable CHROMIUM names ${process.env.CHROMIUM}, which is no program.`
      : `No Chromium on the path (${names.join(", ")}). Install one, or name its program in the variable CHROMIUM.`);
  }
  return found;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens a file with the network blocked, and calls `look` with the tab and with what happened while it loaded: the requests that were
 * refused, and the errors of the page and its console. `show` shows the page at another size, or on paper.
 */
export async function withPage(browser, url, { scheme = "light", ...size }, look) {
  const context = await browser.createBrowserContext(); // a window of its own: a tab that another one hides is not drawn
  try {
    const page = await context.newPage();
    const refused = new Set(), errors = [];
    page.setDefaultTimeout(patience);
    page.on("request", request => {
      if (/^(file|data|blob|about):/.test(request.url())) {
        request.continue();
      } else {
        refused.add(request.url());
        request.abort();
      }
    });
    page.on("pageerror", error => errors.push(String(error?.message ?? error)));
    page.on("console", message => {
      if (message.type() === "error" && !refused.has(message.location().url)) errors.push(message.text());
    });
    await page.setRequestInterception(true);
    const protocol = await page.createCDPSession();
    async function emulate({ width, height = 900, media = "screen" }) {
      await page.setViewport({ width, height });
      // In one message: each of puppeteer's two calls takes back what the other set.
      await protocol.send("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: scheme }] });
    }
    async function show(other) {
      await emulate(other);
      await page.evaluate(() => pageRules.settle());
    }
    await emulate(size);
    await page.goto(url, { waitUntil: "load" });
    await page.evaluate(inPage);
    await page.evaluate(() => pageRules.settle());
    return await look(page, { refused, errors, show });
  } finally {
    await context.close();
  }
}
