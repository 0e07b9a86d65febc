/** The scanner: live if the browser allows it, otherwise by photograph, with the reason. Loaded when it is opened. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { visible } from '../../base/visible.js'
import { type Page, receive } from '../actions.js'
import { fileSources, scannedSource } from '../intake.js'
import { type Camera, openCamera, watch } from './camera.js'
import { openDecoder } from './decoder.js'
import { type ScanKey, scanText } from './texts.js'

/** Reason why there is no live camera; undefined if there may be one. */
function hindrance(): ScanKey | undefined {
  if (/MicroMessenger/i.test(navigator.userAgent)) return 'wechat'
  if (location.protocol === 'file:') return 'file'
  if (!isSecureContext) return 'plain'
  return navigator.mediaDevices?.getUserMedia === undefined ? 'absent' : undefined
}

/** Reason for an error of the camera: `NotAllowedError` if the user refused; any other name if it is missing or in use. */
const hindranceOf = (error: unknown): ScanKey => ((error as Error).name === 'NotAllowedError' ? 'refused' : 'absent')

interface Scanning {
  camera?: Camera
  note: ScanKey
  fault?: TonghengError
  isLit?: boolean
}

/** Opens the scanner, live if possible. */
export async function openScanner(page: Page): Promise<void> {
  const { scanner } = page.state
  if (scanner !== undefined) return
  const why = hindrance()
  const scanning: Scanning = { note: why ?? 'starting' }
  const draw = (): TemplateResult => scannerView(page, scanning, close)
  const isOver = (): boolean => page.state.scanner !== draw
  const onHidden = (): void => (document.hidden ? close() : undefined)
  const close = (): void => {
    scanning.camera?.stop()
    document.removeEventListener('visibilitychange', onHidden)
    if (!isOver()) page.set({ scanner: undefined })
  }
  page.set({ scanner: draw })
  document.querySelector('.scanner')?.scrollIntoView({ block: 'start' })
  if (why !== undefined) return
  // Switch the camera off while the page is hidden.
  document.addEventListener('visibilitychange', onHidden)
  try {
    const opening = openDecoder()
    // Awaited below; it may fail while the user still decides about the camera.
    opening.catch(() => undefined)
    scanning.camera = await openCamera()
    if (isOver()) return close()
    page.set({})
    const decoder = await opening
    scanning.note = 'aim'
    page.set({})
    const onUnread = (): void => {
      scanning.note = 'nearer'
      page.set({})
    }
    const texts = await watch({ video: document.querySelector('.scanner video') as HTMLVideoElement, decoder, isOver, onUnread })
    if (texts === undefined) return
    close()
    await receive(page, [scannedSource(texts)])
  } catch (error) {
    scanning.camera?.stop()
    delete scanning.camera
    if (isTonghengError(error)) scanning.fault = error
    scanning.note = hindranceOf(error)
    page.set({})
  }
}

function scannerView(page: Page, scanning: Scanning, close: () => void): TemplateResult {
  const { camera, note, fault, isLit } = scanning
  const { language } = page.state
  const say = (key: ScanKey): string => scanText(language, key)
  const light = (): void => {
    scanning.isLit = isLit !== true
    void camera?.light(scanning.isLit)
    page.set({})
  }
  const pictures = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const sources = fileSources(input.files)
    input.value = ''
    if (sources.length === 0) return
    close()
    void receive(page, sources)
  }
  return html`<section class="scanner" aria-label=${say('title')}>
    ${camera === undefined ? nothing : html`<div class="finder"><video playsinline autoplay muted .srcObject=${camera.stream}></video></div>`}
    ${
      fault === undefined
        ? html`<p role="status">${say(note)}${note === 'nearer' ? ` ${say('torn')}` : nothing}</p>`
        : html`<p role="alert">${visible(fault.text[language])}。${visible(fault.text.advice?.[language] ?? '')}</p>`
    }
    <div class="row">
      <label class="button">${say('photograph')}<input type="file" accept="image/*" capture="environment" @change=${pictures} /></label>
      <label class="button">${say('pictures')}<input type="file" accept="image/*" multiple @change=${pictures} /></label>
      ${camera?.hasLight ? html`<button aria-pressed=${isLit ? 'true' : 'false'} @click=${light}>${say('light')}</button>` : nothing}
      <button @click=${close}>${say('close')}</button>
    </div>
  </section>`
}
