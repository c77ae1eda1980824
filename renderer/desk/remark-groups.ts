import type { RowRemark } from '../../electron/contract/models.ts'

/** Remarks that say the same of several rows. */
export type RemarkGroup = {
  readonly isRefused: boolean
  /** The sentence without its code; that of the first row when they differ in detail. */
  readonly sentence: string
  readonly rows: readonly { readonly where: string; readonly sentence: string }[]
  /** False when it is about the list as a whole, and names its rows in words if at all. */
  readonly isOfRows: boolean
}

/** Where a remark is about the list as a whole. */
const wholeList = 'feed'

/** Of what a feed's view keeps: left-out rows first, then by how many rows a group has. */
export function groupRemarks(remarks: readonly RowRemark[]): readonly RemarkGroup[] {
  const groups = Map.groupBy(remarks, ({ reason, refused }) => `${refused === true} ${kindOf(reason)}`)
  return [...groups.values()]
    .map((rows): RemarkGroup => {
      const [first] = rows
      return {
        isRefused: first?.refused === true,
        sentence: sentenceOf(first?.reason ?? ''),
        rows: rows.map(({ where, reason }) => ({ where, sentence: sentenceOf(reason) })),
        isOfRows: rows.some(({ where }) => where !== wholeList),
      }
    })
    .toSorted((a, b) => Number(b.isRefused) - Number(a.isRefused) || b.rows.length - a.rows.length)
}

/** `bad-time: It starts at 25:00.` is of the kind `bad-time`; a sentence alone is, without what it quotes. */
function kindOf(reason: string): string {
  return codeOf(reason) ?? reason.replaceAll(/'[^']*'|"[^"]*"|“[^”]*”|\d+/g, '…')
}

const codeOf = (reason: string): string | undefined => /^([a-z][a-z0-9-]+): /.exec(reason)?.[1]

function sentenceOf(reason: string): string {
  const code = codeOf(reason)
  return code === undefined ? reason : reason.slice(code.length + 2)
}
