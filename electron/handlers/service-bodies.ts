import type { Handlers } from '../contract/calls.ts'
import type { DeskCalls } from '../contract/desk-calls.ts'
import { err, ok } from '../contract/result.ts'
import type { FeedClient } from '../ports.ts'
import { bmltAddress, bmltRoot } from '../sync/feeds/bmlt-address.ts'
import { bodiesAsTree, readServiceBodies } from '../sync/feeds/bmlt-bodies.ts'

type ServiceBodyHandlers = Pick<Handlers<DeskCalls>, 'feeds.listServiceBodies'>

/** Service bodies of a BMLT server, so that staff choose the areas around them by name. */
export function createServiceBodyHandlers(client: FeedClient): ServiceBodyHandlers {
  return {
    'feeds.listServiceBodies': async ({ address }) => {
      const root = bmltRoot(address)
      if (root === null) return err('address_not_allowed')
      const source = {
        from: 'web',
        address: bmltAddress(root, 'GetServiceBodies'),
        etag: null,
        lastModified: null,
        plainHttpAllowed: false,
      } as const
      const fetched = await client.fetch(source, () => undefined)
      if (!fetched.ok) {
        if (fetched.code === 'address_not_allowed') return err('address_not_allowed')
        return err(notThere.has(fetched.code) ? 'wrong_format' : 'no_answer')
      }
      const bodies = fetched.value.changed ? readServiceBodies(fetched.value.bytes) : null
      return bodies === null ? err('wrong_format') : ok(bodiesAsTree(bodies))
    },
  }
}

/** Somebody answers there, but no such server: its root is another one. */
const notThere: ReadonlySet<string> = new Set([
  'not_found',
  'http_error',
  'too_large',
  'too_many_redirects',
  'html',
])
