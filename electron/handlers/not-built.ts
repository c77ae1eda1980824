/** Stands in for a handler that is being built; gone when the last one is there. */
export function notBuilt(): never {
  throw new Error('not built')
}
