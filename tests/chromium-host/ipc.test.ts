import { afterAll, beforeAll, expect, it } from 'vitest'
import { inPageOf, launchLab, type Lab } from './support/lab.ts'

let lab: Lab

beforeAll(async () => {
  lab = await launchLab()
  await lab.run(async ({ lab: it }) => {
    it.window = await it.load('open-chair://lab/index.html?x=1')
  })
})
afterAll(() => lab.close())

const inPage = (code: string): Promise<string> => inPageOf(lab, code)
const problem = (code: string): Promise<string> =>
  inPage(
    `(async () => { try { ${code}; return 'nothing' } catch (e) { return [e.constructor.name, e.message, Object.keys(e)] } })()`,
  )

it('carries values to the main process and back with structured-clone semantics', async () => {
  const value =
    '{ u: undefined, d: new Date(5), b: 7n, n: [NaN, -0, , Infinity], m: new Map([[1, new Set(["x"])]]), y: new Uint8Array([1, 2]), r: /a/g }'
  const printed =
    "{ u: undefined, d: 1970-01-01T00:00:00.005Z, b: 7n, n: [ NaN, -0, <1 empty item>, Infinity ], m: Map(1) { 1 => Set(1) { 'x' } }, y: Uint8Array(2) [ 1, 2 ], r: /a/g }"
  expect(await inPage(`bridge.invoke('echo', ${value}).then((args) => args[0])`)).toBe(printed)
  expect((await inPage(`bridge.invoke('describe', ${value})`)).replaceAll(/\\n|\s+/g, ' ')).toContain(
    'd: 1970-01-01T00:00:00.005Z',
  )
})

it('refuses to send a function', async () => {
  expect(await problem("await bridge.invoke('echo', () => 1)")).toBe(
    "[ 'Error', 'An object could not be cloned.', [] ]",
  )
  expect(await problem("bridge.send('note', { f() {} })")).toBe(
    "[ 'Error', 'An object could not be cloned.', [] ]",
  )
})

it("tells the page of a handler's error by its text only", async () => {
  expect(await problem("await bridge.invoke('fail')")).toBe(
    `[ 'Error', "Error invoking remote method 'fail': TypeError: no such chair", [] ]`,
  )
})

it('says that nobody handles a channel', async () => {
  expect(await problem("await bridge.invoke('nobody')")).toBe(
    `[ 'Error', "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'", [] ]`,
  )
})

it("fails the call when the handler's answer cannot be cloned", async () => {
  await lab.run(({ ipcMain }) => ipcMain.handleOnce('bad-answer', () => ({ f: () => 1 })))
  expect(await problem("await bridge.invoke('bad-answer')")).toContain('An object could not be cloned.')
  expect(await problem("await bridge.invoke('bad-answer')")).toContain('No handler registered')
})

it('tells the handler which frame calls', async () => {
  expect(await inPage("bridge.invoke('frame')")).toBe(
    "{ url: 'open-chair://lab/index.html?x=1', origin: 'open-chair://lab', parent: null, isMain: true, window: 1 }",
  )
})

it('knows the frames inside a page and whose children they are', async () => {
  const frames = await lab.run(async ({ lab: it }) => {
    it.page('lab/outer.html', '<iframe src="inner.html"></iframe>')
    it.page('lab/inner.html', '<p>inner</p>')
    const window = await it.load('open-chair://lab/outer.html')
    const { mainFrame } = window.webContents
    const [inner] = mainFrame.frames
    const told = [inner.url, inner.parent === mainFrame, inner.top === mainFrame, mainFrame.parent]
    window.destroy()
    return told
  })
  expect(frames).toEqual(['open-chair://lab/inner.html', true, true, null])
})

it('sends to the page, and stops when the page unsubscribes', async () => {
  const heard = await lab.run(async ({ lab: it }) => {
    const { webContents } = it.window
    await webContents.executeJavaScript(
      'window.heard = []; window.off = bridge.on("news", (...args) => heard.push(args)); 0',
    )
    webContents.send('news', 1, { big: 2n })
    webContents.send('other', 3)
    await webContents.executeJavaScript('off(); 0')
    webContents.send('news', 4)
    return it.inspect(await webContents.executeJavaScript('heard'), { breakLength: Infinity })
  })
  expect(heard).toBe('[ [ 1, { big: 2n } ] ]')
})

it('throws when the main process sends a function', async () => {
  expect(await lab.run(({ lab: it }) => it.problem(() => it.window.webContents.send('news', () => 1)))).toBe(
    'An object could not be cloned.',
  )
})

it('hears one-way messages on ipcMain, on the window and on its ipc', async () => {
  const heard = await lab.run(async ({ lab: it, ipcMain }) => {
    const { webContents } = it.window
    const all = Promise.all([
      it.next(ipcMain, 'hello'),
      it.next(webContents.ipc, 'hello'),
      it.next(webContents, 'ipc-message'),
    ])
    await webContents.executeJavaScript('bridge.send("hello", 5)')
    const [main, own, message] = await all
    return [main[1], own[1], message[1], message[2]]
  })
  expect(heard).toEqual([5, 5, 'hello', 5])
})

it('refuses a second handler for a channel', async () => {
  expect(await lab.run(({ ipcMain, lab: it }) => it.problem(() => ipcMain.handle('echo', () => 1)))).toBe(
    "Attempted to register a second handler for 'echo'",
  )
})
