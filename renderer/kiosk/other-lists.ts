import type { OccurrenceRow } from '../../electron/contract/models.ts'

/** Names of the other lists that have the meeting, each once; the name of a file says nothing to a visitor. */
export function otherLists(
  { alsoIn = [] }: Pick<OccurrenceRow, 'alsoIn'>,
  own: string | null,
): readonly string[] {
  const names = alsoIn.flatMap(({ source, isFile }) => (isFile === true || source === own ? [] : [source]))
  return [...new Set(names)]
}
