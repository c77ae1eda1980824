import { unpacked } from './xlsx-archive.ts'

/** A cell that stands for those below it too: `C2:C4` is column 3, from row 2 to row 4. */
export type Merge = { readonly column: number; readonly first: number; readonly last: number }

/** More than anybody merges by hand; further ones are left apart. */
const maxMerges = 10_000
/** No reference to a range is longer. */
const tail = 200

const range = /<(?:\w{1,20}:)?mergeCell\s[^<>]{0,80}?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g

/**
 * Ranges of a sheet that are merged downwards, by their first column. They stand behind the rows in the file, so it
 * is looked through for their one kind of element only.
 */
export function mergesOf(bytes: Uint8Array, part: string): readonly Merge[] {
  const merges: Merge[] = []
  const decoder = new TextDecoder('utf-8')
  let text = ''
  for (const piece of unpacked(bytes, (name) => name === part)) {
    text += decoder.decode(piece.bytes, { stream: !piece.isLast })
    let end = 0
    for (const match of text.matchAll(range)) {
      end = match.index + match[0].length
      const [, letters = '', first, last] = match
      const merge = { column: columnNumber(letters), first: Number(first), last: Number(last) }
      if (merge.last > merge.first && merges.length < maxMerges) merges.push(merge)
    }
    text = text.slice(Math.max(end, text.length - tail))
  }
  return merges
}

/** `C` is 3. */
export function columnNumber(letters: string): number {
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0)
}

/** Fills the cells of a row that a merged cell above it covers; rows come in the order of the sheet. */
export function mergeFiller(merges: readonly Merge[]): (number: number, cells: string[]) => void {
  const starting = new Map<number, Merge[]>()
  for (const merge of merges) {
    const others = starting.get(merge.first)
    if (others === undefined) starting.set(merge.first, [merge])
    else others.push(merge)
  }
  const active = new Map<number, { readonly last: number; readonly text: string }>()
  return (number, cells) => {
    for (const [column, { last, text }] of active) {
      if (number > last) active.delete(column)
      else if ((cells[column - 1] ?? '') === '') {
        while (cells.length < column) cells.push('')
        cells[column - 1] = text
      }
    }
    for (const { column, last } of starting.get(number) ?? []) {
      const text = cells[column - 1] ?? ''
      if (text !== '') active.set(column, { last, text })
    }
  }
}
