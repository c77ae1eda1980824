import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchLab, type Lab } from './support/lab.ts'

const folder = mkdtempSync(join(tmpdir(), 'open-chair-app-'))
let lab: Lab

const profile = (name: string): Record<string, string> => ({ LAB_PROFILE: join(folder, name) })

beforeAll(async () => {
  lab = await launchLab({
    env: {
      ...profile('main'),
      OPEN_CHAIR_HOST_DIALOGS: '[{"dialog":"showOpenDialog","filePaths":["/tmp/a.json"]}]',
    },
  })
})
afterAll(async () => {
  await lab.close()
  rmSync(folder, { recursive: true, force: true })
})

it('knows its name, version, folders and languages', async () => {
  const outcome = await lab.run(({ app }) => [
    app.getName(),
    app.getVersion(),
    app.getAppPath().endsWith('lab'),
    app.getPath('userData'),
    app.getPath('logs').startsWith(app.getPath('userData')),
    app.isPackaged,
    app.isReady(),
    app.getLocale(),
    app.getPreferredSystemLanguages(),
  ])
  expect(outcome).toEqual([
    'lab-fixture',
    '1.2.3',
    true,
    join(folder, 'main'),
    true,
    false,
    true,
    'en-US',
    ['en-US'],
  ])
})

it('can play a packaged build (KSK-44)', async () => {
  const packaged = await launchLab({ packaged: true, env: profile('packaged') })
  expect(await packaged.run(({ app }) => [app.isPackaged, process.defaultApp])).toEqual([true, null])
  await packaged.close()
})

it('lets schemes be declared once, before it is ready', async () => {
  expect(
    await lab.run(({ protocol, lab: it }) => it.problem(() => protocol.registerSchemesAsPrivileged([]))),
  ).toBe('protocol.registerSchemesAsPrivileged should be called before app is ready')
})

describe('a second instance', () => {
  it('gets no lock, and the first one hears of it', async () => {
    const outcome = await lab.run(({ app, lab: it }) => {
      it.second = it.next(app, 'second-instance')
      return app.requestSingleInstanceLock()
    })
    expect(outcome).toBe(true)
    const second = await launchLab({ env: profile('main'), args: ['--say=hello'] })
    expect(await second.run(({ app }) => app.requestSingleInstanceLock({ wish: 1n }))).toBe(false)
    await second.close()
    const heard = await lab.run(async ({ lab: it }) => {
      const [, argv, workingFolder, additional] = await it.second
      return [argv.includes('--say=hello'), typeof workingFolder, String(additional.wish)]
    })
    expect(heard).toEqual([true, 'string', '1'])
  })

  it('gets the lock when the first one was killed', async () => {
    const first = await launchLab({ env: profile('killed') })
    expect(await first.run(({ app }) => app.requestSingleInstanceLock())).toBe(true)
    await first.kill('SIGKILL')
    const second = await launchLab({ env: profile('killed') })
    expect(await second.run(({ app }) => app.requestSingleInstanceLock())).toBe(true)
    await second.close()
  })
})

describe('safeStorage', () => {
  it('encrypts so that a second start can decrypt, and refuses damaged input', async () => {
    const sealed = await lab.run(({ safeStorage }) => safeStorage.encryptString('the key').toString('base64'))
    expect(Buffer.from(sealed, 'base64').includes('the key')).toBe(false)
    expect(statSync(join(folder, 'main', 'host-keystore')).mode & 0o077).toBe(0)
    const again = await launchLab({ env: profile('main') })
    const outcome = await again.run(({ safeStorage, lab: it }, text) => {
      const bytes = Buffer.from(text, 'base64')
      const damaged = Buffer.from(bytes)
      damaged[damaged.length - 1]! ^= 1
      return [
        safeStorage.decryptString(bytes),
        it.problem(() => safeStorage.decryptString(damaged)),
        it.problem(() => safeStorage.decryptString(Buffer.from('nothing'))),
      ]
    }, sealed)
    await again.close()
    const refused = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.'
    expect(outcome).toEqual(['the key', refused, refused])
  })

  it.each([
    ['gnome_libsecret', true, 'gnome_libsecret'],
    ['kwallet6', true, 'kwallet6'],
    ['basic_text', true, 'basic_text'],
    ['dpapi', true, 'unknown'],
    ['unavailable', false, 'unknown'],
  ])('plays %s (SEC-07)', async (store, available, backend) => {
    const outcome = await lab.run(({ safeStorage }, name) => {
      process.env['OPEN_CHAIR_HOST_KEYSTORE'] = name
      const told = [safeStorage.isEncryptionAvailable(), safeStorage.getSelectedStorageBackend()]
      delete process.env['OPEN_CHAIR_HOST_KEYSTORE']
      return told
    }, store)
    expect(outcome).toEqual([available, backend])
  })
})

it('answers dialogs from the queue, and cancels and reports what nobody expected', async () => {
  const ask = () => lab.run(async ({ dialog }) => dialog.showOpenDialog({ properties: ['openFile'] }))
  expect(await ask()).toEqual({ canceled: false, filePaths: ['/tmp/a.json'] })
  await lab.answerDialog({ canceled: false, filePaths: ['/tmp/b.json'] })
  expect(await ask()).toEqual({ canceled: false, filePaths: ['/tmp/b.json'] })
  expect(await ask()).toEqual({ canceled: true, filePaths: [] })
  await lab.waitForLine(/an unexpected dialog is cancelled: showOpenDialog/)
})

it('passes power events and idle time on', async () => {
  await lab.run(({ powerMonitor, lab: it }) => {
    it.resumed = it.next(powerMonitor, 'resume')
  })
  await lab.emitPower('resume')
  await lab.setIdleSeconds(61)
  expect(
    await lab.run(async ({ powerMonitor, lab: it }) => {
      await it.resumed
      return [powerMonitor.getSystemIdleTime(), powerMonitor.getSystemIdleState(60)]
    }),
  ).toEqual([61, 'idle'])
})

it('has a clipboard of its own, no menu, and sends no crash reports', async () => {
  const outcome = await lab.run(
    ({ clipboard, Menu, crashReporter, powerSaveBlocker, nativeTheme, lab: it }) => {
      clipboard.writeText('x')
      const before = [clipboard.readText(), clipboard.availableFormats()]
      clipboard.clear()
      Menu.setApplicationMenu(null)
      crashReporter.start({ uploadToServer: false })
      const id = powerSaveBlocker.start('prevent-display-sleep')
      return [
        ...before,
        clipboard.readText(),
        Menu.getApplicationMenu(),
        it.problem(() => crashReporter.start({ submitURL: 'https://example.org' })),
        powerSaveBlocker.isStarted(id),
        nativeTheme.shouldUseDarkColors,
      ]
    },
  )
  expect(outcome).toEqual([
    'x',
    ['text/plain'],
    '',
    null,
    'crashReporter.start with uploadToServer is not implemented by the Chromium host',
    true,
    false,
  ])
})

it("hides what Electron's Node lacks, in the main process and in workers, where electron is not there at all", async () => {
  const outcome = await lab.run(async ({ lab: it }) => {
    const { Worker } = it.require('node:worker_threads')
    const { argon2Sync } = it.require('node:crypto')
    const worker = new Worker(it.preload('worker').replace('.cjs', '.js'))
    const [inWorker] = await it.next(worker, 'message')
    return [it.problem(() => argon2Sync('argon2id', {})), inWorker.argon2, inWorker.outcome]
  })
  const hidden = "crypto.argon2Sync is not available in Electron's Node"
  expect(outcome).toEqual([hidden, hidden, "Cannot find module 'electron': it is not available in a worker"])
})

it('quits in the order Electron quits, and can be stopped on the way', async () => {
  const quitting = await launchLab({ env: profile('quitting') })
  const stopped = await quitting.run(async ({ app, lab: it }) => {
    const window = await it.load('open-chair://lab/index.html')
    app.once('before-quit', (event: { preventDefault(): void }) => event.preventDefault())
    app.quit()
    await it.pause(100)
    for (const event of ['before-quit', 'will-quit', 'quit'])
      app.on(event, () => process.stdout.write(`${event}\n`))
    window.on('closed', () => process.stdout.write('closed\n'))
    return window.isDestroyed()
  })
  expect(stopped).toBe(false)
  await quitting.run(({ app }) => setTimeout(() => app.quit(), 10) && 0)
  expect(await quitting.exited).toBe(0)
  expect(quitting.stdout.slice(1)).toEqual(['before-quit', 'closed', 'will-quit', 'quit'])
})
