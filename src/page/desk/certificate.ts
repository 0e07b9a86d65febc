/** Exports only the HTML writer, so that the PDF writer is not loaded. */
import { writeCertificateHtml } from '../../certificate/index.js'

export const certificateHtml = (statement: string, language: 'zh' | 'en'): string => writeCertificateHtml(statement, { language })
