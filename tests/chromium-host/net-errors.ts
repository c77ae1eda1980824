/** Chromium's numbers of the errors a load can end with here. */
const numbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_INVALID_ARGUMENT: -4,
  ERR_FILE_NOT_FOUND: -6,
  ERR_TIMED_OUT: -7,
  ERR_UNEXPECTED: -9,
  ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_BLOCKED_BY_CSP: -30,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
}

export type LoadError = Error & { code: string; errno: number; url: string }

export function netErrorNumber(name: string): number {
  return numbers[name] ?? -2
}

/** What `loadURL` rejects with: text and fields as Electron's. */
export function createLoadError(errorText: string, url: string): LoadError {
  const code = errorText.replace(/^net::/, '')
  const errno = netErrorNumber(code)
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url })
}
