import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchLab, type Lab } from './support/lab.ts'

let lab: Lab

beforeAll(async () => {
  lab = await launchLab({
    env: { OPEN_CHAIR_HOST_TOUCH: '1', OPEN_CHAIR_HOST_SCREENS: '1080x1920,1280x800' },
  })
})
afterAll(() => lab.close())

it('runs two windows at once, each with its own preload, partition and listeners', async () => {
  const outcome = await lab.run(async ({ lab: it, BrowserWindow }) => {
    const first = it.open({ partition: 'one' })
    const second = it.open({ partition: 'two', preload: 'second' })
    await Promise.all([
      first.loadURL('open-chair://lab/index.html'),
      second.loadURL('open-chair://lab/index.html'),
    ])
    const run = (window: typeof first, code: string): Promise<unknown> =>
      window.webContents.executeJavaScript(code)
    await run(first, "localStorage.setItem('who', 'first')")
    const seen = [
      await run(first, '[typeof bridge, typeof window.second]'),
      await run(second, '[typeof window.bridge, second.name()]'),
      await run(second, "localStorage.getItem('who')"),
      (await run(first, "bridge.invoke('frame').then((f) => f.window)")) === first.id,
      BrowserWindow.getAllWindows().length,
      BrowserWindow.fromWebContents(second.webContents) === second,
      BrowserWindow.fromId(first.id) === first,
    ]
    first.destroy()
    second.destroy()
    return seen
  })
  expect(outcome).toEqual([['object', 'undefined'], ['undefined', 'second'], null, true, 2, true, true])
})

it('gives the page the size that was asked for, and touch', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const window = await it.load('open-chair://lab/index.html', { width: 1080, height: 1920 })
    const size = () =>
      window.webContents.executeJavaScript('[innerWidth, innerHeight, navigator.maxTouchPoints]')
    const seen = [await size()]
    window.setContentSize(800, 600)
    await it.pause(100)
    seen.push(await size(), window.getContentSize())
    window.webContents.setZoomFactor(2)
    await it.pause(100)
    seen.push(await size(), window.webContents.getZoomFactor())
    window.webContents.setZoomFactor(1)
    window.setKiosk(true)
    await it.pause(100)
    seen.push(await size(), window.isKiosk())
    window.destroy()
    return seen
  })
  expect(outcome).toEqual([
    [1080, 1920, 5],
    [800, 600, 5],
    [800, 600],
    [400, 300, 5],
    2,
    [1080, 1920, 5],
    true,
  ])
})

describe('closing', () => {
  it('can be prevented by the shell', async () => {
    const outcome = await lab.run(async ({ lab: it }) => {
      const window = await it.load('open-chair://lab/index.html')
      window.once('close', (event: { preventDefault(): void }) => event.preventDefault())
      window.close()
      await it.pause(150)
      const stayed = !window.isDestroyed()
      const closed = it.next(window, 'closed')
      window.close()
      await closed
      return [stayed, window.isDestroyed(), window.webContents.isDestroyed()]
    })
    expect(outcome).toEqual([true, true, true])
  })

  it('tells the app when the last window has gone, and only then', async () => {
    const outcome = await lab.run(async ({ lab: it, app }) => {
      it.seen.length = 0
      const first = await it.load('open-chair://lab/index.html')
      const second = await it.load('open-chair://lab/index.html')
      first.close()
      await it.next(first, 'closed')
      const early = it.seen.length
      const all = it.next(app, 'window-all-closed')
      second.destroy()
      await all
      return [early, it.seen.length]
    })
    expect(outcome).toEqual([0, 1])
  })

  it('ends the page in the browser too', async () => {
    const targets = await lab.run(async ({ lab: it }) => {
      const window = await it.load('open-chair://lab/index.html')
      window.destroy()
      return it.problem(() => window.setKiosk(true))
    })
    expect(targets).toBe('Object has been destroyed')
    expect(await lab.windows()).toEqual([])
  })
})

it('shows, hides and focuses, and tells of it', async () => {
  const outcome = await lab.run(async ({ lab: it, BrowserWindow }) => {
    const window = it.open({ show: false })
    const heard: string[] = []
    for (const event of ['show', 'hide', 'focus', 'blur', 'ready-to-show'])
      window.on(event, () => heard.push(event))
    await window.loadURL('open-chair://lab/index.html')
    const before = window.isVisible()
    window.show()
    const after = window.isVisible()
    const focused = BrowserWindow.getFocusedWindow() === window
    window.hide()
    window.destroy()
    return [before, after, focused, heard]
  })
  expect(outcome).toEqual([false, true, true, ['ready-to-show', 'show', 'focus', 'hide']])
})

it("keeps the window's title when the shell prevents the page's", async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const window = it.open({ title: 'Fixed' })
    const told = it.next(window, 'page-title-updated')
    window.on('page-title-updated', (event: { preventDefault(): void }) => event.preventDefault())
    await window.loadURL('open-chair://lab/index.html')
    const [, title] = await told
    await window.webContents.executeJavaScript("document.title = 'Other'")
    await it.pause(200)
    const titles = [title, window.getTitle(), window.webContents.getTitle()]
    window.destroy()
    return titles
  })
  expect(outcome).toEqual(['Lab', 'Fixed', 'Other'])
})

it('runs code in the page: promises, structured values, errors', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const window = await it.load('open-chair://lab/index.html')
    const run = (code: string) => window.webContents.executeJavaScript(code)
    const values = it.inspect(
      await run('Promise.resolve({ d: new Date(5), m: new Map([[1, 2n]]), u: undefined })'),
      { breakLength: Infinity },
    )
    const single = it.inspect([
      await run('undefined'),
      await run('-0'),
      await run('7n'),
      await run('NaN'),
      await run('null'),
    ])
    const failure = await run("Promise.reject(new TypeError('no'))").catch((cause: Error) => cause.message)
    const uncloneable = await run('(() => 1)').catch((cause: Error) => cause.message)
    window.destroy()
    return [values, single, failure, uncloneable]
  })
  expect(outcome).toEqual([
    '{ d: 1970-01-01T00:00:00.005Z, m: Map(1) { 1 => 2n }, u: undefined }',
    '[ undefined, -0, 7n, NaN, null ]',
    'TypeError: no',
    'An object could not be cloned.',
  ])
})

it('takes pictures of the page, and puts style in', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    it.page('lab/blank.html', '<body></body>')
    const window = await it.load('open-chair://lab/blank.html', { width: 300, height: 200 })
    await window.webContents.insertCSS('body { background: rgb(1, 2, 3) }')
    const colour = await window.webContents.executeJavaScript(
      'getComputedStyle(document.body).backgroundColor',
    )
    const image = await window.webContents.capturePage()
    window.destroy()
    return [colour, image.getSize(), image.toPNG().subarray(1, 4).toString(), image.isEmpty()]
  })
  expect(outcome).toEqual(['rgb(1, 2, 3)', { width: 300, height: 200 }, 'PNG', false])
})

it('asks the shell about each key before the page has it', async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    it.page(
      'lab/typing.html',
      '<input autofocus><script>window.keys = []; addEventListener("keydown", (e) => keys.push(e.key))</script>',
    )
    const window = it.open()
    const asked: string[] = []
    window.webContents.on(
      'before-input-event',
      (event: { preventDefault(): void }, input: { type: string; key: string; control: boolean }) => {
        if (input.type === 'keyDown') asked.push(`${input.control ? 'Control+' : ''}${input.key}`)
        if (input.control || input.key === 'x') event.preventDefault()
      },
    )
    await window.loadURL('open-chair://lab/typing.html')
    const { session } = window.webContents._page
    const press = async (key: string, code: string, modifiers = 0): Promise<void> => {
      const text = modifiers === 0 ? { text: key } : {}
      await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, modifiers, ...text })
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, modifiers })
    }
    await window.webContents.executeJavaScript("document.querySelector('input').focus(); 0")
    await press('a', 'KeyA')
    await press('x', 'KeyX')
    await press('p', 'KeyP', 2)
    await press('b', 'KeyB')
    await it.pause(400)
    const seen = await window.webContents.executeJavaScript("[keys, document.querySelector('input').value]")
    window.destroy()
    return [asked, ...seen]
  })
  expect(outcome).toEqual([['a', 'x', 'Control+p', 'b'], ['a', 'b'], 'ab'])
})

describe('what would be insecure or is not known', () => {
  it.each([
    ['sandbox', false],
    ['contextIsolation', false],
    ['nodeIntegration', true],
    ['webSecurity', false],
  ])('a window with %s: %s is refused', async (name, value) => {
    const outcome = await lab.run(
      ({ lab: it, BrowserWindow }, arg) =>
        it.problem(() => new BrowserWindow({ webPreferences: { [arg.name]: arg.value } })),
      { name, value },
    )
    expect(outcome).toBe(`The Chromium host refuses webPreferences.${name}: ${value}`)
  })

  it('throws with the name of each missing call, option and event', async () => {
    const outcome = await lab.run(async (main) => {
      const { lab: it, BrowserWindow, app, session, ipcMain, screen, dialog } = main
      const window = it.open()
      const told = [
        () => new BrowserWindow({ vibrancy: 'dark' }),
        () => new BrowserWindow({ webPreferences: { affinity: 'x' } }),
        () => window.setOpacity(1),
        () => window.webContents.savePage(),
        () => window.webContents.on('cursor-changed', () => {}),
        () => BrowserWindow.addExtension(),
        () => app.setBadgeCount(1),
        () => app.on('accessibility-support-changed', () => {}),
        () => app.getGPUFeatureStatus(),
        () => session.defaultSession.setPreloads([]),
        () => session.fromPartition('persist:x'),
        () => ipcMain.emitAll(),
        () => screen.dipToScreenPoint(),
        () => dialog.showCertificateTrustDialog(),
        () => main.net.fetch('https://example.org'),
        () => main.utilityProcess.fork('x'),
        () => main.contentTracing.startRecording(),
        () => main.autoUpdater.checkForUpdates(),
        () => main.shell.openExternal('https://example.org'),
        () => window.loadFile('x.html'),
        () => main.default.inventedModule,
        () => window.webContents.openDevTools(),
      ].map((work) => it.problem(work).replace(' is not implemented by the Chromium host', ' *'))
      window.destroy()
      return told
    })
    expect(outcome).toEqual([
      'option vibrancy of BrowserWindow *',
      'option affinity of webPreferences *',
      'BrowserWindow.setOpacity *',
      'webContents.savePage *',
      "event 'cursor-changed' of webContents *",
      'BrowserWindow.addExtension *',
      'app.setBadgeCount *',
      "event 'accessibility-support-changed' of app *",
      'app.getGPUFeatureStatus *',
      'session.setPreloads *',
      'a persistent partition *',
      'ipcMain.emitAll *',
      'screen.dipToScreenPoint *',
      'dialog.showCertificateTrustDialog *',
      'net.fetch *',
      'utilityProcess.fork *',
      'contentTracing.startRecording *',
      'autoUpdater.checkForUpdates *',
      'shell.openExternal *',
      'BrowserWindow.loadFile: use the own scheme *',
      'electron.inventedModule *',
      'webContents.openDevTools *',
    ])
  })
})

it('knows its displays', async () => {
  const outcome = await lab.run(({ screen }) => [
    screen.getPrimaryDisplay().bounds,
    screen.getAllDisplays().length,
    screen.getDisplayMatching({ x: 1100, y: 0, width: 100, height: 100 }).id,
  ])
  expect(outcome).toEqual([{ x: 0, y: 0, width: 1080, height: 1920 }, 2, 2])
})
