export type DialParts = { readonly number: string; readonly codes: readonly string[] }

/**
 * `+13017158592,,418857033#,,#,,896#` is a number with pauses for a phone to dial; a person needs the number
 * and what to enter after it.
 */
export function dialParts(phone: string): DialParts {
  const [first = '', ...rest] = phone.split(/[,;]+/u).map((part) => part.trim())
  return { number: first === '' ? phone : inGroups(first), codes: rest.filter((code) => /\d/u.test(code)) }
}

/** American numbers in their usual groups; all others as the list gives them. */
function inGroups(number: string): string {
  const parts = /^\+?1?(\d{3})(\d{3})(\d{4})$/u.exec(number)
  return parts === null ? number : `${parts[1]}-${parts[2]}-${parts[3]}`
}

/** Room for an address that someone may read off and type. */
const addressLength = 40

/** The address without what nobody types: the scheme and, when it is long, the query. The code has it all. */
export function readableAddress(address: string): string {
  const bare = address.replace(/^https?:\/\//u, '').replace(/\/$/u, '')
  return bare.length <= addressLength ? bare : bare.replace(/[?#].*$/u, '')
}
