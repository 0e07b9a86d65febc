/** The certificate as HTML alone, so that the writer of PDF is not loaded. */
import { writeCertificateHtml } from '../../certificate/index.js'

export const certificateHtml = (statement: string, language: 'zh' | 'en'): string => writeCertificateHtml(statement, { language })
