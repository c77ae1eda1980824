import { expect, test, type Page } from '@playwright/test'
import { openApp, type App, type HostName } from '../support/app.ts'
import { openRecordsOf } from '../support/records-of.ts'
import { tryDemonstration } from './setup.ts'

let app: App
test.beforeEach(async ({}, testInfo) => {
  app = await openApp({ on: testInfo.project.name as HostName, now: '2026-11-24T15:00:00Z' })
})
test.afterEach(async () => {
  await app.close()
})

/** What the page can say to main when it does as it likes. */
function invoke(page: Page, name: unknown, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([call, given]) =>
      (window.openChair as unknown as { invoke(name: unknown, input: unknown): Promise<unknown> }).invoke(
        call,
        given,
      ),
    [name, input] as const,
  )
}

test('the public page has the two functions of its bridge and nothing of Electron or Node (KSK-42)', async () => {
  const found = await app.kiosk.evaluate(() => ({
    bridge: Object.keys(window.openChair).toSorted(),
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
    desk: 'openChairDesk' in window,
    isFrozen: Object.isFrozen(window.openChair),
  }))
  expect(found).toEqual({ bridge: ['invoke', 'subscribe'], node: [], desk: false, isFrozen: true })
})

test('no call of the desk and no unknown call runs from the public page, and each try is audited (PRV-15)', async () => {
  const names = [
    'desk.get',
    'setup.saveCenter',
    'feeds.list',
    'feeds.add',
    'meetings.find',
    'meetings.setHere',
    'signIns.list',
    'signIns.get',
    '__proto__',
    'constructor',
    'toString',
    'kiosk.get ',
    '',
    null,
    7,
    ['kiosk.get'],
    { name: 'kiosk.get' },
  ]
  for (const name of names) {
    expect(await invoke(app.kiosk, name, {}), JSON.stringify(name)).toEqual({ ok: false, code: 'refused' })
  }
  const { profile } = app
  await app.kill()
  const records = openRecordsOf(profile)
  const audited = records.driver
    .prepare("SELECT count(*) AS lines FROM audit WHERE event = 'ipc.refused'")
    .get() as { lines: number }
  records.close()
  expect(audited.lines).toBe(names.length)
})

test('input that does not fit its schema is refused, whatever it is (KSK-28)', async () => {
  const inputs: [string, unknown][] = [
    ['kiosk.get', { more: 1 }],
    ['kiosk.get', null],
    ['kiosk.get', undefined],
    ['meetings.listDay', { date: "2026-11-24' OR 1=1 --", whereabouts: 'here', offset: 0, limit: 50 }],
    ['meetings.listDay', { date: '2026-11-24', whereabouts: 'here', offset: -1, limit: 50 }],
    ['meetings.listDay', { date: '2026-11-24', whereabouts: 'here', offset: 0, limit: 1e9 }],
    ['meetings.listDay', { date: '2026-11-24', whereabouts: 'everywhere', offset: 0, limit: 50 }],
    ['meetings.get', { meetingId: 'x'.repeat(10_000), localDate: '2026-11-24', startsAtMs: 0 }],
    [
      'signIns.add',
      {
        requestId: 'not-a-uuid',
        meetingId: 'x',
        localDate: '2026-11-24',
        startsAtMs: 0,
        given: { kind: 'count' },
      },
    ],
    [
      'handouts.print',
      { locale: 'xx', paper: 'letter', size: 'standard', peerGroups: true, clubs: true, online: true },
    ],
  ]
  for (const [name, input] of inputs) {
    expect(await invoke(app.kiosk, name, input), `${name} ${JSON.stringify(input)}`.slice(0, 120)).toEqual({
      ok: false,
      code: 'refused',
    })
  }
})

test('a storm of calls is slowed down and the page works again a moment later (KSK-42 item 17)', async () => {
  const codes = await app.kiosk.evaluate(async () => {
    const replies = await Promise.all(
      Array.from({ length: 1000 }, () => window.openChair.invoke('visits.end', {})),
    )
    return replies.map((reply) => (reply.ok ? 'ok' : reply.code))
  })
  expect(codes.filter((code) => code === 'busy').length).toBeGreaterThan(400)
  await app.kiosk.waitForTimeout(1500)
  expect(await invoke(app.kiosk, 'visits.end', {})).toEqual({ ok: true, value: { ended: true } })
})

test('the page cannot leave its own address or open another (KSK-23, KSK-24)', async () => {
  await tryDemonstration(app)
  const before = app.kiosk.url()
  for (const target of [
    'https://example.org/',
    'file:///etc/passwd',
    'data:text/html,x',
    'about:blank',
    'javascript:document.title=1',
  ]) {
    await app.kiosk.evaluate((address) => {
      const link = document.createElement('a')
      link.href = address
      document.body.append(link)
      link.click()
      link.remove()
      window.open(address)
      try {
        window.location.assign(address)
      } catch {
        // Chromium itself refuses some of them.
      }
    }, target)
  }
  await app.kiosk.waitForTimeout(500)
  expect(app.kiosk.url()).toBe(before)
  expect(await app.kiosk.title()).not.toBe('1')
  expect(await invoke(app.kiosk, 'kiosk.get', {})).toMatchObject({ ok: true })
})

test('permissions are denied and nothing can be downloaded (KSK-25, KSK-26)', async () => {
  const denied = await app.kiosk.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
    ] as PermissionName[]
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name }).then(
          (status) => status.state,
          () => 'denied',
        ),
      ),
    )
    const media = await navigator.mediaDevices?.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    )
    return [...states, media ?? 'denied']
  })
  expect(denied.every((state) => state === 'denied')).toBe(true)
  await app.kiosk.evaluate(() => {
    const link = document.createElement('a')
    link.href = '/index.html'
    link.download = 'x.html'
    document.body.append(link)
    link.click()
  })
  await expect.poll(() => app.log().filter((line) => line.event === 'download.refused').length).toBe(1)
})
