import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { withPage } from "./browser.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const grave = ["serious", "critical"];

/** How a page is looked at: in light and dark, in a wide and a narrow window. */
export const views = ["light", "dark"].flatMap(scheme => [1280, 400].map(width => ({ scheme, width })));

/**
 * What axe-core finds on a page in one view, as sentences: `grave` what is serious or critical, `others` the rest. `rules`, where given, are
 * the only ones that are looked at.
 */
export async function findings(browser, book, page, view, rules) {
  const options = { resultTypes: ["violations"], ...rules && { runOnly: { type: "rule", values: rules } } };
  const violations = await withPage(browser, book.url(page), view, async tab => {
    await tab.evaluate(source);
    return (await tab.evaluate(choice => axe.run(document, choice), options)).violations;
  });
  const sentence = ({ id, impact, help, nodes, helpUrl }) =>
    `${page}, ${view.scheme}, at ${view.width} px: ${impact}, ${id}: ${help} (${nodes.length} times). Remedy: ${helpUrl}\n`
    + nodes.slice(0, 5).map(({ target, html, failureSummary }) =>
      `  ${target.flat().join(" ")}: ${html.replace(/\s+/g, " ").slice(0, 100)}: ${failureSummary.split("\n").slice(1).map(line => line.trim()).join("; ").slice(0, 200)}`).join("\n");
  return {
    grave: violations.filter(({ impact }) => grave.includes(impact)).map(sentence),
    others: violations.filter(({ impact }) => !grave.includes(impact)).map(sentence),
  };
}
