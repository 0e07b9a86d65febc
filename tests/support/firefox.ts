// Why this exists: the page is for every browser of its baseline, and Firefox has an engine of its own. This drives the Firefox of the machine
// by the protocol that it speaks itself (Marionette, over a socket on the loopback), so that nothing has to be installed for it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fontConfiguration, fontFolder, PATIENCE_MS } from './browser.ts'

/** Name of an element in answers (WebDriver, 12.1). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** The command of the installed Firefox; undefined if there is none, and its tests are skipped by name. */
export const firefoxCommand: string | undefined = ['firefox-esr', 'firefox'].find((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    // Not installed.
    return false
  }
})

/** Settings of an unattended browser: no first pages, no updates, no network of its own. */
const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  'marionette.port': 0,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'app.update.disabledForTesting': true,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'intl.accept_languages': 'zh-CN',
  'privacy.clearOnShutdown.cache': false,
}

export interface Firefox {
  open(address: string): Promise<void>
  /** The value of an expression in the page. */
  evaluate<T>(expression: string): Promise<T>
  /** Waits until the value of the expression is truthy; returns it. */
  until<T>(expression: string): Promise<T>
  /** Waits for an element, with the text if given, and clicks it like a user. */
  click(selector: string, text?: string): Promise<void>
  /** Sets the files of an input, by their paths. */
  give(selector: string, paths: readonly string[]): Promise<void>
  type(selector: string, text: string): Promise<void>
  /** The displayed text of a frame, also of one without scripts. */
  textInFrame(selector: string): Promise<string>
  picture(file: string): Promise<void>
  resize(width: number, height: number): Promise<void>
  close(): Promise<void>
}

export async function launchFirefox(): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'tongheng-firefox-'))
  const fonts = fontConfiguration()
  // Content processes are sandboxed and may read system fonts only, so allow these folders.
  const readable = [dirname(fonts), fontFolder].map((folder) => `${folder}/`).join(',')
  const preferences = { ...PREFERENCES, 'security.sandbox.content.read_path_whitelist': readable }
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
  await writeFile(join(profile, 'user.js'), lines.join('\n'))
  const child = spawn(firefoxCommand as string, ['--headless', '--marionette', '--no-remote', '--profile', profile], {
    stdio: 'ignore',
    env: { ...process.env, HOME: profile, FONTCONFIG_FILE: fonts, MOZ_CRASHREPORTER_DISABLE: '1' },
  })
  const ended = once(child, 'exit')
  const close = async (): Promise<void> => {
    if (child.exitCode === null) child.kill()
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const send = createSender(await connectTo(await portOf(profile, child)))
    await send('WebDriver:NewSession', { capabilities: { alwaysMatch: { acceptInsecureCerts: false } } })
    await send('WebDriver:SetTimeouts', { script: PATIENCE_MS, pageLoad: PATIENCE_MS })
    return { ...actions(send), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The port that Firefox chose, which it writes into its profile. */
async function portOf(profile: string, child: ChildProcess): Promise<number> {
  for (let left = PATIENCE_MS; left > 0 && child.exitCode === null; left -= 100) {
    const text = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '')
    if (text !== '') return Number(text)
    await wait(100)
  }
  throw new Error('Firefox did not open its port')
}

async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

type Send = (command: string, parameters?: object) => Promise<unknown>

/** Sends commands. A message is its length in octets, a colon and JSON; an answer has the number of its command. */
function createSender(socket: Socket): Send {
  let held = Buffer.alloc(0)
  let count = 0
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  socket.on('data', (piece) => {
    held = Buffer.concat([held, piece])
    for (;;) {
      const colon = held.indexOf(':')
      const end = colon + 1 + Number(held.subarray(0, Math.max(0, colon)).toString())
      if (colon < 0 || held.length < end) return
      const message = JSON.parse(held.subarray(colon + 1, end).toString()) as unknown
      held = held.subarray(end)
      // The first message is a greeting.
      if (!Array.isArray(message)) continue
      const [, id, error, value] = message as [number, number, { error: string; message: string } | null, unknown]
      if (error === null) waiting.get(id)?.resolve(value)
      else waiting.get(id)?.reject(new Error(`${error.error}: ${error.message}`))
      waiting.delete(id)
    }
  })
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox has gone'))
  })
  return (command, parameters = {}) =>
    new Promise((resolve, reject) => {
      const id = ++count
      waiting.set(id, { resolve, reject })
      const text = JSON.stringify([0, id, command, parameters])
      socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
}

function actions(send: Send): Omit<Firefox, 'close'> {
  const run = async (expression: string): Promise<unknown> => {
    const script = `return (async () => (${expression}))()`
    return ((await send('WebDriver:ExecuteScript', { script, args: [], sandbox: null })) as { value: unknown }).value
  }
  const until = async (expression: string): Promise<unknown> => {
    for (let left = PATIENCE_MS; left > 0; left -= 50) {
      const value = await run(expression)
      if (value !== null && value !== false && value !== undefined) return value
      await wait(50)
    }
    throw new Error(`never: ${expression}; the page says: ${await run('document.body.innerText.slice(0, 2000)')}`)
  }
  const find = async (selector: string, text = ''): Promise<string> => {
    const found = await until(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].find((one) => !one.disabled && one.textContent.includes(${JSON.stringify(text)}))`,
    )
    return (found as Record<string, string>)[ELEMENT] as string
  }
  return {
    open: async (url) => void (await send('WebDriver:Navigate', { url })),
    evaluate: async <T>(expression: string) => (await run(expression)) as T,
    until: async <T>(expression: string) => (await until(expression)) as T,
    click: async (selector, text) => void (await send('WebDriver:ElementClick', { id: await find(selector, text) })),
    async give(selector, paths) {
      await send('WebDriver:ElementSendKeys', { id: await find(selector), text: paths.join('\n') })
    },
    type: async (selector, text) => void (await send('WebDriver:ElementSendKeys', { id: await find(selector), text })),
    async textInFrame(selector) {
      const { [ELEMENT]: element } = (await until(`document.querySelector(${JSON.stringify(selector)})`)) as Record<string, string>
      await send('WebDriver:SwitchToFrame', { element })
      try {
        return (await until("document.readyState === 'complete' && document.body.innerText")) as string
      } finally {
        await send('WebDriver:SwitchToFrame', { id: null })
      }
    },
    async picture(file) {
      const { value } = (await send('WebDriver:TakeScreenshot', { full: true })) as { value: string }
      await writeFile(file, Buffer.from(value, 'base64'))
    },
    resize: async (width, height) => void (await send('WebDriver:SetWindowRect', { width, height })),
  }
}
