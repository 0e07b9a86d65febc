/** The certificate as HTML alone: what writes PDF does not come with it. */
import { writeCertificateHtml } from '../../certificate/index.js'

export const certificateHtml = (statement: string, language: 'zh' | 'en'): string => writeCertificateHtml(statement, { language })
