import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchLab, type Lab } from './support/lab.ts'

let lab: Lab

beforeAll(async () => {
  lab = await launchLab({ env: { OPEN_CHAIR_HOST_HANG_MS: '900' } })
})
afterAll(() => lab.close())

it('reports a crashed page as Electron does, and loads again afterwards', async () => {
  const outcome = await lab.run(async ({ lab: it, app }) => {
    const window = await it.load('open-chair://lab/index.html')
    const { webContents } = window
    const gone = Promise.all([
      it.next(webContents, 'render-process-gone'),
      it.next(app, 'render-process-gone'),
    ])
    webContents.forcefullyCrashRenderer()
    const [[, details], [, contents, again]] = await gone
    const crashed = webContents.isCrashed()
    await window.loadURL('open-chair://lab/index.html')
    const back = await webContents.executeJavaScript('bridge.add(1, 2)')
    const invoked = await webContents.executeJavaScript("bridge.invoke('echo', 1n)")
    const outcome = [
      details.reason,
      typeof details.exitCode,
      contents === webContents,
      again.reason,
      crashed,
      webContents.isCrashed(),
      back,
      String(invoked),
    ]
    window.destroy()
    return outcome
  })
  expect(outcome).toEqual(['crashed', 'number', true, 'crashed', true, false, 3, '1'])
})

it('rejects a load that a crash cuts off', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    it.page('lab/slow.js', () => new Promise(() => {}))
    it.page('lab/slow.html', '<script src="/slow.js"></script>')
    const window = await it.load('open-chair://lab/index.html')
    const load = window.loadURL('open-chair://lab/slow.html').catch((cause: { code: string }) => cause.code)
    await it.pause(300)
    window.webContents.forcefullyCrashRenderer()
    const code = await load
    window.destroy()
    return code
  })
  expect(outcome).toBe('ERR_FAILED')
})

it('crashes a window from outside, leaving the other alone', async () => {
  const ids = await lab.run(async ({ lab: it }) => {
    it.victim = await it.load('open-chair://lab/index.html', { partition: 'victim' })
    it.other = await it.load('open-chair://other/index.html', { partition: 'other' })
    it.gone = it.next(it.victim.webContents, 'render-process-gone')
    return it.victim.id
  })
  await lab.crashWindow(ids)
  const outcome = await lab.run(async ({ lab: it }) => {
    await it.gone
    const outcome = [
      it.other.webContents.isCrashed(),
      await it.other.webContents.executeJavaScript('document.title'),
    ]
    it.victim.destroy()
    it.other.destroy()
    return outcome
  })
  expect(outcome).toEqual([false, 'Other'])
})

it('reports a page that hangs, and one that recovers', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const window = await it.load('open-chair://lab/index.html')
    const heard: string[] = []
    window.on('unresponsive', () => heard.push('unresponsive'))
    const back = it.next(window, 'responsive')
    await window.webContents.executeJavaScript(
      'setTimeout(() => { const end = Date.now() + 2500; while (Date.now() < end); }, 0); 0',
    )
    await back
    window.destroy()
    return heard
  })
  expect(outcome).toEqual(['unresponsive'])
})

it('ends a page that hangs for ever, so that it can be loaded again', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const window = await it.load('open-chair://lab/index.html')
    const hung = it.next(window, 'unresponsive')
    await window.webContents.executeJavaScript('setTimeout(() => { for (;;); }, 0); 0')
    await hung
    const gone = it.next(window.webContents, 'render-process-gone')
    window.webContents.forcefullyCrashRenderer()
    const [, details] = await gone
    await window.loadURL('open-chair://lab/index.html')
    const title = await window.webContents.executeJavaScript('document.title')
    window.destroy()
    return [['crashed', 'killed'].includes(details.reason), title]
  })
  expect(outcome).toEqual([true, 'Lab'])
})
