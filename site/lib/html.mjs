import { HtmlValidate } from "html-validate";

// The standard set says what the HTML standard says, and that ">" in text is written "&gt;", as "<" must be. None of its rules is off.
// The others find what writers of pages get wrong.
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    "empty-heading": "error",
    "empty-title": "error",
    "input-missing-label": "error",
    "no-implicit-close": "error", // a <p> that a block inside it ended: wrong nesting that browsers hide
    "no-missing-references": "error", // for, aria-labelledby and the like
    "no-redundant-for": "error",
    "text-content": "error", // a button without a name
    "wcag/h30": "error", // a link without a name
    "wcag/h37": "error", // an image without an alternative
  },
});

/** What is wrong with the text of a page, as { element, found, remedy }. */
export async function htmlFaults(file) {
  const report = await validator.validateFile(file);
  return report.results.flatMap(result => result.messages).map(({ ruleId, ruleUrl, message, line, column, selector }) =>
    ({ element: `${selector ?? "text"} at ${line}:${column}`, found: message, remedy: `see the rule ${ruleId}, ${ruleUrl}` }));
}
