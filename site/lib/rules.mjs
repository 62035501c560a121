import { htmlFaults } from "./html.mjs";
import { withPage } from "./browser.mjs";

const widths = { desk: 1280, tablet: 800, phone: 400 };
const heaviest = 1_500_000; // bytes
const leastText = 10.5; // px
const few = 5; // elements that a message names
// A4 less the margins of 10 mm that Chromium leaves, at 96 px an inch.
const paper = { width: 718, height: 1047, media: "print" };

/** What must hold of a page, by the name under which `inspect` lists what does not. */
export const rules = {
  tex: "shows no TeX",
  fit: `fits windows of ${Object.values(widths).join(", ")} px`,
  links: "has no dead link",
  ids: "gives each id to one element",
  html: "is valid HTML",
  weight: `weighs less than ${heaviest / 1e6} MB`,
  text: `has no text below ${leastText} px in a drawing at ${widths.phone} px`,
  errors: "loads without an error",
  paper: "prints whole",
};

const remedies = {
  tex: "teach it to the converter of formulas, or write it in words",
  fit: "let it wrap or shrink, or scroll in a box of its own (overflow-x: auto)",
  ids: "number it",
  weight: "draw fewer points, or fewer figures",
  text: "draw the figure for narrow windows, or let it scroll at its own size",
  errors: "mend the script, or bring the file with the page",
  clipped: "let it wrap or shrink in @media print",
  figures: "set break-inside: avoid, and a height below the page's, in @media print",
};

/**
 * Opens a page as its readers do and looks at it.
 * @returns the faults, a list of sentences for each rule, and what was measured: bytes, the first paint in ms, hosts that were
 * asked for something in vain.
 */
export async function inspect(browser, book, page) {
  const faults = Object.fromEntries(Object.keys(rules).map(rule => [rule, []]));
  const report = (rule, where, findings, remedy = remedies[rule]) => {
    for (const [what, elements] of alike(findings, remedy)) faults[rule].push(`${page}${where}: ${what}\n  ${elements.join("\n  ")}`);
  };
  const at = width => ` at ${width} px`;
  const measures = { bytes: book.bytes(page) };

  if (measures.bytes >= heaviest) report("weight", "", [{ element: "the file", found: `it has ${(measures.bytes / 1e6).toFixed(2)} MB` }]);
  report("html", "", await htmlFaults(book.file(page)));

  await withPage(browser, book.url(page), { width: widths.desk }, async (tab, { refused, errors, show }) => {
    report("tex", at(widths.desk), await tab.evaluate(() => pageRules.rawTeX()));
    report("fit", at(widths.desk), await tab.evaluate(() => pageRules.wide()));
    report("ids", "", await tab.evaluate(() => pageRules.repeatedIds()));
    const ids = new Set(await tab.evaluate(() => pageRules.ids()));
    report("links", "", (await tab.evaluate(() => pageRules.links()))
      .map(({ element, target }) => ({ element, target, found: book.faultOf(page, target, ids) })).filter(({ found }) => found)
      .map(({ element, target, found }) => ({ element, found: `${target} ${found}`, remedy: "mend the link, or what it should lead to" })));
    await show({ width: widths.tablet });
    report("fit", at(widths.tablet), await tab.evaluate(() => pageRules.wide()));

    await show(paper);
    report("paper", " on A4", await tab.evaluate(() => pageRules.clipped()), remedies.clipped);
    report("paper", " on A4", await tab.evaluate(height => pageRules.cutFigures(height), paper.height), remedies.figures);

    report("errors", at(widths.desk), errors.map(found => ({ element: "the console", found })));
    measures.firstPaint = await tab.evaluate(() => pageRules.firstPaint());
    measures.refused = [...new Set([...refused].map(url => new URL(url).host))];
  });

  await withPage(browser, book.url(page), { width: widths.phone }, async (tab, { errors }) => {
    report("fit", at(widths.phone), await tab.evaluate(() => pageRules.wide()));
    report("text", at(widths.phone), await tab.evaluate(least => pageRules.smallText(least), leastText));
    report("errors", at(widths.phone), errors.map(found => ({ element: "the console", found })));
  });
  return { faults, measures };
}

/** How many sheets of A4 the PDF of a page has. */
export async function sheets(browser, book, page) {
  const pdf = await withPage(browser, book.url(page), { width: widths.desk }, tab => tab.pdf({ format: "A4", timeout: 0 }));
  return (Buffer.from(pdf).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
}

/** Findings that say the same, in one, with their elements: the first few of many. */
function alike(findings, remedy) {
  const groups = new Map();
  for (const { element, found, remedy: own } of findings) {
    const what = `${found}. Remedy: ${own ?? remedy}.`;
    groups.set(what, [...groups.get(what) ?? [], element]);
  }
  return [...groups].map(([what, all]) => [what, all.length <= few ? all : [...all.slice(0, few), `and ${all.length - few} more`]]);
}
