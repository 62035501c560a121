/** A table as text: columns as wide as their widest cell, numbers to the right. */
export function table(head, rows) {
  const cells = [head, ...rows].map(row => row.map(cell => String(cell ?? "-")));
  const pads = head.map((_, column) => {
    const width = Math.max(...cells.map(row => row[column].length));
    return rows.every(row => typeof row[column] === "number") ? cell => cell.padStart(width) : cell => cell.padEnd(width);
  });
  return cells.map(row => row.map((cell, column) => pads[column](cell)).join("  ").trimEnd()).join("\n");
}
