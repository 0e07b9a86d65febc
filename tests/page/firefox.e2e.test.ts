// Why this exists: an office has Firefox, and its engine is another: other storage, other cryptography, other service workers, no detector of
// codes. The walks that matter are run there too, in the Firefox of this machine.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DEMONSTRATION_TIME, fixtures, send } from 'tongheng/testing'
import { verify } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtAlone, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { type Firefox, firefoxCommand, launchFirefox } from '../support/firefox.ts'
import { admit, uscc } from '../support/nodes/world.ts'
import { pngOf } from '../support/picture-files.ts'
import { makeZip } from '../support/zip.ts'
import { labelled } from './labelled.ts'

const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
const shown = (selector: string, text = ''): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].some((one) => one.textContent.includes(${JSON.stringify(text)}))`

describe.skipIf(firefoxCommand === undefined)('the page in Firefox', () => {
  let firefox: Firefox
  let served: ServedPage
  let folder: string
  let statement: string

  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const rawVerdict = async (): Promise<string> => {
    await firefox.until(shown('.verdict .raw pre'))
    return JSON.stringify(JSON.parse(await firefox.until<string>("document.querySelector('.raw pre')?.textContent")))
  }
  async function pin(): Promise<void> {
    await firefox.give('.documents input[type=file]', [join(folder, 'trust.json')])
    await firefox.click('.pinning .primary')
    await firefox.until(shown('.held li'))
    await firefox.click('.regions label:nth-of-type(1)')
  }
  async function start(address = `${served.url}/${AT}`): Promise<void> {
    await firefox.open(address)
    await firefox.until(shown('.documents'))
    if (!(await firefox.evaluate<boolean>(shown('.held li')))) await pin()
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tongheng-firefox-files-'))
    served = await servePage()
    firefox = await launchFirefox()
    const { authorities } = served.world
    statement = await authorities.sign('CD', fixtures.F01.record)
    await served.world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
    await file('F01.jws', statement)
    await file('F02.jws', await send(authorities, fixtures.F02))
    await file('trust.json', (await labelled(authorities)).trustFile)
  })
  afterAll(async () => {
    await firefox?.close()
    await served?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('gives the verdict of Node, octet for octet, for what is chosen, dropped or packed', async () => {
    await start()
    await firefox.give('.ways .primary input', [join(folder, 'F01.jws')])
    await firefox.until(shown('.verdict.good'))
    const { authorities } = served.world
    const { trust, agreement } = authorities
    const raw = await rawVerdict()
    const alone = await verify(statement, { at: DEMONSTRATION_TIME, trust, agreements: [agreement], policy: { region: '50' } })
    expect(raw).toBe(JSON.stringify(alone))
    // Drop by script: Firefox then provides no entries, so the page reads the files themselves.
    await firefox.evaluate(`(() => {
      const dropped = new DataTransfer()
      dropped.items.add(new File([${JSON.stringify(await send(authorities, fixtures.F02))}], 'F02.jws'))
      document.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }))
    })()`)
    await firefox.until(shown('.verdict.failed'))
    const zip = makeZip([
      { name: '一.jws', data: statement },
      { name: '二.txt', data: 'nothing' },
    ])
    await firefox.give('.ways .primary input', [await file('in.zip', zip)])
    await firefox.until(shown('.batch tbody tr', 'in.zip › 二.txt'))
    await firefox.picture(pictureFile('firefox-batch'))
  })

  it('reads labels from pictures, good and forged', async () => {
    await start()
    const { pictures } = await labelled(served.world.authorities)
    for (const [name, word] of [
      ['good', '有效'],
      ['forged', '签名不成立，疑似伪造'],
      ['damaged', '标签损坏，读不出'],
    ] as const) {
      await firefox.click('.ways button', '扫标签')
      await firefox.give('.scanner input[multiple]', [await file(`${name}.png`, pngOf(pictures[name]))])
      await firefox.until(`!${shown('.scanner')} && ${shown('#result h2', word)}`)
    }
    await firefox.picture(pictureFile('firefox-label'))
  })

  it('signs in with a key that no script exports, finds, judges and shows the certificate', async () => {
    await start()
    await firefox.click('button', '登录查询')
    await firefox.click('button', '生成密钥')
    const key = JSON.parse(await firefox.until<string>("document.querySelector('.jwk')?.textContent"))
    await admit(served.world, key)
    await firefox.click('button', '已准入，进入')
    await firefox.until(shown('.signed', '张三'))
    const exported = await firefox.evaluate<string>(`(async () => {
      const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
      const database = await done(indexedDB.open('tongheng', 1))
      const { privateKey } = await done(database.transaction('keys').objectStore('keys').get('reader'))
      return crypto.subtle.exportKey('jwk', privateKey).then(() => 'exported', (error) => error.name)
    })()`)
    expect(exported).toBe('InvalidAccessError')
    await firefox.type('input[name=text]', '川A·T0001')
    await firefox.click('.search .primary')
    await firefox.until(shown('.found tbody tr'))
    await firefox.click('button.outcome')
    await firefox.until(shown('.placed p', '包含证明已在本浏览器核验'))
    await firefox.click('button', '查看证书')
    expect(await firefox.textInFrame('.certificate iframe')).toContain('川计检字20250312-00417')
    await firefox.picture(pictureFile('firefox-desk'))
    await firefox.click('button', '返回查询结果')
    await firefox.click('.tabs button', '运行预警')
    await firefox.until(shown('.console .held li'))
  })

  it('opens from a file, without a server, and judges', async () => {
    await start(`${pathToFileURL(await file('verify.html', await builtAlone())).href}${AT}`)
    await firefox.give('.ways .primary input', [join(folder, 'F01.jws')])
    await firefox.until(shown('.verdict.good'))
    const { pictures } = await labelled(served.world.authorities)
    await firefox.click('.ways button', '扫标签')
    await firefox.give('.scanner input[multiple]', [await file('good.png', pngOf(pictures.good))])
    await firefox.until(`!${shown('.scanner')} && ${shown('#result h2', '有效')}`)
  })

  it('opens again and judges with the node unreachable', async () => {
    await start()
    await firefox.until(shown('.offline .ready'))
    await served.close()
    await firefox.open(`${served.url}/l${AT}`)
    await firefox.until(shown('.held li'))
    await firefox.give('.ways .primary input', [join(folder, 'F02.jws')])
    await firefox.until(shown('.verdict.failed'))
  })
})
