import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { withPage } from "./browser.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const grave = ["serious", "critical"];

/** How a page is looked at: in light and dark, in a wide and a narrow window. */
export const views = ["light", "dark"].flatMap(scheme => [1280, 400].map(width => ({ scheme, width })));

/** What axe-core finds on a page in one view, as sentences: `grave` what is serious or critical, `others` the rest. */
export async function findings(browser, book, page, view) {
  const violations = await withPage(browser, book.url(page), view, async tab => {
    await tab.evaluate(source);
    return (await tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }))).violations;
  });
  const sentence = ({ id, impact, help, nodes, helpUrl }) =>
    `${page}, ${view.scheme}, at ${view.width} px: ${impact}, ${id}: ${help} (${nodes.length} times). Remedy: ${helpUrl}\n`
    + nodes.slice(0, 5).map(({ target, html, failureSummary }) =>
      `  ${target.flat().join(" ")}: ${shorten(html, 100)}: ${shorten(failureSummary.replace(/^.*\n/, ""), 200)}`).join("\n");
  return {
    grave: violations.filter(({ impact }) => grave.includes(impact)).map(sentence),
    others: violations.filter(({ impact }) => !grave.includes(impact)).map(sentence),
  };
}

const shorten = (text, length) => text.replace(/\s+/g, " ").trim().slice(0, length);
