/**
 * Chromium refuses to load a scheme it does not know, also under interception. A page of
 * `open-chair://kiosk/index.html` is therefore loaded as `https://kiosk.open-chair.localhost/index.html`
 * (a secure origin of its own, never asked of the network) and translated back wherever the shell looks.
 */
const privileged = new Set<string>()

export function addScheme(scheme: string): void {
  privileged.add(scheme)
}

const inside = /^https:\/\/(?:([a-z0-9.-]+)\.)?([a-z][a-z0-9+.-]*)\.localhost(?=[/?#]|$)/i

/** From the shell's address to the one the browser loads. Others stay as they are. */
export function toBrowser(address: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(address)
  if (match === null) return address
  const scheme = match[1]!.toLowerCase()
  if (!privileged.has(scheme)) return address
  const rest = address.slice(match[0].length)
  const host = match[2]!.toLowerCase()
  return `https://${host === '' ? '' : `${host}.`}${scheme}.localhost${rest === '' ? '/' : rest}`
}

/** From the browser's address to the shell's. Others stay as they are. */
export function toShell(address: string): string {
  const match = inside.exec(address)
  if (match === null || !privileged.has(match[2]!)) return address
  return `${match[2]}://${match[1] ?? ''}${address.slice(match[0].length)}`
}

export function originToShell(origin: string): string {
  return toShell(origin).replace(/\/$/, '')
}

/** Translates a header written for the shell's scheme, such as a content security policy. */
export function headerToBrowser(value: string): string {
  let out = value
  for (const scheme of privileged) {
    out = out.replace(
      new RegExp(`(?<![\\w.+-])${scheme}://([a-z0-9.-]+)`, 'gi'),
      `https://$1.${scheme}.localhost`,
    )
    out = out.replace(new RegExp(`(?<![\\w.+-])${scheme}:(?![/\\w])`, 'gi'), `https://*.${scheme}.localhost`)
  }
  return out
}
