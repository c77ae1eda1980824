/** A table in text: the first column to the left, all others to the right, each as wide as it must be. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    widths
      .map((width, column) =>
        column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width),
      )
      .join('  ')
      .trimEnd()
  const [head, ...body] = rows
  if (head === undefined) return ''
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [line(head), rule, ...body.map(line)].join('\n')
}

/** Three digits are as much as a measurement on a busy machine says: `0.42`, `7.1`, `1,240`. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return grouped(value)
  const digits = value < 1 ? 2 : value < 100 ? 1 : 0
  return digits === 0 ? grouped(Math.round(value)) : value.toFixed(digits)
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}
