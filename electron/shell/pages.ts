import { protocol, type Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Logger } from '../ports.ts'
import { restingCss, restingHtml, type RestingTexts } from './resting-page.ts'

/** Our own scheme: pages are never loaded from `file:` or the network (KSK-42 items 1 and 18). */
export const scheme = 'open-chair'

export type PageName = 'kiosk' | 'desk' | 'handout'

/** Where the built pages are, and by which addresses windows load them. */
export type Pages = {
  urlOf(page: PageName): string
  originOf(page: PageName): string
  /** The calm page without a script, for a window whose page keeps crashing; null on a development server. */
  restingUrlOf(page: PageName): string | null
  /** Serves one page, and nothing else, to the windows of a session. */
  serve(session: Session, page: PageName): void
}

// SECURITY: the strict policy of KSK-42 item 7, sent as a header, so that no page can leave it out.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const contentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
} as const

/** Must run before `app` is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: false, codeCache: false } },
  ])
}

/**
 * Serves `kiosk` from `<folder>/kiosk/index.html` and assets from `<folder>/assets/`; all else is 404.
 * With a development server (never in a packaged build) pages come from it, under its own policy.
 */
export function createPages(options: {
  readonly folder: string
  readonly developmentServer: string | null
  readonly resting: readonly RestingTexts[]
  readonly log: Logger
}): Pages {
  const { folder, developmentServer, resting, log } = options
  if (developmentServer !== null) {
    return {
      urlOf: (page) => `${developmentServer}/${page}/index.html`,
      originOf: () => new URL(developmentServer).origin,
      restingUrlOf: () => null,
      serve: () => {},
    }
  }
  return {
    urlOf: (page) => `${scheme}://${page}/index.html`,
    originOf: (page) => `${scheme}://${page}`,
    restingUrlOf: (page) => `${scheme}://${page}/resting.html`,
    serve(session, page) {
      session.protocol.handle(scheme, (request) => answer(request, page, { folder, resting, log }))
    },
  }
}

async function answer(
  request: Request,
  page: PageName,
  from: { readonly folder: string; readonly resting: readonly RestingTexts[]; readonly log: Logger },
): Promise<Response> {
  const { folder, resting, log } = from
  const url = new URL(request.url)
  const atRest = url.host === page && request.method === 'GET' ? restingAnswer(url.pathname, resting) : null
  if (atRest !== null) return atRest
  const path = url.pathname === '/index.html' ? `/${page}/index.html` : url.pathname
  const file = normalize(join(folder, path))
  const type = (contentTypes as Readonly<Record<string, string>>)[extname(file)]
  // SECURITY: nothing outside the folder of built pages, and no page but this window's own.
  const isOwn = path === `/${page}/index.html` || path.startsWith('/assets/')
  const isInside = file.startsWith(folder + sep)
  if (request.method !== 'GET' || url.host !== page || !isOwn || !isInside || type === undefined) {
    return new Response(null, { status: 404 })
  }
  try {
    return new Response(new Uint8Array(await readFile(file)), { headers: headers(type) })
  } catch {
    log.error('pages.missing_file', { page })
    return new Response(null, { status: 404 })
  }
}

/** From memory: it must come also when the files of the pages cannot be read. */
function restingAnswer(path: string, texts: readonly RestingTexts[]): Response | null {
  if (path === '/resting.html')
    return new Response(restingHtml(texts), { headers: headers(contentTypes['.html']) })
  if (path === '/resting.css') return new Response(restingCss, { headers: headers(contentTypes['.css']) })
  return null
}

function headers(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
}
