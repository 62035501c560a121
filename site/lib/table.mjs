/** A table as text: columns as wide as their widest cell, numbers to the right. */
export function table(head, rows) {
  const cells = [head, ...rows].map(row => row.map(cell => String(cell ?? "-")));
  const widths = head.map((_, column) => Math.max(...cells.map(row => row[column].length)));
  const isNumber = head.map((_, column) => rows.length > 0 && rows.every(row => typeof row[column] === "number"));
  return cells.map(row => row.map((cell, column) => isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join("  ").trimEnd()).join("\n");
}
